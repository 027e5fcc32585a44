// check.cpp: decides whether a worker goes home when it is told to, and only then.
//
// Design: the goal is to tell a request from an error where both come as exceptions, and to put the
// release where every way out comes past. Left out on purpose: a clean-up that fails, errors that
// are no std::exception, a second cancel. Known machines: the request swallowed, and on with the
// work (M32), swallowed, and home without a word (M32-quiet), taken for a failure (M32-failure), a
// step left behind in its clean-up (M34), an error that ends the shift (error-ends-the-shift), a
// way out without the release (release-lost), an error that jumps over the rest (rest-lost), two
// releases on one way (released-twice), a tap that is opened by the call (open-too-early), dropped
// objects (M01).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

using namespace exercise;

LAB_CHECK("05-shutdown/02-fix-stubborn-worker")

namespace {

/// Returns: the lines of one shift, and the time at which it is over.
lab::ms add_shift(lab::Transcript& lines, const Params& p, std::size_t number, lab::ms start) {
    const Shift& shift = p.shifts[number - 1];
    const std::string title = "shift " + std::to_string(number);
    lab::ms now = start;
    const auto say = [&](const std::string& text) { lines.push_back({now, text}); };
    const auto end_with = [&](const std::string& outcome) {
        say("released");
        say(title + ": " + outcome);
        return now;
    };
    say(title);
    if (shift.cancel == Cancel::before_the_first) {
        say("cancel requested");
        say(title + ": cancelled");
        return now;
    }
    const bool cut = shift.cancel != Cancel::never;
    const lab::ms cancel = start + shift.cancel_after;
    say("open");
    for (std::size_t k = 0; k < shift.steps.size(); ++k) {
        const std::string step = "step " + std::to_string(k);
        say(step);
        if (cut && now + shift.steps[k].length > cancel) {
            now = cancel;
            say("cancel requested");
            say(step + " cut");
            now += p.cleanup;
            return end_with("cancelled");
        }
        now += shift.steps[k].length;
        if (shift.steps[k].fails) {
            say(step + " failed");
        }
        if (cut && now + p.rest > cancel) {
            now = cancel;
            say("cancel requested");
            return end_with("cancelled");
        }
        now += p.rest;
    }
    return end_with("ok");
}

lab::Transcript expected(const Params& p) {
    lab::Transcript lines;
    lab::ms start = 0ms;
    for (std::size_t number = 1; number <= p.shifts.size(); ++number) {
        start = add_shift(lines, p, number, start);
    }
    return lines;
}

/// The lines of one shift, with the questions that the recognisers ask.
struct Told {
    std::string title; ///< "shift 2"
    lab::Transcript lines;

    std::size_t count(const std::string& text) const {
        return static_cast<std::size_t>(std::count_if(
            lines.begin(), lines.end(), [&](const lab::Line& line) { return line.text == text; }));
    }
    bool says(const std::string& text) const { return count(text) > 0; }

    /// Requires: says(text).
    lab::ms when(const std::string& text) const {
        return std::find_if(lines.begin(), lines.end(),
                            [&](const lab::Line& line) { return line.text == text; })
            ->at;
    }
    bool ended(const std::string& outcome) const { return says(title + ": " + outcome); }

    /// Returns: the part from the request on, or nothing.
    Told after_the_cancel() const {
        const auto at = std::find_if(lines.begin(), lines.end(), [](const lab::Line& line) {
            return line.text == "cancel requested";
        });
        return {title, lab::Transcript(at, lines.end())};
    }

    /// Returns: how many steps have begun.
    std::size_t steps() const {
        std::size_t begun = 0;
        for (std::size_t k = 0; k < 20; ++k) {
            begun += count("step " + std::to_string(k));
        }
        return begun;
    }

    bool says_failed() const {
        return std::any_of(lines.begin(), lines.end(), [](const lab::Line& line) {
            return line.text.rfind("step ", 0) == 0 &&
                   line.text.find(" failed") != std::string::npos;
        });
    }
};

/// Returns: the transcript, cut at the lines with which the driver begins a shift.
std::vector<Told> by_shift(const lab::Transcript& lines, const Params& p) {
    std::vector<Told> shifts;
    for (const auto& line : lines) {
        const std::string next = "shift " + std::to_string(shifts.size() + 1);
        if (shifts.size() < p.shifts.size() && line.text == next) {
            shifts.push_back({next, {}});
        }
        if (!shifts.empty()) {
            shifts.back().lines.push_back(line);
        }
    }
    return shifts;
}

/// All shifts of a run, beside what they should have been.
struct Answer {
    Answer(const Params& drawn, const lab::Run& run)
        : p(drawn), told(by_shift(run.transcript(), p)), right(by_shift(expected(p), p)) {}

    /// Returns: the first shift for which `holds`, by number; 0 if there is none.
    template <class F> std::size_t first(F holds) const {
        for (std::size_t i = 0; i < told.size(); ++i) {
            if (holds(p.shifts[i], told[i], right[i])) {
                return i + 1;
            }
        }
        return 0;
    }

