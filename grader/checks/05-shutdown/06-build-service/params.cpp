// params.cpp: how the cases of 05-shutdown/06 are drawn.
#include "params.hpp"

#include <algorithm>

namespace exercise {
namespace {

/// The requests of the evening. The first one is answered before the signal. The second one needs
/// the pool after the signal and is answered before the limit: a pool that is closed too early, and
/// a stop without a grace, show. The third one is at work in the pool at the limit: its job goes on
/// when it has been cut off. A fourth one may wait until the limit and never get there.
std::vector<Request> evening(lab::Draw& d, const Params& p, const std::vector<Time>& moments) {
    const Time open = p.house.open();
    std::vector<Request> requests;
    requests.push_back({1, open + 10ms, d.delay(10, 40), d.delay(10, 40)});
    const auto comes = d.distinct_delays(3, p.signal - 90ms, p.signal - 20ms);
    const Time answered = moments.back();
    const Time begins = p.signal + d.delay(10ms, answered - p.signal - 10ms);
    requests.push_back({2, comes[0], begins - comes[0], answered - begins});
    const Time needs_pool = p.signal + d.delay(10ms, p.grace - 20ms);
    const Time closed = p.limit() + p.house.sorry + p.house.background();
    // Of equal moments nobody could say which comes first: the job's end and the background's are
    // different.
    const Time ends = d.chance(60) ? closed + d.delay(20, 200) : closed - d.delay(10, 40);
    requests.push_back({3, comes[1], needs_pool - comes[1], ends - needs_pool});
    if (d.chance(50)) {
        requests.push_back({4, comes[2], p.limit() + d.delay(10, 90) - comes[2], d.delay(10, 90)});
    }
    std::sort(requests.begin(), requests.end(),
              [](const Request& a, const Request& b) { return a.at < b.at; });
    for (std::size_t i = 0; i < requests.size(); ++i) {
        requests[i].number = static_cast<int>(i) + 1;
    }
    requests.push_back({static_cast<int>(requests.size()) + 1, moments[1], 20ms, 20ms});
    return requests;
}

} // namespace

Params draw(std::uint64_t seed) {
    Params p;
    if (seed == 0) {
        p.house = {30ms, 20ms, 50ms, 100ms, 40ms};
        p.signo = 15;
        p.grace = 400ms;
        p.requests = {{1, 100ms, 50ms, 30ms},
                      {2, 200ms, 150ms, 150ms},
                      {3, 250ms, 250ms, 400ms},
                      {4, 400ms, 20ms, 20ms}};
        p.signal = 300ms;
        p.again = 350ms;
        p.pool_fails = false;
        p.failing_at = 1000ms;
        p.other_start = 10ms;
        p.calls_at = 1500ms;
        p.early_signal = 20ms;
        p.early_stop = 40ms;
        p.late_stop = 70ms;
        p.unborn_at = 2000ms;
        p.quiet_at = 2500ms;
        p.guest = {5, 60ms, 30ms, 30ms};
        p.quiet_stop = 100ms;
        return p;
    }
    lab::Draw d(seed);
    const auto clean_ups = d.distinct_delays(2, 60, 150);
    p.house = {d.delay(30, 70), d.delay(30, 70), clean_ups[0], clean_ups[1], d.delay(20, 60)};
    p.signo = d.pick(std::vector<int>{15, 1, 10});
    p.grace = d.delay(200, 500);
    p.signal = p.house.open() + d.delay(200, 300);
    const auto moments = d.distinct_delays(3, p.signal + 30ms, p.limit() - 20ms);
    p.again = p.signal + 10ms; // soon: a stop that is too quick hears it as well
    p.requests = evening(d, p, moments);
    p.pool_fails = d.chance(75); // the published case has the other step
    p.failing_at = 2000ms;
    p.other_start = 10ms;
    p.calls_at = 3000ms;
    p.early_signal = d.chance(50) ? 20ms : p.house.pool + 10ms;
    p.early_stop = p.house.pool + 20ms;
    p.late_stop = p.house.open() + d.delay(10ms, std::min(clean_ups[0], clean_ups[1]) - 10ms);
    p.unborn_at = 4000ms;
    p.quiet_at = 5000ms;
    // Answered after the stop and before its limit: a stop that sleeps for the grace shows.
    const Time comes = p.house.open() + 10ms;
    p.quiet_stop = comes + d.delay(20, 60);
    const Time answered = p.quiet_stop + d.delay(10ms, p.grace - 50ms);
    p.guest = {static_cast<int>(p.requests.size()) + 1, comes, 10ms, answered - comes - 10ms};
    return p;
}

} // namespace exercise
