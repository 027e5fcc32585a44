// check.cpp: decides for which machine a prediction of lifecycle.cpp is right: this one or another.
//
// Design: the goal is to see that tasks start later than their creation and that waits overlap.
// Left out on purpose: equal delays. The model loop says what is right. Students mix its
// wrong machines, so the recognisers look at the facts in which the beliefs differ: where a task
// starts, where "waiting" and "all done" stand.
#include <judge/check.hpp>
#include <model/model.hpp>

#include "../../lines.hpp"
#include "params.hpp"

using namespace exercise;

LAB_CHECK("01-basics/01-predict-lifecycle")

namespace {

/// The program of the task, for the model loop.
lab::model::Program lifecycle(const Params& p) {
    using namespace lab::model;
    const auto task = [](const std::string& name, lab::ms delay) {
        return Coro{"task", {say(name + ": starting"), sleep(delay), say(name + ": done")}};
    };
    return {say("Main: creating tasks"),
            create_task("a", task(p.a, p.da)),
            create_task("b", task(p.b, p.db)),
            say("Main: waiting for tasks"),
            await("a"),
            await("b"),
            say("Main: all done")};
}

/// What a prediction says about the seven lines: when, and at which place in the transcript.
struct Claims {
    struct Claim {
        std::size_t place;
        lab::ms at;
    };
    std::optional<Claim> waiting, a_starting, b_starting, a_done, b_done, all_done;

    bool complete() const {
        return waiting && a_starting && b_starting && a_done && b_done && all_done;
    }
    lab::ms last_done() const { return std::max(a_done->at, b_done->at); }
    bool both_start_at_0() const { return a_starting->at == 0ms && b_starting->at == 0ms; }
};

Claims claims_of(const lab::Transcript& lines, const Params& p) {
    const auto claim = [&](const std::string& text) -> std::optional<Claims::Claim> {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (lines[i].text == text) {
                return Claims::Claim{i, lines[i].at};
            }
        }
        return std::nullopt;
    };
    return {claim("Main: waiting for tasks"),
            claim(p.a + ": starting"),
            claim(p.b + ": starting"),
            claim(p.a + ": done"),
            claim(p.b + ": done"),
            claim("Main: all done")};
}

/// Main itself stands still until a task is done: it says "waiting" after a "done".
bool waits_while_creating(const Claims& f) {
    return f.waiting->at > 0ms && f.waiting->at >= std::min(f.a_done->at, f.b_done->at);
}

/// The second task's first line comes when the first task is done.
bool second_starts_late(const Claims& f) {
    return std::max(f.a_starting->at, f.b_starting->at) > 0ms &&
           std::max(f.a_starting->at, f.b_starting->at) == std::min(f.a_done->at, f.b_done->at);
}

/// Both start at 0, but the waits add up as if each sleep held up everybody.
bool sleeps_add_up(const Claims& f, const Params& p) {
    return f.both_start_at_0() && f.last_done() == p.da + p.db;
}

/// Main's last line does not wait for both tasks.
bool all_done_comes_early(const Claims& f) {
    return f.all_done->place < std::max(f.a_done->place, f.b_done->place) &&
           f.all_done->at < f.last_done();
}

/// An await hands over for one turn only, after which main goes on: all is said at 0.
bool await_is_one_turn(const Claims& f) {
    return all_done_comes_early(f) && f.both_start_at_0() && f.all_done->at == 0ms &&
           f.all_done->place > std::max(f.a_starting->place, f.b_starting->place);
}

/// A body's first line stands before main's next own line.
bool starts_inside_create_task(const Claims& f) {
    return f.a_starting->at == 0ms && f.waiting->at == 0ms &&
           std::min(f.a_starting->place, f.b_starting->place) < f.waiting->place;
}

/// "done" lines in the order of the awaits although b's delay is the shorter one.
bool finishes_in_await_order(const Claims& f, const Params& p) {
    return p.db < p.da && f.both_start_at_0() && f.a_done->place < f.b_done->place;
}

} // namespace

TEST_CASE("the transcript of lifecycle.cpp, for any names and delays") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const Claims f = claims_of(run.transcript(), p);

    if (f.complete()) {
        const lab::Facts totals = {{"a", p.a},
                                   {"b", p.b},
                                   {"sum", ms_text(p.da + p.db)},
                                   {"longest", ms_text(std::max(p.da, p.db))}};
        lab::suspect("M02", "R2", waits_while_creating(f), totals);
        lab::suspect("M04", "R2", second_starts_late(f), totals);
        lab::suspect("M18", "R6", sleeps_add_up(f, p), totals);
        lab::suspect("M07", "R3", await_is_one_turn(f), totals);
        lab::suspect("M09", "R11", all_done_comes_early(f), totals);
        lab::suspect("M03", "R2", starts_inside_create_task(f), totals);
        lab::suspect("M05", "R3", finishes_in_await_order(f, p), totals);
    }

    CHECK_TRANSCRIPT(run, lab::model::run(lifecycle(p)));
}
