// check.cpp: decides whether each sensor's first answer, and no other, reaches who waits for it.
//
// Design: the goal is the bridge from a callback to an await: one future, one callback that
// completes it, whatever the callback's caller does. Left out on purpose: a timeout, telling the
// sensor to stop. Known machines: looking again and again (M46), completing what is done (M24, and
// M24-late after a cancel only), a result before it is there (M24-pending), variables that died
// (M23), errors thrown to the sensor (M20) or dropped (error-dropped), a slot that is overwritten
// (second-wins), asking until there is an answer (asked-again), nobody there yet (immediate-lost),
// a turn too many (immediate-waits), one mailbox for all (shared-state), a cancel that is swallowed
// (M32), an error for nobody (M21), dropped objects (M01), blocking (M25).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

#include <set>

using namespace exercise;

LAB_CHECK("03-callbacks/05-implement-promisify")

namespace {

/// Returns: what the sensor says when it calls back.
std::string call(const DrawnSensor& sensor, const Answer& answer) {
    return sensor.name + (answer.error.empty() ? ": answers " + std::to_string(answer.value)
                                               : ": reports " + answer.error);
}

/// Returns: what is said of a reading that ends with `answer`.
std::string outcome(const DrawnSensor& sensor, const Answer& answer) {
    return sensor.name + (answer.error.empty() ? ": read " + std::to_string(answer.value)
                                               : ": failed: " + answer.error);
}

lab::Line end_of(const DrawnSensor& sensor) {
    if (sensor.cancelled_at) {
        return {*sensor.cancelled_at, sensor.name + ": cancelled"};
    }
    return {sensor.answers.front().after, outcome(sensor, sensor.answers.front())};
}

lab::Transcript expected(const Params& p) {
    lab::Transcript lines;
    for (const auto& sensor : p.sensors) {
        lines.push_back({0ms, sensor.name + ": asked"});
        for (const auto& answer : sensor.answers) {
            lines.push_back({answer.after, call(sensor, answer)});
        }
        lines.push_back(end_of(sensor)); // after all calls of one breath (R4)
    }
    lines.push_back({1000ms, "sensors off"});
    return by_time(lines);
}

/// Returns: how many timers the driver sets: one a breath, one a cancel, one to wait for the end.
std::size_t timers_of_the_driver(const Params& p) {
    std::size_t timers = 1;
    for (const auto& sensor : p.sensors) {
        std::set<lab::ms> breaths;
        for (const auto& answer : sensor.answers) {
            breaths.insert(answer.after);
        }
        breaths.erase(0ms);
        timers += breaths.size() + (sensor.cancelled_at ? 1 : 0);
    }
    return timers;
}

/// How the reading of one sensor ended in the run.
struct Reading {
    DrawnSensor sensor;
    std::optional<lab::Line> end; ///< the first line that its reader said, or that it still waits
    bool right;

