// check.cpp: decides whether the countdown and the work were under way together, each in its lane.
//
// Design: the goal is to hand a call that blocks to a worker and to do other work before its
// result is collected. The lines alone do not show who worked, so the trace must show one job, the
// block in a worker's lane, and no time that passes in the hands of the loop. Left out on purpose:
// errors, cancelling, several jobs (04-4, 04-6). Known machines: blocking (M25), a pool whose scope
// ends (pool-scope), awaited at once (M26), the work behind the countdown (M02), a sleep that
// nobody runs (M01), a countdown that nobody awaits (M09), the result before the countdown is over
// (result-too-soon), or asked for before
// the work is (result-not-ready), no wait after the last number (last-wait-missing), no job
// (no-job) or two (second-job).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

#include <optional>

using namespace exercise;

LAB_CHECK("04-executors/02-countdown-while-blocking")

namespace {

const std::string counts = "  Countdown: ";
const std::string returned = "Executor returned: ";

lab::ms whole(const Params& p) { return p.from * p.step; }

lab::Transcript expected(const Params& p) {
    lab::Transcript lines;
    for (int i = 0; i < p.from; ++i) {
        lines.push_back({i * p.step, counts + std::to_string(p.from - i)});
    }
    lines.push_back({std::max(p.work, whole(p)), returned + p.result});
    return lines;
}

/// What a run shows beside its lines. Times are in microseconds.
struct Answer {
    std::size_t jobs = 0, thread_jobs = 0;
    std::size_t blocks_of_a_worker = 0, blocks_of_the_loop = 0;
    bool worker_counts = false;
    bool worked = false; ///< a worker blocked for the time of the work
    std::int64_t handed_in = -1, job_end = -1;
    std::int64_t longest_callback = 0;
    std::vector<lab::Line> numbers; ///< the lines of the countdown
    std::optional<lab::Line> result;

    Answer(const Params& p, const lab::Run& run) {
        std::int64_t begin = 0;
        for (const auto& event : run.events()) {
            const bool of_the_loop = event.lane.rfind("loop", 0) == 0;
            if (event.ev == "exec.submit") {
                handed_in = jobs == 0 ? event.t : handed_in;
                ++jobs;
                thread_jobs += event.text("pool") == "thread" ? 1 : 0;
            } else if (event.ev == "exec.end" && job_end < 0) {
                job_end = event.t;
            } else if (event.ev == "block") {
                ++(of_the_loop ? blocks_of_the_loop : blocks_of_a_worker);
                worked = worked || (!of_the_loop && event.number("dur") == p.work.count() * 1000);
            } else if (event.ev == "say" && !of_the_loop) {
                worker_counts = worker_counts || event.text("text").rfind(counts, 0) == 0;
            } else if (event.ev == "handle.begin" && of_the_loop) {
                begin = event.t;
            } else if (event.ev == "handle.end" && of_the_loop) {
                longest_callback = std::max(longest_callback, event.t - begin);
            }
        }
        for (const auto& line : run.transcript()) {
            if (line.text.find("ountdown") != std::string::npos) {
                numbers.push_back(line);
            } else if (line.text.rfind(returned, 0) == 0 && !result) {
                result = line;
            }
        }
    }

    std::int64_t first_number() const { return numbers.empty() ? -1 : at(numbers.front()); }
    std::int64_t last_number() const { return numbers.empty() ? -1 : at(numbers.back()); }

    /// The numbers are those of the task, whenever they were said.
    bool counted_right(const Params& p) const {
        auto texts = expected(p);
        texts.pop_back();
        return std::equal(numbers.begin(), numbers.end(), texts.begin(), texts.end(),
                          [](const lab::Line& a, const lab::Line& b) { return a.text == b.text; });
    }

    /// The numbers were said in their rhythm, the first of them at `first`.
    bool in_rhythm(const Params& p, lab::ms first) const {
        bool right = counted_right(p);
        for (std::size_t i = 0; right && i < numbers.size(); ++i) {
            right = numbers[i].at == first + static_cast<int>(i) * p.step;
        }
        return right;
    }

