// check.cpp: decides whether the service opens and closes in order, once, and leaves nothing.
//
// Design: the goal is an end in an order that loses nothing, from every state. Left out on purpose:
// calls that are cancelled, requests that do not listen (05-5). In an instant calls may return in
// any order. Known machines: all closed at once, or the pool first (M35-parallel), something closed
// or cancelled twice (M35), a half start that stays (M53-start), other things left (M53), a handler
// that is not there (handler), a stop that comes back at once (nobody-waits), the end of the loop
// (M33), no grace (no-grace), no limit (no-limit),
// the whole grace whatever happens (M46), cancelled and not awaited (M34), one after the other
// (M02), the pool before the background (opening-order), a second caller who comes back at once
// (second-caller), a start that is done twice (start-twice), a stop that overtakes the start
// (stop-races-start), an error that nobody hears (error-lost) or that leaves stop (error-escapes),
// a cancel that leaves it (cancel-escapes), an empty list (empty-list), a state that lies (state),
// dropped objects (M01).
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
    bool after(const std::string& a, const std::string& b) const {
        return has(a) && place(a) > place(b);
    }
};

/// Returns: the acts; each ends with what is left.
std::array<Act, 5> acts_of(const lab::Run& run) {
    std::array<Act, 5> acts;
    std::size_t act = 0;
    for (const auto& line : run.transcript()) {
        acts[act].lines.push_back(line);
        act += contains(line, ": left:") ? 1 : 0;
        if (act == acts.size()) {
            break; // what run cancels at the end tells nothing about the service
        }
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
        std::sort(lines.begin(), lines.end(), [](const lab::Line& a, const lab::Line& b) {
            return std::pair(a.at, a.text) < std::pair(b.at, b.text);
        });
        return lines;
    };
    return run.transcript() != right && bare(run.transcript()) == bare(right);
}

/// Some act is as the belief says.
template <class Belief> bool in_some_act(const std::array<Act, 5>& acts, Belief belief) {
    return std::any_of(acts.begin(), acts.end(), belief);
}

bool closed_twice(const Act& act) {
    return act.count("listener closed") > 1 || act.count("pool empty") > 1 ||
           act.has(" drops everything");
}

/// The background was closed while the requests cleaned up, or everybody was told that the service
/// is stopped while the background did.
bool goes_on_during_clean_up(const Params& p, const Act& evening, const Act& calls) {
    const auto clock = calls.when("clock closed");
    const auto opened = calls.when("listener open");
    const bool closed_in_time = clock && opened && *clock == *opened + p.house.clock;
    const bool told = calls.has("stop returned") && calls.has("serve_until returned");
    return evening.when("clock closed") == p.limit() + p.house.clock ||
           (told && calls.has("left: 2 tasks") && !closed_in_time);
}

/// The stop of the evening came back while requests were still there that nobody had cut off.
bool goes_before_the_end(const Params& p, const Act& evening) {
    const auto returned = evening.when("serve_until returned");
    return returned && *returned < p.limit() && evening.has("listener closed") &&
           !evening.has("pool empty") && !evening.has("clock closed") && !evening.has(" cut off");
}

/// Nobody was in the house any more, and the grace passed all the same, from a call of stop on.
bool sleeps_for_the_grace(const Params& p, const Act& quiet) {
    const auto closed = quiet.when("clock closed");
    return closed && *closed == p.quiet_at + p.quiet_stop + p.grace + p.house.clock;
}

/// Nobody had come, and the grace passed all the same, from some call of stop on.
bool sleeps_in_an_empty_house(const Params& p, const Act& calls, lab::ms open) {
    const auto closed = calls.when("clock closed");
    const lab::ms first_call = open - p.house.open() + p.early_stop;
    return closed && (*closed == open + p.grace + p.house.clock ||
                      *closed == first_call + p.grace + p.house.clock);
}

/// Returns: what is left, or "".
std::string left(const Act& act) {
    const auto place = act.place("left: nothing");
    if (place < act.lines.size() || act.lines.empty() || !contains(act.lines.back(), "left: ")) {
        return "";
    }
    const std::string& text = act.lines.back().text;
    return text.substr(text.find("left: ") + 6);
}

/// The start failed, and somebody was told so before everything was closed.
bool half_a_start_stays(const Act& act) {
    const std::string threw = "threw: the address is in use";
    return act.has(threw) &&
           (left(act).find("pool") != std::string::npos || !act.before("clock closed", threw) ||
            !act.before("cleaner closed", threw) || !act.before("pool empty", threw));
}

bool pool_before_background(const Act& act) {
    return act.has("pool empty") &&
           (act.after("clock closed", "pool empty") || act.after("cleaner closed", "pool empty"));
}

/// The first request that `which` picks.
template <class Which> const Request* find_request(const Params& p, Which which) {
    const auto found = std::find_if(p.requests.begin(), p.requests.end(), which);
    return found != p.requests.end() ? &*found : nullptr;
}