    bool fails() const { return !sensor.cancelled_at && !sensor.answers.front().error.empty(); }
    bool prompt() const { return at_once(sensor); }
    bool still_waits() const { return !end || end->text == sensor.name + ": still waiting"; }
    bool reads_its_own(std::size_t answer) const {
        return end && end->text == outcome(sensor, sensor.answers[answer]);
    }
    /// The value that came with an error, or the value of a later call.
    bool reads_some_value() const {
        return end && std::any_of(sensor.answers.begin(), sensor.answers.end(), [&](Answer answer) {
                   answer.error.clear();
                   return end->text == outcome(sensor, answer);
               });
    }
};

bool said_by_a_reader(const lab::Line& line, const std::string& name) {
    for (const std::string what : {": read ", ": failed: ", ": cancelled", ": still waiting"}) {
        if (line.text.rfind(name + what, 0) == 0) {
            return true;
        }
    }
    return false;
}

std::vector<Reading> readings(const Params& p, const lab::Run& run) {
    std::vector<Reading> all;
    const auto lines = run.transcript();
    for (const auto& sensor : p.sensors) {
        Reading reading{sensor, std::nullopt, false};
        for (const auto& line : lines) {
            if (!reading.end && said_by_a_reader(line, sensor.name)) {
                reading.end = line;
                reading.right = line == end_of(sensor);
            }
        }
        all.push_back(reading);
    }
    return all;
}

/// Some readings are as `wrong` says, and all that are not are right.
template <class Wrong> bool only(const std::vector<Reading>& all, Wrong wrong) {
    const auto is_wrong = [&](const Reading& r) { return !r.right && wrong(r); };
    return std::any_of(all.begin(), all.end(), is_wrong) &&
           std::all_of(all.begin(), all.end(),
                       [&](const Reading& r) { return r.right || is_wrong(r); });
}

bool error_is_dropped(const Reading& r) {
    return r.fails() && (r.still_waits() || r.reads_some_value());
}

bool is_lost(const Reading& r) {
    return r.prompt() && (r.still_waits() || (r.sensor.answers.size() > 1 && r.reads_its_own(1)));
}

bool reads_the_second(const Reading& r) {
    return r.sensor.answers.size() > 1 && r.reads_its_own(1);
}

/// Nothing came of the reading until the cancel, and then it did not end.
bool ignores_the_cancel(const Reading& r) {
    return r.sensor.cancelled_at && !r.right && (!r.end || r.end->at >= *r.sensor.cancelled_at);
}

/// The reader says at a time that is not its own what another sensor answered then.
bool reads_another_one(const Reading& r, const Params& p) {
    const auto is_now = [&](const Answer& answer) { return answer.after == r.end->at; };
    const auto& own = r.sensor.answers;
    if (!r.end || std::any_of(own.begin(), own.end(), is_now)) {
        return false;
    }
    for (const auto& other : p.sensors) {
        for (const auto& answer : other.answers) {
            if (is_now(answer) && r.end->text == outcome(r.sensor, answer)) {
                return true;
            }
        }
    }
    return false;
}

const std::string handler = "exception handler: ";
const std::string done_already = "the future is done already";

/// Returns: the sensor whose error was thrown out of the callback, so that the handler got it, and
/// whose reader still waits for it; only if that is the first thing that went wrong.
std::optional<DrawnSensor> thrown_to_the_sensor(const Params& p, const lab::Run& run,
                                                const lab::Transcript& right) {
    const auto lines = run.transcript();
    const auto [is, due] = std::mismatch(lines.begin(), lines.end(), right.begin(), right.end());
    for (const DrawnSensor& sensor : p.sensors) {
        const std::string& error = sensor.answers.front().error;
        if (!error.empty() && !sensor.cancelled_at && is != lines.end() &&
            is->text == handler + error) {
            return sensor;
        }
    }
    return std::nullopt;
}

/// Returns: the sensors whose call met a future that was done, in the order of these calls.
std::vector<DrawnSensor> refused(const Params& p, const lab::Run& run) {
    std::vector<DrawnSensor> found;
    const auto lines = run.transcript();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (const auto& sensor : p.sensors) {
            const bool by_handler = i > 0 && lines[i].text == handler + done_already &&
                                    lines[i - 1].text.rfind(sensor.name + ": ", 0) == 0;
            if (by_handler || lines[i].text == sensor.name + ": failed: " + done_already) {
                found.push_back(sensor);
            }
        }
    }
    return found;
}

bool all_cancelled(const std::vector<DrawnSensor>& sensors) {
    return std::all_of(sensors.begin(), sensors.end(),
                       [](const DrawnSensor& sensor) { return sensor.cancelled_at.has_value(); });
}

