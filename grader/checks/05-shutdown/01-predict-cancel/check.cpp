// check.cpp: decides for which machine a prediction of twin.cpp is right: this one or another.
//
// Design: the goal is to see that a cancel is a note, who reads it and when, and that ending takes
// time. main waits for both tasks, or else run() would cancel them again in the middle of their
// clean-up (M35, which is 05-3). Left out on purpose: two tasks with different times. The model
// loop says what is right. Students mix its wrong machines, so the recognisers look at single
// facts: what the twin says, when main cancels, what the worker says at that instant and after it.
#include <judge/check.hpp>
#include <model/model.hpp>

#include "../../lines.hpp"
#include "params.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

using namespace exercise;

LAB_CHECK("05-shutdown/01-predict-cancel")

namespace {

/// The program of the task, for the model loop.
lab::model::Program twin_program(const Params& p) {
    using namespace lab::model;
    const auto work = [&](const std::string& name) {
        Body shift;
        for (auto t = 0ms; t <= p.until_cancel + p.period; t += p.period) {
            shift.push_back(say(name + ": working"));
            shift.push_back(sleep(p.period));
        }
        const Body ending = {say(name + ": cancelled"), sleep(p.cleanup), say(name + ": clean"),
                             reraise()};
        return Coro{"work", {attempt(shift, Catch::cancelled, ending)}};
    };
    Body main = {sleep(p.start), say("Later"), create_task("worker", work(p.name)),
                 create_task("twin", work("twin"))};
    if (p.twin_cancelled_at_once) {
        main.push_back(cancel("twin"));
    }
    const Body rest = {sleep(p.until_cancel),
                       cancel("worker"),
                       cancel("twin"),
                       say("cancel requested"),
                       gather_settled({"worker", "twin"}),
                       say("all gone")};
    main.insert(main.end(), rest.begin(), rest.end());
    return Program(main);
}

/// What a prediction says about one line: when, and at which place in the transcript.
struct Claim {
    std::size_t place;
    lab::ms at;
};

/// What a prediction says about one of the two tasks.
struct Worker {
    Worker(const lab::Transcript& lines, const std::string& name) {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const Claim claim{i, lines[i].at};
            if (lines[i].text == name + ": working") {
                working.push_back(claim);
            } else if (lines[i].text == name + ": cancelled") {
                cancelled = claim;
            } else if (lines[i].text == name + ": clean") {
                clean = claim;
            }
        }
    }

    std::vector<Claim> working;
    std::optional<Claim> cancelled, clean;

    bool works_at(lab::ms time) const {
        return std::any_of(working.begin(), working.end(),
                           [&](const Claim& claim) { return claim.at == time; });
    }
};

struct Claims {
    Claims(const lab::Transcript& lines, const Params& p)
        : requested(claim(lines, "cancel requested")), gone(claim(lines, "all gone")),
          worker(lines, p.name), twin(lines, "twin"),
          in_order(by_time(lines) == lines && claim(lines, "Later")) {}

    std::optional<Claim> requested, gone;
    Worker worker, twin;
    bool in_order;

    bool are_enough() const { return in_order && requested && gone && worker.cancelled; }

    /// Whether `is` holds for the worker, or for the twin where it has a part of its own.
    template <class F> bool any(const Params& p, F is) const {
        return is(worker) || (!p.twin_cancelled_at_once && is(twin));
    }

private:
    static std::optional<Claim> claim(const lab::Transcript& lines, const std::string& text) {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (lines[i].text == text) {
                return Claim{i, lines[i].at};
            }
        }
        return std::nullopt;
    }
};

/// The twin takes its first step although its cancel came before.
bool twin_works(const Claims& f, const Params& p) {
    return p.twin_cancelled_at_once && !f.twin.working.empty();
}

