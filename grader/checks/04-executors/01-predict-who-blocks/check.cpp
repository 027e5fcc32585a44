// check.cpp: decides for which machine a prediction of who_blocks.cpp is right: this one or
// another.
//
// Design: the goal is two lanes: a block holds up every line of the loop's lane and nothing in the
// worker's. Left out on purpose: several jobs (04-4), and a sleep and a first beat with one date.
// The model loop says what is right. Students mix its wrong machines, so the recognisers look at
// single facts: who speaks in the block, who speaks first at its end, from when a sleep counts.
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

LAB_CHECK("04-executors/01-predict-who-blocks")

namespace {

std::string beat_line(int number) { return "beat " + std::to_string(number); }

/// The program of the task, for the model loop.
lab::model::Program who_blocks(const Params& p) {
    using namespace lab::model;
    Body beats;
    for (int i = 0; i < p.beats; ++i) {
        beats.push_back(say(beat_line(i)));
        beats.push_back(sleep(p.beat));
    }
    const Step blocker = create_task("b", {"blocker", {block(p.d_block), say("block done")}});
    Body main = {run_in_executor("job", {block(p.d_pool)}),
                 create_task("c", {"claim", {await("job"), say("pool done")}})};
    if (p.block_first) {
        main.push_back(blocker);
    }
    main.push_back(create_task("h", {"heartbeat", beats}));
    main.push_back(create_task("s", {"sleeper", {sleep(p.d_sleep), say("sleep done")}}));
    if (!p.block_first) {
        main.push_back(blocker);
    }
    for (const auto* task : {"c", "h", "s", "b"}) {
        main.push_back(await(task));
    }
    return Program(main);
}

/// What a prediction says about one line: when, and at which place in the transcript.
struct Claim {
    std::size_t place;
    lab::ms at;