/// Returns: the call in whose middle the program ended, if the reader had gone by then.
std::optional<lab::Line> fatal_late_call(const Params& p, const lab::Run& run) {
    const auto lines = run.transcript();
    if (run.record().closing != lab::judge::Closing::missing || lines.empty()) {
        return std::nullopt;
    }
    for (const auto& sensor : p.sensors) {
        for (const auto& answer : sensor.answers) {
            const bool gone = sensor.cancelled_at || answer.after > sensor.answers.front().after;
            if (gone && lines.back() == lab::Line{answer.after, call(sensor, answer)}) {
                return lines.back();
            }
        }
    }
    return std::nullopt;
}

/// Everything was said when it should be, but in another order.
bool only_the_order_differs(const lab::Transcript& right, const lab::Run& run,
                            const std::vector<Reading>& all) {
    const auto lines = run.transcript();
    return lines != right && lines.size() == right.size() && missing(run, right) == 0 &&
           std::all_of(all.begin(), all.end(), [](const Reading& r) { return r.right; });
}

} // namespace

TEST_CASE("the first answer comes out of the await, the others are ignored") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer(lab::Broken::is_shown);
    const auto right = expected(p);
    const auto all = readings(p, run);
    const auto any = [&](auto belief) { return std::any_of(all.begin(), all.end(), belief); };
    const auto refusals = refused(p, run);

    const auto timers = run.timers_added();
    const auto rang = run.count("handle.ready"); // a limit that is cancelled is no look
    const auto extra = timers - std::min(timers, timers_of_the_driver(p));
    const auto late = fatal_late_call(p, run);
    const auto wrong =
        std::find_if(all.begin(), all.end(), [](const Reading& r) { return !r.right; });
    const auto& shown = wrong == all.end() ? all.front().sensor : wrong->sensor;
    const auto again = std::find_if(all.begin(), all.end(), [&](const Reading& r) {
        return run.lines_with(r.sensor.name + ": asked") > 1;
    });
    const auto thrown = thrown_to_the_sensor(p, run, right);
    const auto& named = thrown ? *thrown : refusals.empty() ? shown : refusals.front();
    const lab::Facts facts = {{"extra_timers", std::to_string(extra)},
                              {"sensor", named.name},
                              {"answer", call(shown, shown.answers.front())},
                              {"error", named.answers.front().error},
                              {"asked", again == all.end() ? "" : again->sensor.name},
                              {"late_call", late ? late->text : ""},
                              {"late_at", late ? ms_text(late->at) : ""}};

    lab::suspect("M25", "R6", run.count("block") > 0, facts);
    lab::suspect("M23", "R3", late.has_value(), facts);
    lab::run_answer(); // a run that broke off tells no more
    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("asked-again", "R4", again != all.end(), facts);
    lab::suspect("M46", "R4", extra > 0 && rang > timers_of_the_driver(p), facts);
    lab::suspect("M20", "R15", thrown.has_value(), facts);
    lab::suspect("M24-pending", "R3", any([](const Reading& r) {
                     return r.end &&
                            r.end->text.find("the result is not there yet") != std::string::npos;
                 }),
                 facts);
    lab::suspect("M24-late", "R10", !refusals.empty() && all_cancelled(refusals), facts);
    lab::suspect("M24", "R4", !refusals.empty(), facts);
    lab::suspect("M32", "R10", any(ignores_the_cancel), facts);
    lab::suspect("shared-state", "R4",
                 any([&](const Reading& r) { return reads_another_one(r, p); }), facts);
    lab::suspect("error-dropped", "R15", only(all, error_is_dropped), facts);
    lab::suspect("immediate-lost", "R4", only(all, is_lost), facts);
    lab::suspect("second-wins", "R4", only(all, reads_the_second), facts);
    lab::suspect("immediate-waits", "R3", only_the_order_differs(right, run, all), facts);
    lab::suspect("M21", "R15", run.warned("exception_never_retrieved"), facts);

    CHECK_TRANSCRIPT(run, right);
    CHECK_MESSAGE(extra == 0, "your run set timers besides those of the sensors; nothing may poll");
    CHECK_MESSAGE(!run.warned("exception_never_retrieved"),
                  "a late error was reported; a late answer is to be dropped");
}