/// The twin does not work, but it hears of its cancel, or cleans up.
bool twin_cleans_up(const Claims& f, const Params& p) {
    return p.twin_cancelled_at_once && f.twin.working.empty() && (f.twin.cancelled || f.twin.clean);
}

/// The second sleep of main is counted from 0.
bool counts_from_zero(const Claims& f, const Params& p) {
    return f.requested->at == p.until_cancel;
}

/// A task hears of its cancel before main has said its next line.
bool cancel_is_immediate(const Claims& f, const Params& p) {
    return f.any(p, [&](const Worker& w) {
        return w.cancelled && w.cancelled->at == f.requested->at &&
               w.cancelled->place < f.requested->place;
    });
}

/// The worker waits for a period before it works for the first time.
bool first_after_a_period(const Claims& f, const Params& p) {
    const auto& working = f.worker.working;
    return working.empty() ? p.until_cancel < p.period : working.front().at == p.start + p.period;
}

/// The cancel comes at the instant of a tick, and the tick is there too.
bool tick_at_the_tie(const Claims& f, const Params& p) {
    const auto cancel = p.start + p.until_cancel;
    return p.until_cancel % p.period == 0ms && f.requested->at == cancel &&
           f.any(p, [&](const Worker& w) { return w.works_at(cancel); });
}

/// A task hears of its cancel later than main has asked.
bool sleeps_on(const Claims& f, const Params& p) {
    return f.any(p, [&](const Worker& w) {
        return w.cancelled && w.cancelled->at > f.requested->at &&
               (!f.worker.clean || w.cancelled->at < f.worker.clean->at);
    });
}

/// The clean-up takes no time.
bool clean_at_once(const Claims& f) {
    return f.worker.clean && f.worker.clean->at == f.worker.cancelled->at;
}

/// main is gone before a task is clean; or at once, and nobody cleans up.
bool nobody_waits(const Claims& f, const Params& p) {
    return f.any(p, [&](const Worker& w) {
        return w.clean ? f.gone->place < w.clean->place
                       : w.cancelled && f.gone->at == f.requested->at;
    });
}

/// One clean-up begins when the other one ends.
bool clean_ups_in_a_row(const Claims& f, const Params& p) {
    return !p.twin_cancelled_at_once && f.worker.clean && f.twin.clean &&
           std::max(f.worker.clean->at, f.twin.clean->at) ==
               p.start + p.until_cancel + 2 * p.cleanup;
}

} // namespace

TEST_CASE("the transcript of twin.cpp, for any times and both ways to cancel the twin") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const Claims f(run.transcript(), p);

    if (f.are_enough()) {
        const lab::Facts facts = {{"name", p.name},
                                  {"start", ms_text(p.start)},
                                  {"until", ms_text(p.until_cancel)},
                                  {"cancel", ms_text(p.start + p.until_cancel)},
                                  {"period", ms_text(p.period)},
                                  {"cleanup", ms_text(p.cleanup)},
                                  {"clean", ms_text(p.start + p.until_cancel + p.cleanup)}};
        lab::suspect("twin-works", "R10", twin_works(f, p), facts);
        lab::suspect("twin-cleans-up", "R10", twin_cleans_up(f, p), facts);
        lab::suspect("M15-clock", "R6", counts_from_zero(f, p), facts);
        lab::suspect("M31", "R10", cancel_is_immediate(f, p), facts);
        lab::suspect("first-after-a-period", "R2", first_after_a_period(f, p), facts);
        lab::suspect("M13-tie", "R7", tick_at_the_tie(f, p), facts);
        lab::suspect("M18", "R6", clean_ups_in_a_row(f, p), facts);
        lab::suspect("sleeps-on", "R10", sleeps_on(f, p), facts);
        lab::suspect("clean-at-once", "R10", clean_at_once(f), facts);
        lab::suspect("M34", "R10", nobody_waits(f, p), facts);
    }

    CHECK_TRANSCRIPT(run, lab::model::run(twin_program(p)));
}
