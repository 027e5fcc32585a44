// check.cpp: decides for which pool a prediction of pool_plan.cpp is right: this one or another.
//
// Design: the goal is a number of lanes with one queue before them. Left out on purpose: what the
// loop's lane does meanwhile (04-1), and jobs that fail. The model loop says what is right. A job
// that ends at e has worked since e - duration; so the recognisers ask of these bars what no pool
// does: too many at once, one before its ticket came, one past the queue, one that waits although a
// worker is free.
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

LAB_CHECK("04-executors/04-predict-pool")

namespace {

std::string end_line(std::size_t number) { return "job " + std::to_string(number) + " end"; }

/// The program of the task, for the model loop.
lab::model::Program pool_plan(const Params& p) {
    using namespace lab::model;
    std::vector<Awaitable> tickets;
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        const std::string job = "j" + std::to_string(k);
        const Body ticket = {sleep(p.submit_at[k]),
                             run_in_executor(job, {block(p.duration[k])}, "pool"), await(job),
                             say(end_line(k))};
        tickets.emplace_back(Coro{"ticket", ticket});
    }
    return Program{thread_pool("pool", p.workers), gather(tickets), say("all done")};
}

/// What a prediction says about one job: it works from `begin` to `end`.
struct Bar {
    lab::ms begin, end;
    std::size_t place; ///< of its line in the transcript

    bool covers(lab::ms time) const { return begin <= time && time < end; }
};

/// A prediction with every line of the case once.
struct Claims {
    std::vector<Bar> bars; ///< by number
    lab::ms all_done;

    Times ends() const {
        Times times;
        for (const Bar& bar : bars) {
            times.push_back(bar.end);
        }
        return times;
    }
    int working_at(lab::ms time) const {
        return static_cast<int>(std::count_if(bars.begin(), bars.end(),
                                              [&](const Bar& bar) { return bar.covers(time); }));
    }
};

/// Returns: nothing if a line is missing, if there are others, or if time goes back.
std::optional<Claims> claims_of(const lab::Transcript& lines, const Params& p) {
    const auto find = [&](const std::string& text) {
        return std::find_if(lines.begin(), lines.end(),
                            [&](const lab::Line& line) { return line.text == text; });
    };
    Claims f{};
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        const auto found = find(end_line(k));
        if (found == lines.end()) {
            return std::nullopt;
        }
        f.bars.push_back({found->at - p.duration[k], found->at,
                          static_cast<std::size_t>(found - lines.begin())});
    }
    const auto done = find("all done");
    if (done == lines.end() || lines.size() != p.duration.size() + 1 || by_time(lines) != lines) {
        return std::nullopt;
    }
    f.all_done = done->at;
    return f;
}

/// The ends are those of another plan, and not the right ones.
bool follows(const Claims& f, const Times& plan, const Times& right) {
    return f.ends() == plan && plan != right;
}

/// A job works before its ticket comes.
bool works_before_it_came(const Claims& f, const Params& p) {
    for (std::size_t k = 0; k < f.bars.size(); ++k) {
        if (f.bars[k].begin < p.submit_at[k]) {
            return true;
        }
    }
    return false;
}

/// At some time more jobs work than there are workers.
bool more_jobs_than_workers(const Claims& f, const Params& p) {
    return std::any_of(f.bars.begin(), f.bars.end(),
                       [&](const Bar& bar) { return f.working_at(bar.begin) > p.workers; });
}

/// There are several workers, and no two jobs work at once.
bool one_by_one(const Claims& f, const Params& p) {
    return p.workers > 1 && std::all_of(f.bars.begin(), f.bars.end(), [&](const Bar& bar) {
               return f.working_at(bar.begin) == 1;
           });
}

/// A job begins before one that has been in the queue for longer.
bool jumps_the_queue(const Claims& f) {
    return !std::is_sorted(f.bars.begin(), f.bars.end(),
                           [](const Bar& a, const Bar& b) { return a.begin < b.begin; });
}

/// A job waits although a worker is free.
bool worker_stands_idle(const Claims& f, const Params& p) {
    for (std::size_t k = 0; k < f.bars.size(); ++k) {
        const auto begin = f.bars[k].begin;
        if (begin > p.submit_at[k] && f.working_at(begin - lab::ms(1)) < p.workers) {
            return true;
        }
    }
    return false;
}

/// Two jobs end together, and the one that began later is told first.
bool tie_is_turned(const Claims& f) {
    for (std::size_t k = 0; k < f.bars.size(); ++k) {
        for (std::size_t j = 0; j < k; ++j) {
            if (f.bars[j].end == f.bars[k].end && f.bars[k].place < f.bars[j].place) {
                return true;
            }
        }
    }
    return false;
}

/// main is done earlier than the last job, or later.
bool ends_at_another_time(const Claims& f) {
    const Times ends = f.ends();
    return f.all_done != *std::max_element(ends.begin(), ends.end());
}

/// Returns: the number of the first job that finds no worker free.
std::size_t first_to_wait(const Params& p, const Times& right) {
    std::size_t k = 0;
    while (k + 1 < right.size() && right[k] - p.duration[k] == p.submit_at[k]) {
        ++k;
    }
    return k;
}

} // namespace

TEST_CASE("the transcript of pool_plan.cpp, for any jobs and number of workers") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const Times right = ends_in_pool(p, p.workers);

    if (const auto claims = claims_of(run.transcript(), p)) {
        const Claims& f = *claims;
        const lab::Facts facts = {{"workers", std::to_string(p.workers)},
                                  {"jobs", std::to_string(right.size())},
                                  {"waits", std::to_string(first_to_wait(p, right))}};
        lab::suspect("M05", "R9", follows(f, held_back(right), right), facts);
        lab::suspect("before-it-came", "R9", works_before_it_came(f, p), facts);
        lab::suspect("M28", "R9", more_jobs_than_workers(f, p), facts);
        lab::suspect("M28-one-by-one", "R9", one_by_one(f, p), facts);
        lab::suspect("M28-waves", "R9", follows(f, ends_in_waves(p), right), facts);
        lab::suspect("fixed-lanes", "R9", follows(f, ends_in_fixed_lanes(p), right), facts);
        lab::suspect("queue-jumped", "R9", jumps_the_queue(f), facts);
        lab::suspect("idle-worker", "R9", worker_stands_idle(f, p), facts);
        lab::suspect("tie", "R9", tie_is_turned(f), facts);
        lab::suspect("all-done", "R3", ends_at_another_time(f), facts);
    }

    CHECK_TRANSCRIPT(run, lab::model::run(pool_plan(p)));
}