    const Params& p;
    std::vector<Told> told, right;
};

/// Returns: whether all went as it should until the request came.
bool same_until_the_cancel(const Told& told, const Told& right) {
    const auto before = right.lines.size() - right.after_the_cancel().lines.size();
    return told.lines.size() > before &&
           std::equal(told.lines.begin(), told.lines.begin() + static_cast<std::ptrdiff_t>(before),
                      right.lines.begin(), [](const lab::Line& a, const lab::Line& b) {
                          return a.text == b.text; // an earlier shift may have taken longer
                      });
}

bool cut_at_work(const Shift& drawn) {
    return drawn.cancel == Cancel::in_a_step || drawn.cancel == Cancel::in_a_rest;
}

/// After the request, more steps began.
bool went_on(const Shift& drawn, const Told& told, const Told& /*right*/) {
    return cut_at_work(drawn) && told.after_the_cancel().steps() > 0;
}

/// The request was called a failure: of the step, or of the whole shift.
bool called_it_a_failure(const Shift& drawn, const Told& told, const Told& right) {
    const Told after = told.after_the_cancel();
    return cut_at_work(drawn) && same_until_the_cancel(told, right) &&
           (after.ended("failed") || after.says_failed());
}

/// The worker stopped, and its task ended as if nobody had asked.
bool went_home_quietly(const Shift& drawn, const Told& told, const Told& right) {
    return cut_at_work(drawn) && same_until_the_cancel(told, right) &&
           told.after_the_cancel().ended("ok");
}

/// The worker was gone while its step was still cleaning up.
bool left_its_step(const Shift& drawn, const Told& told, const Told& right) {
    return drawn.cancel == Cancel::in_a_step && told.ended("cancelled") &&
           same_until_the_cancel(told, right) && told.lines.back().at < right.lines.back().at;
}

/// A step failed, and the next one, which was still to come, never began.
bool gave_up(const Shift& /*drawn*/, const Told& told, const Told& right) {
    for (std::size_t k = 0; k < 20; ++k) {
        const std::string step = "step " + std::to_string(k);
        const std::string next = "step " + std::to_string(k + 1);
        if (right.says(step + " failed") && right.says(next) && told.says(step) &&
            !told.says(next)) {
            return true;
        }
    }
    return false;
}

/// A good step was followed by its rest, and a bad one was not.
bool jumped_over_the_rest(const Shift& drawn, const Told& told, const Told& right) {
    bool jumped = false;
    for (std::size_t k = 0; k + 1 < drawn.steps.size(); ++k) {
        const std::string step = "step " + std::to_string(k);
        const std::string next = "step " + std::to_string(k + 1);
        const auto pause = [&](const Told& of) {
            return of.when(next) - of.when(drawn.steps[k].fails ? step + " failed" : step);
        };
        if (!right.says(next)) {
            break;
        }
        if (!told.says(step) || !told.says(next) ||
            (!drawn.steps[k].fails && pause(told) != pause(right))) {
            return false;
        }
        jumped =
            jumped || (drawn.steps[k].fails && told.says(step + " failed") && pause(told) == 0ms);
    }
    return jumped;
}

bool opened_for_nobody(const Shift& drawn, const Told& told, const Told& /*right*/) {
    return drawn.cancel == Cancel::before_the_first && told.says("open");
}

bool released_too_often(const Shift& /*drawn*/, const Told& told, const Told& right) {
    return told.count("released") > right.count("released");
}

bool never_released(const Shift& /*drawn*/, const Told& told, const Told& right) {
    return told.count("released") < right.count("released");
}

} // namespace

TEST_CASE("errors are survived, a cancel ends the shift, the tap is released once") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const Answer answer(p, run);

    const auto suspect = [&](const char* id, const char* rule, auto holds) {
        const std::size_t number = answer.first(holds);
        if (number == 0) {
            return;
        }
        const Told& told = answer.told[number - 1];
        const std::size_t more = told.after_the_cancel().steps();
        lab::suspect(id, rule, true,
                     {{"shift", told.title},
                      {"outcome", told.lines.back().text},
                      {"more", std::to_string(more) + (more == 1 ? " more step" : " more steps")},
                      {"cleanup", ms_text(p.cleanup)},
                      {"releases", std::to_string(told.count("released"))}});
    };
    lab::suspect("M01", "R16", run.warned("never_awaited"));
    suspect("error-ends-the-shift", "R15", gave_up);
    suspect("open-too-early", "R10", opened_for_nobody);
    suspect("M32", "R10", went_on);
    suspect("M32-failure", "R10", called_it_a_failure);
    suspect("M32-quiet", "R10", went_home_quietly);
    suspect("M34", "R10", left_its_step);
    suspect("rest-lost", "R15", jumped_over_the_rest);
    suspect("released-twice", "R15", released_too_often);
    suspect("release-lost", "R10", never_released);

    CHECK_TRANSCRIPT(run, expected(p));
    CHECK_MESSAGE(!tasks_were_cut(run), "a task of yours was still at work when the shifts were "
                                        "over, and run() had to cancel it");
}