    bool result_at(lab::ms time) const { return result && result->at == time; }

    static std::int64_t at(const lab::Line& line) { return line.at.count() * 1000; }
};

/// The work was handed in after the whole countdown, the last wait included or not.
bool handed_in_behind_the_countdown(const Answer& answer, const Params& p) {
    return answer.handed_in > 0 && answer.handed_in >= (p.from - 1) * p.step.count() * 1000 &&
           answer.first_number() >= 0 && answer.last_number() <= answer.handed_in;
}

/// Nobody counts before the job has ended.
bool awaited_at_once(const Answer& answer) {
    return answer.job_end > 0 && answer.first_number() / 1000 >= answer.job_end / 1000;
}

} // namespace

TEST_CASE("the countdown runs while a worker does the work") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer(lab::Broken::is_shown);
    const Answer answer(p, run);
    const auto right = expected(p);
    const bool real_clock = run.count("trace.begin", "clock", "real") > 0;
    const std::int64_t tolerance = real_clock ? 100'000 : 0; // a loaded machine, not a block
    const bool held_the_loop = answer.longest_callback > tolerance;
    const lab::Facts facts = {{"work", ms_text(p.work)},
                              {"from", std::to_string(p.from)},
                              {"step", ms_text(p.step)},
                              {"countdown", ms_text(whole(p))},
                              {"both", ms_text(right.back().at)},
                              {"sum", ms_text(p.work + whole(p))},
                              {"jobs", std::to_string(answer.jobs)}};
    const bool cut = tasks_were_cut(run) && answer.result_at(p.work) && p.work < whole(p);
    const lab::ms without_last_wait = std::max(p.work, (p.from - 1) * p.step);

    lab::suspect("result-not-ready", "R9",
                 run.error().find("the result is not there yet") != std::string::npos &&
                     answer.in_rhythm(p, 0ms) && answer.jobs == 1 && p.work > whole(p),
                 facts);
    lab::run_answer(); // a run that broke off tells no more
    lab::suspect("M25", "R6", answer.blocks_of_the_loop > 0, facts);
    lab::suspect("pool-scope", "R9", held_the_loop, facts);
    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("no-job", "R9", answer.jobs == 0 && answer.result.has_value(), facts);
    lab::suspect("second-job", "R9", answer.jobs > 1 && answer.worker_counts, facts);
    lab::suspect("M02", "R3", handed_in_behind_the_countdown(answer, p), facts);
    lab::suspect("M26", "R9", awaited_at_once(answer), facts);
    lab::suspect("M09", "R11", cut, facts);
    lab::suspect("result-too-soon", "R3",
                 answer.in_rhythm(p, 0ms) && answer.result_at(p.work) && p.work < whole(p) &&
                     answer.last_number() > p.work.count() * 1000,
                 facts);
    lab::suspect("last-wait-missing", "R6",
                 answer.in_rhythm(p, 0ms) && answer.result_at(without_last_wait) &&
                     without_last_wait < right.back().at,
                 facts);

    CHECK_TRANSCRIPT(run, right);
    CHECK_MESSAGE((answer.jobs == 1 && answer.thread_jobs == 1),
                  "the work must be one job of a thread pool, but the trace shows ", answer.jobs,
                  " jobs, and ", answer.thread_jobs, " of them in a thread pool");
    CHECK_MESSAGE((answer.worked && answer.blocks_of_a_worker == 1),
                  "blocking_work must be called once, by a worker, with the time of the work");
    CHECK_MESSAGE(answer.blocks_of_the_loop == 0,
                  "the loop's thread blocked; it should only hand over, count and wait");
    CHECK_MESSAGE(!held_the_loop, "one callback held the loop's thread for ",
                  answer.longest_callback / 1000, " ms");
}
