// check.cpp: decides whether jobs report themselves as they finish, and results keep their order.
//
// Design: the goal is that completion tells you itself. Left out on purpose: failing jobs and
// limits. Known machines: reports in the order of the awaits (M05), polling (M46), results by
// finish (M08), jobs in a row (M02), the wrong winner (wrong-best), no end (M09), dropped objects
// (M01), blocking (M25).
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

using namespace exercise;

LAB_CHECK("01-basics/07-build-progress-board")

namespace {

/// Returns: the jobs from the first to finish to the last; equal delays in argument order.
std::vector<DrawnJob> by_finish(const std::vector<DrawnJob>& jobs) {
    std::vector<DrawnJob> finished;
    for (const auto& job : jobs) {
        const auto place = std::upper_bound(
            finished.begin(), finished.end(), job,
            [](const DrawnJob& a, const DrawnJob& b) { return a.delay < b.delay; });
        finished.insert(place, job);
    }
    return finished;
}

std::string returned(const std::vector<DrawnJob>& jobs) {
    std::vector<int> values;
    for (const auto& job : jobs) {
        values.push_back(job.value);
    }
    return "returned " + list_text(values);
}

std::string progress(std::size_t k, std::size_t n, const std::string& name) {
    return std::to_string(k) + "/" + std::to_string(n) + " " + name;
}

lab::Transcript expected(const Params& p) {
    lab::Transcript lines;
    const auto finished = by_finish(p.jobs);
    for (const auto& job : finished) {
        lines.push_back({job.delay, progress(lines.size() + 1, finished.size(), job.name)});
    }
    const lab::ms end = finished.back().delay;
    lines.push_back({end, "best: " + finished.front().name});
    lines.push_back({end, returned(p.jobs)});
    return lines;
}

/// The progress lines stand in the order of the arguments, which is not that of the finish.
bool reports_in_argument_order(const Params& p, const lab::Run& run) {
    std::size_t k = 0;
    for (const auto& line : run.transcript()) {
        if (k < p.jobs.size() && line.text == progress(k + 1, p.jobs.size(), p.jobs[k].name)) {
            ++k;
        }
    }
    return k == p.jobs.size() && !sorted_by_delay(p);
}

/// Returns: how many jobs have a progress line, whatever its number.
std::size_t reported(const Params& p, const lab::Run& run) {
    const auto lines = run.transcript();
    return static_cast<std::size_t>(
        std::count_if(p.jobs.begin(), p.jobs.end(), [&](const DrawnJob& job) {
            return std::any_of(lines.begin(), lines.end(), [&](const lab::Line& line) {
                return line.text.find("/" + std::to_string(p.jobs.size()) + " " + job.name) !=
                       std::string::npos;
            });
        }));
}

lab::ms sum_of_delays(const Params& p) {
    lab::ms sum = 0ms;
    for (const auto& job : p.jobs) {
        sum += job.delay;
    }
    return sum;
}

/// All jobs reported, but some waited for others: the end comes late, though not after the sum.
bool worked_in_a_row(const Params& p, const lab::Run& run) {
    const auto lines = run.transcript();
    return reported(p, run) == p.jobs.size() && lines.back().at > expected(p).back().at &&
           lines.back().at <= sum_of_delays(p);
}

/// Only the winner's name is wrong.
bool names_another_winner(const Params& p, const lab::Run& run) {
    auto lines = run.transcript();
    const auto right = expected(p);
    bool another = false;
    for (std::size_t i = 0; i < lines.size() && i < right.size(); ++i) {
        if (lines[i].at == right[i].at && lines[i].text.rfind("best: ", 0) == 0) {
            another = lines[i].text != right[i].text;
            lines[i].text = right[i].text;
        }
    }
    return another && lines == right;
}

bool all_begin_at_0(const std::vector<lab::Event>& tasks) {
    return std::all_of(tasks.begin(), tasks.end(),
                       [](const lab::Event& task) { return task.t == 0; });
}

} // namespace

TEST_CASE("jobs report themselves as they finish, results keep the argument order") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();
    const auto right = expected(p);
    const std::size_t jobs = p.jobs.size();
    const std::size_t timers = run.timers_added();
    const std::size_t extra = timers > jobs ? timers - jobs : 0;
    const lab::Facts facts = {{"expected_total", ms_text(right.back().at)},
                              {"total", ms_text(sum_of_delays(p))},
                              {"extra_timers", std::to_string(extra)},
                              {"expected_list", returned(p.jobs)},
                              {"best", by_finish(p.jobs).front().name}};

    lab::suspect("M25", "R6", run.count("block") > 0, facts);
    lab::suspect("M01", "R16", run.warned("never_awaited"), facts);
    lab::suspect("M46", "R4", extra > 0, facts);
    lab::suspect("M09", "R11", reported(p, run) < jobs && tasks_were_cut(run), facts);
    lab::suspect("M02", "R3", worked_in_a_row(p, run), facts);
    lab::suspect("M05", "R3", reports_in_argument_order(p, run), facts);
    lab::suspect("M08", "R17", run.contains(returned(by_finish(p.jobs))) && !sorted_by_delay(p),
                 facts);
    lab::suspect("wrong-best", "R4", names_another_winner(p, run), facts);

    CHECK_TRANSCRIPT(run, right);
    const auto tasks = tasks_made(run);
    CHECK_MESSAGE(tasks.size() >= jobs, "not every job of your run became a task of its own");
    CHECK_MESSAGE(all_begin_at_0(tasks), "your run started a job later than at 0 ms");
    CHECK_MESSAGE(extra == 0, "your run set timers that belong to no job; nothing may poll");
}