    /// Returns: whether both are said at one instant, this one first.
    bool just_before(const Claim& other) const { return at == other.at && place < other.place; }
};

/// A prediction with every line of the case once, and the dates that are right.
struct Claims {
    Claim block, pool, sleep;
    std::vector<Claim> beats;
    lab::ms begin;       ///< when the heartbeat and the sleeper take their first steps
    lab::ms first_beat;  ///< when beat 1 is said
    lab::ms slept;       ///< when the sleep is over for the loop
    lab::ms pool_served; ///< when the job's line is said
};

/// Returns: nothing if a line is missing, if there are others, or if time goes back.
std::optional<Claims> claims_of(const lab::Transcript& lines, const Params& p) {
    bool complete =
        by_time(lines) == lines && lines.size() == static_cast<std::size_t>(p.beats) + 3;
    const auto claim = [&](const std::string& text) {
        const auto found = std::find_if(lines.begin(), lines.end(),
                                        [&](const lab::Line& line) { return line.text == text; });
        if (found == lines.end()) {
            complete = false;
            return Claim{};
        }
        return Claim{static_cast<std::size_t>(found - lines.begin()), found->at};
    };
    Claims f{claim("block done"), claim("pool done"), claim("sleep done"), {}, {}, {}, {}, {}};
    for (int i = 0; i < p.beats; ++i) {
        f.beats.push_back(claim(beat_line(i)));
    }
    f.begin = p.block_first ? p.d_block : lab::ms(0);
    f.first_beat = std::max(f.begin + p.beat, p.d_block);
    f.slept = std::max(f.begin + p.d_sleep, p.d_block);
    f.pool_served = std::max(p.d_pool, p.d_block);
    return complete ? std::optional(f) : std::nullopt;
}

/// The sleeper begins when the heartbeat is over.
bool one_task_after_another(const Claims& f, const Params& p) {
    return f.sleep.at >= f.beats.back().at + p.d_sleep;
}

/// Nobody has the hands before the job has ended: the first beat, the block or a late timer waits
/// for it.
bool all_wait_for_the_job(const Claims& f, const Params& p) {
    const auto waits = [&](const Claim& claim, lab::ms right) {
        return claim.at == p.d_pool && right < p.d_pool;
    };
    return f.block.at == p.d_pool + p.d_block || waits(f.beats[0], f.begin) ||
           (p.d_pool > p.d_block && (waits(f.beats[1], f.first_beat) || waits(f.sleep, f.slept)));
}

/// A task that was created first takes its first step after the blocker.
bool blocker_overtakes(const Claims& f, const Params& p) {
    return !p.block_first && f.beats[0].at == p.d_block;
}

/// A timer fires, or a beat is said, while the thread is blocked.
bool speaks_in_the_block(const Claims& f, const Params& p) {
    const auto inside = [&](const Claim& claim) {
        return claim.at > lab::ms(0) && claim.at < p.d_block;
    };
    return inside(f.sleep) || std::any_of(f.beats.begin(), f.beats.end(), inside);
}

/// The heartbeat or the sleeper begins at 0, although a blocker was created before it.
bool begins_before_its_turn(const Claims& f, const Params& p) {
    return p.block_first &&
           (f.beats[0].at == lab::ms(0) || f.sleep.at == std::max(p.d_sleep, p.d_block) ||
            f.beats[1].at == std::max(p.beat, p.d_block));
}

/// The job's line is said while the loop's lane is busy.
bool worker_speaks_for_itself(const Claims& f, const Params& p) { return f.pool.at < p.d_block; }

/// The job begins when the block is over.
bool worker_needs_the_hands(const Claims& f, const Params& p) {
    return f.pool.at == p.d_block + p.d_pool;
}

/// At the end of the block somebody speaks before those whose turn it is: the blocker, and behind
/// it the heartbeat, if that has yet to begin.
bool loop_cuts_in(const Claims& f, const Params& p) {
    const auto cuts_in = [&](const Claim& claim) {
        return claim.just_before(f.block) || (p.block_first && claim.just_before(f.beats[0]));
    };
    return cuts_in(f.pool) || cuts_in(f.sleep) ||
           std::any_of(f.beats.begin() + 1, f.beats.end(), cuts_in) ||
           f.beats[0].just_before(f.block);
}

/// A timer fires later than its date and the end of the block.
bool dates_are_moved(const Claims& f) {
    return f.beats[1].at > f.first_beat || f.sleep.at > f.slept;
}

/// Two beats are nearer to each other than one sleep.
bool beats_catch_up(const Claims& f, const Params& p) {
    for (std::size_t i = 2; i < f.beats.size(); ++i) {
        if (f.beats[i].at - f.beats[i - 1].at < p.beat) {
            return true;
        }
    }
    return false;
}

/// A timer of the same instant speaks before the job's line.
bool post_is_not_first(const Claims& f) {
    return f.pool.at == f.pool_served &&
           (f.sleep.just_before(f.pool) ||
            std::any_of(f.beats.begin() + 1, f.beats.end(),
                        [&](const Claim& beat) { return beat.just_before(f.pool); }));
}

/// Two late timers speak in the wrong order: not by date.
bool not_the_earliest_first(const Claims& f, const Params& p) {
    return (f.beats[1].just_before(f.sleep) && p.d_sleep < p.beat) ||
           (f.sleep.just_before(f.beats[1]) && p.beat < p.d_sleep);
}

/// The sleep and a later beat are due at one date, and the beat speaks first, although its card was
/// filed later.
bool not_the_oldest_first(const Claims& f) {
    return f.sleep.at == f.slept &&
           std::any_of(f.beats.begin() + 2, f.beats.end(),
                       [&](const Claim& beat) { return beat.just_before(f.sleep); });
}

} // namespace

TEST_CASE("the transcript of who_blocks.cpp, for any delays and either order") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();

    if (const auto claims = claims_of(run.transcript(), p)) {
        const Claims& f = *claims;
        const lab::Facts facts = {{"block", ms_text(p.d_block)},
                                  {"pool", ms_text(p.d_pool)},
                                  {"sleep", ms_text(p.d_sleep)},
                                  {"beat", ms_text(p.beat)},
                                  {"begin", ms_text(f.begin)}};
        lab::suspect("M02", "R2", one_task_after_another(f, p), facts);
        lab::suspect("M26", "R9", all_wait_for_the_job(f, p), facts);
        lab::suspect("blocker-goes-first", "R2", blocker_overtakes(f, p), facts);
        lab::suspect("M25", "R6", speaks_in_the_block(f, p), facts);
        lab::suspect("begins-before-its-turn", "R2", begins_before_its_turn(f, p), facts);
        lab::suspect("worker-speaks", "R9", worker_speaks_for_itself(f, p), facts);
        lab::suspect("worker-waits", "R9", worker_needs_the_hands(f, p), facts);
        lab::suspect("loop-cuts-in", "R5", loop_cuts_in(f, p), facts);
        lab::suspect("M18", "R8", dates_are_moved(f), facts);
        lab::suspect("beats-catch-up", "R8", beats_catch_up(f, p), facts);
        lab::suspect("post-comes-first", "R7", post_is_not_first(f), facts);
        lab::suspect("M14", "R8", not_the_earliest_first(f, p), facts);
        lab::suspect("filed-first", "R7", not_the_oldest_first(f), facts);
    }

    CHECK_TRANSCRIPT(run, lab::model::run(who_blocks(p)));
}