std::string name_of(const Request& request) { return "request " + std::to_string(request.number); }

} // namespace

TEST_CASE("opens in order, closes in order, and leaves nothing") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer(lab::Broken::is_shown);
    const Machine machine(p);
    const auto right = in_order_of(run, machine.lines());
    const auto acts = acts_of(run);
    const Act& evening = acts[0];
    const Act& failing = acts[1];
    const Act& calls = acts[2];
    const Act& quiet = acts[4];

    const Request* cut_early = find_request(p, [&](const Request& r) {
        const auto at = evening.when(name_of(r) + " cut off");
        return at && *at < p.limit();
    });
    const Request* not_cut = find_request(p, [&](const Request& r) {
        return r.at < p.signal && r.job_ends() > p.limit() && evening.has(name_of(r) + " answered");
    });
    const Request* locked_out = find_request(
        p, [&](const Request& r) { return evening.has(name_of(r) + " finds the pool closed"); });
    const Request* shown = cut_early != nullptr    ? cut_early
                           : not_cut != nullptr    ? not_cut
                           : locked_out != nullptr ? locked_out
                                                   : &p.requests.front();
    const std::string nobody = "nobody hears the signal";
    const lab::ms open = calls.when("listener open").value_or(p.calls_at + p.house.open());
    std::string what_is_left = left(failing);
    for (const Act& act : acts) {
        what_is_left = what_is_left.empty() ? left(act) : what_is_left;
    }
    const bool in_an_empty_house = sleeps_in_an_empty_house(p, calls, open);
    const lab::Facts facts = {
        {"request", name_of(*shown)},
        {"limit", ms_text(p.limit())},
        {"grace", ms_text(p.grace)},
        {"signal", std::to_string(p.signo)},
        {"unheard", ms_text(run.when(nobody).value_or(0ms))},
        {"left", what_is_left},
        {"calls", ms_text(p.calls_at)},
        {"open", ms_text(open)},
        {"empty", ms_text(in_an_empty_house ? open : p.quiet_at + p.guest.job_ends())},
        {"failing", ms_text(p.failing_at)},
        {"error", p.pool_fails ? "no more threads" : "the address is in use"}};
    const auto suspect = [&](const char* id, const char* rule, bool holds) {
        lab::suspect(id, rule, holds, facts);
    };

    suspect("M33", "R11", contains({0ms, run.error()}, "stopped before future completed"));
    suspect("M01", "R16", run.warned("never_awaited"));
    suspect("nobody-waits", "R3", goes_before_the_end(p, evening));
    suspect("handler", "R10", run.contains(nobody));
    suspect("empty-list", "R3", in_some_act(acts, [](const Act& act) {
                return act.has("threw: wait() needs at least one task");
            }));
    suspect("cancel-escapes", "R10",
            in_some_act(acts, [](const Act& act) { return act.has("threw: cancelled"); }));
    suspect("no-grace", "R10", cut_early != nullptr);
    suspect("M35-parallel", "R9", locked_out != nullptr);
    suspect("start-twice", "R2",
            in_some_act(acts, [](const Act& act) { return act.count("pool open") > 1; }));
    suspect("stop-races-start", "R10",
            failing.before("stop returned", " fails") ||
                (calls.has("listener open") && (calls.before("stop returned", "listener open") ||
                                                calls.before("pool empty", "listener open"))));
    suspect("M35", "R10", in_some_act(acts, closed_twice));
    suspect("no-limit", "R10", not_cut != nullptr);
    suspect("M46", "R4", in_an_empty_house || sleeps_for_the_grace(p, quiet));
    suspect("M34", "R10", goes_on_during_clean_up(p, evening, calls));
    suspect("opening-order", "R9", in_some_act(acts, pool_before_background));
    suspect("second-caller", "R3",
            (calls.before("stop returned", "pool empty") ||
             calls.before("serve_until returned", "pool empty") ||
             calls.before("start returned", "listener open")) &&
                calls.has("pool empty"));
    suspect("M02", "R3",
            calls.when("cleaner closed") == open + p.house.clock + p.house.cleaner ||
                calls.when("clock closed") == open + p.house.clock + p.house.cleaner);
    suspect("error-lost", "R15",
            failing.has("start returned") || failing.has("serve_until returned"));
    suspect("error-escapes", "R15",
            failing.has("stop threw: the address is in use") ||
                failing.has("stop threw: no more threads"));
    suspect("M53-start", "R15", evening.has("clock closed") && half_a_start_stays(failing));
    suspect("M53", "R11", in_some_act(acts, [](const Act& act) { return !left(act).empty(); }));
    suspect("state", "R3", only_states_differ(run, right));

    lab::run_answer(); // a run that broke off ends here
    CHECK_TRANSCRIPT(run, right);
}
