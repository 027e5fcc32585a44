// check.cpp: decides whether a program comes down in order when a signal comes.
//
// Design: the goal is a main that waits for one thing, asks its services to stop, and waits until
// they have. Left out on purpose: a limit for the clean-up (05-5), a service that fails. Known
// machines: everybody is cancelled, main too (M35), or twice (M35-twice), the loop is stopped under
// main (M33), nobody waits for the clean-up (M34), a guessed wait or a look at the clock (M46), one
// service after another (M02), dropped objects (M01), a signal that finds no handler (no-handler)
// or none any more (handler-removed), every signal is a new shutdown (every-signal), the services'
// end ends main (await-throws), or does not count (closed-is-cancelled), something stays behind
// (left-behind). On the real clock the judge sends the signals.
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

#include <map>

using namespace exercise;

LAB_CHECK("05-shutdown/03-fix-shutdown-recipe")

namespace {

std::string count_text(std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

lab::ms end(const Params& p) { return p.signal + longest_cleanup(p); }

lab::ms end_in_a_row(const Params& p) {
    lab::ms sum = p.signal;
    for (const Service& service : p.services) {
        sum += service.cleanup;
    }
    return sum;
}

/// Returns: what the services say before the signal.
lab::Transcript ticks_of(const Params& p) {
    lab::Transcript ticks;
    for (const Service& service : p.services) {
        for (int i = 0; service.every * i < p.signal; ++i) {
            ticks.push_back({service.every * i, service.name + " " + std::to_string(i)});
        }
    }
    return by_time(ticks);
}

/// Returns: what must be said. In which order the services are told is the answer's own affair: the
/// lines in which they hear of it stand as in the run.
lab::Transcript expected(const Params& p, const lab::Run& run) {
    lab::Transcript closing;
    lab::Transcript closed;
    for (const Service& service : p.services) {
        closing.push_back({p.signal, service.name + " closing"});
        closed.push_back({p.signal + service.cleanup, service.name + " closed"});
    }
    const auto said = run.transcript();
    const auto place = [&said](const lab::Line& line) {
        return std::find_if(said.begin(), said.end(),
                            [&](const lab::Line& one) { return one.text == line.text; });
    };
    std::sort(closing.begin(), closing.end(),
              [&](const lab::Line& a, const lab::Line& b) { return place(a) < place(b); });
    lab::Transcript lines = ticks_of(p);
    lines.push_back({p.signal, "Shutting down..."});
    lines.insert(lines.end(), closing.begin(), closing.end());
    closed = by_time(closed);
    lines.insert(lines.end(), closed.begin(), closed.end());
    lines.push_back({end(p), "bye"});
    lines.push_back({end(p), "returned " + std::to_string(p.services.size())});
    return lines;
}

/// Returns: how often each task was cancelled while main ran, by its number; main is 0.
std::map<std::int64_t, int> cancels(const lab::Run& run) {
    const auto events = while_main_runs(run);
    std::map<std::int64_t, int> count;
    for (const auto& event : events) {
        if (event.ev == "task.cancel") {
            const bool main = event.number("task") == events.front().number("task");
            ++count[main ? 0 : event.number("task")];
        }
    }
    return count;
}

bool told_somebody_twice(const lab::Run& run) {
    const auto count = cancels(run);
    return std::any_of(count.begin(), count.end(),
                       [](const auto& one) { return one.first != 0 && one.second > 1; });
}

/// Returns: how many timers fired that belong to no service.
std::size_t own_timers(const Params& p, const lab::Run& run) {
    std::size_t fired = 0;
    for (const auto& event : while_main_runs(run)) {
        fired += event.ev == "handle.ready" && event.number("h") < 0 ? 1U : 0U;
    }
    std::size_t theirs = 0;
    for (const auto& line : run.transcript()) {
        theirs += std::any_of(p.services.begin(), p.services.end(),
                              [&](const Service& service) {
                                  return line.text.rfind(service.name + " ", 0) == 0 &&
                                         line.text != service.name + " 0" &&
                                         line.text != service.name + " closing";
                              })
                      ? 1U
                      : 0U;
    }
    return fired > theirs ? fired - theirs : 0;
}

/// A service heard of it when another one had closed.
bool told_in_a_row(const Params& p, const lab::Run& run) {
    for (const Service& first : p.services) {
        const auto closed = run.when(first.name + " closed");
        for (const Service& next : p.services) {
            if (closed && closed == run.when(next.name + " closing")) {
                return true;
            }
        }
    }
    return false;
}

/// "bye" came before the last service could have closed.
bool said_bye_too_early(const Params& p, const lab::Run& run) {
    const auto bye = run.when("bye");
    return bye && *bye >= p.signal && *bye < end(p);
}

/// All is right but the number that was returned.
bool counted_wrong(const lab::Run& run, const lab::Transcript& right) {
    auto lines = run.transcript();
    if (lines.size() != right.size() || lines.back() == right.back() ||
        lines.back().text.rfind("returned ", 0) != 0) {
        return false;
    }
    lines.back() = right.back();
    return lines == right;
}

/// Returns: what of the answer was still there when it should have been gone, in words, or "".
std::string left_behind(const lab::Run& run) {
    const auto& events = run.events();
    if (events.empty() || events.back().ev != "trace.end") {
        return {};
    }
    const auto number = [&](const char* field) {
        return static_cast<std::size_t>(events.back().number(field));
    };
    if (number("left_threads") > 0) {
        return count_text(number("left_threads"), "thread");
    }
    if (number("left_children") > 0) {
        return "a child process";
    }
    if (number("left_descriptors") > 0) {
        return count_text(number("left_descriptors"), "open file descriptor");
    }
    std::size_t timers = 0; // that have neither fired nor been cancelled
    for (const auto& event : while_main_runs(run)) {
        const bool timer = event.number("h") < 0;
        timers += event.ev == "handle.add" && timer ? 1U : 0U;
        timers -= (event.ev == "handle.ready" || event.ev == "handle.cancel") && timer ? 1U : 0U;
    }
    return tasks_were_cut(run) ? "a task" : timers > 0 ? count_text(timers, "timer") : "";
}

} // namespace

TEST_CASE("every service closes once, then main says bye, and nothing is left") {
    const Params p = draw(lab::seed());
    const lab::Line last_tick = ticks_of(p).back();
    lab::send_signal_after(last_tick.text, p.signal - last_tick.at, p.signo);
    lab::send_signal_after(last_tick.text, second_signal(p) - p.signal, p.signo);
    const lab::Run run = lab::run_answer(lab::Broken::is_shown);
    const auto right = expected(p, run);
    const auto bye = run.when("bye");
    const bool stopped = run.error().find("stopped before") != std::string::npos;
    const bool shut_down = run.contains("Shutting down...");
    const bool killed = run.killed_by() == p.signo;
    const std::size_t own = own_timers(p, run);
    const std::string left = left_behind(run);
    const lab::Facts facts = {{"signal", ms_text(p.signal)},
                              {"second", ms_text(second_signal(p))},
                              {"end", ms_text(end(p))},
                              {"bye", bye ? ms_text(*bye) : "no time at all"},
                              {"in_a_row", ms_text(end_in_a_row(p))},
                              {"services", count_text(p.services.size(), "service")},
                              {"own", count_text(own, "timer")},
                              {"left", left.empty() ? "nothing" : left}};

    lab::suspect("M01", "R16", run.warned("never_awaited") && !run.warned("nested_run"), facts);
    lab::suspect("M33", "R11", stopped, facts); // main was left, and cancelled after that
    lab::suspect("M35", "R11", cancels(run).count(0) > 0, facts);
    lab::suspect("handler-removed", "R10", killed && shut_down, facts);
    lab::suspect("no-handler", "R10", killed && !shut_down, facts);
    lab::suspect("M35-twice", "R10", told_somebody_twice(run), facts);
    lab::suspect("every-signal", "R10", run.lines_with("Shutting down...") > 1, facts);
    lab::suspect("await-throws", "R10", run.exit() == "error" && run.error() == "cancelled", facts);
    lab::suspect("M02", "R3", told_in_a_row(p, run), facts);
    lab::suspect("M34", "R11", said_bye_too_early(p, run), facts);
    lab::suspect("closed-is-cancelled", "R10", counted_wrong(run, right), facts);
    lab::suspect("M46", "R4", own > 0, facts);
    lab::suspect("left-behind", "R11", !left.empty(), facts);

    CHECK_TRANSCRIPT(run, right);
    CHECK_MESSAGE(own == 0, "nothing may poll or guess, but ", count_text(own, "timer"),
                  " of no service fired while `app` ran");
    CHECK_MESSAGE(left.empty(), "when run() had ended, or had to end it, ", left,
                  " of yours was still there");
}
