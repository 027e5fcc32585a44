// check.cpp: decides whether the service opens and closes in order, once, and leaves nothing.
//
// Design: the goal is an end in an order that loses nothing, from every state. Left out on purpose:
// calls that are cancelled, a signal between two acts, requests that do not listen (05-5). Known
// machines: see the recognisers.
#include <judge/check.hpp>

#include "machine.hpp"

#include <array>
#include <optional>

using namespace exercise;

LAB_CHECK("05-shutdown/06-build-service")

namespace {

/// The lines of one act.
struct Act {
    lab::Transcript lines;

    std::size_t count(const std::string& end) const {
        return static_cast<std::size_t>(
            std::count_if(lines.begin(), lines.end(),
                          [&](const lab::Line& line) { return ends_with(line.text, end); }));
    }
    /// Returns: the place of the first line with that end; the number of lines if there is none.
    std::size_t place(const std::string& end) const {
        return static_cast<std::size_t>(
            std::find_if(lines.begin(), lines.end(),
                         [&](const lab::Line& line) { return ends_with(line.text, end); }) -
            lines.begin());
    }
    bool has(const std::string& end) const { return place(end) < lines.size(); }
    std::optional<lab::ms> when(const std::string& end) const {
        return has(end) ? std::optional(lines[place(end)].at) : std::nullopt;
    }
    bool before(const std::string& a, const std::string& b) const {
        return has(a) && place(a) < place(b);
    }
};

/// Returns: the acts; each ends with what is left.
std::array<Act, 4> acts_of(const lab::Run& run) {
    std::array<Act, 4> acts;
    std::size_t act = 0;
    for (const auto& line : run.transcript()) {
        acts[act].lines.push_back(line);
        act += act < 3 && contains(line, ": left:") ? 1 : 0;
    }
    return acts;
}

/// The lines are right but for the states in front.
bool only_states_differ(const lab::Run& run, const lab::Transcript& right) {
    const auto bare = [](lab::Transcript lines) {
        for (auto& line : lines) {
            for (const std::string state :
                 {"new: ", "starting: ", "running: ", "stopping: ", "stopped: "}) {
                if (line.text.rfind(state, 0) == 0) {
                    line.text.erase(0, state.size());
                }
            }
        }
        return lines;
    };
    return run.transcript() != right && bare(run.transcript()) == bare(right);
}

} // namespace

TEST_CASE("opens in order, closes in order, and leaves nothing") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const Machine machine(p);
    CHECK_TRANSCRIPT(run, in_order_of(run, machine.lines()));
}
