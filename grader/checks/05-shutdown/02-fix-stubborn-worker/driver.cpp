// driver.cpp: four shifts, one after another, and how each of them ended.
#include "script.hpp"

#include "params.hpp"

#include <string>

namespace exercise {

milliseconds rest_of_the_case{};
int steps_of_the_shift = 0;

aio::Coro<> wash(Params p, Shift shift, int k) {
    aio::say("step {}", k);
    const Step drawn = shift.steps.at(static_cast<std::size_t>(k));
    bool cut = false;
    try {
        co_await aio::sleep(drawn.length);
    } catch (const aio::CancelledError&) {
        cut = true;
    }
    if (cut) {
        aio::say("step {} cut", k);
        co_await aio::sleep(p.cleanup);
        throw aio::CancelledError{};
    }
    if (drawn.fails && drawn.times_out) {
        throw aio::TimeoutError();
    }
    if (drawn.fails) {
        throw aio::Error("a plate broke");
    }
}

std::string in_a_word(const aio::Outcome<void>& outcome) {
    return outcome.cancelled() ? "cancelled" : outcome.ok() ? "ok" : "failed";
}

aio::Coro<> evening(Params p, StartWorker start_worker) {
    for (std::size_t i = 0; i < p.shifts.size(); ++i) {
        const Shift& shift = p.shifts[i];
        aio::say("shift {}", i + 1);
        rest_of_the_case = p.rest;
        steps_of_the_shift = static_cast<int>(shift.steps.size());
        const auto task = start_worker([p, shift](int k) { return wash(p, shift, k); });
        if (shift.cancel_after > 0ms) {
            co_await aio::sleep(shift.cancel_after);
        }
        if (shift.cancel != Cancel::never) {
            task.cancel();
            aio::say("cancel requested");
        }
        const auto outcomes = co_await aio::gather_settled(std::vector<aio::Task<>>(1, task));
        aio::say("shift {}: {}", i + 1, in_a_word(outcomes.front()));
    }
}

void run_script(std::uint64_t seed, StartWorker start_worker) {
    aio::run(evening(draw(seed), start_worker));
}

} // namespace exercise

int steps_today() { return exercise::steps_of_the_shift; }
aio::Coro<> rest() { co_await aio::sleep(exercise::rest_of_the_case); }
