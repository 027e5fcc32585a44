// 01-basics/07 build-progress-board: run jobs together and report each as it finishes.
// Read lessons/01-basics first. Edit only this file. Check it:  ./lab check 01-7
//
// A board shows the progress of some jobs. A job takes its delay and then has its
// value. Run all jobs together, each as a task of its own, started at 0. Each time one
// finishes, say "k/N NAME": the k-th of N jobs to finish, in order of completion; jobs
// that end at the same time are said in argument order. When all are done, say "best:
// NAME" for the one that finished first, and return the values in the order of the
// arguments. There is at least one job. No polling: no timers besides the one that each
// job needs.
//
// The checker says what your function returned.
//
// With photos (300 ms, value 7), news (200 ms, 5), mail (100 ms, 3) and maps (200 ms,
// 9) the transcript must be
//   [  100] 1/4 mail
//   [  200] 2/4 news
//   [  200] 3/4 maps
//   [  300] 4/4 photos
//   [  300] best: mail
//   [  300] returned [7, 5, 3, 9]
//
// Rules you need: R2 (tasks), R4 (completion), R7 (ties), R17 (results).
#include <aio/lab.hpp>
using namespace aio;

struct Job {
    std::string name;
    ms delay;
    int value;
};

/// Runs all jobs together and reports each as it finishes.
/// Returns: the jobs' values, in the order of the arguments.
Coro<std::vector<int>> run_board(std::vector<Job> jobs) {
    std::vector<int> values;
    for (const Job& job : jobs) {
        // TODO(1): how does each job become a task before any of them is awaited?
        co_await sleep(job.delay);
        // TODO(2): who knows that this job has just finished, and who counts?
        say("{}/{} {}", values.size() + 1, jobs.size(), job.name);
        values.push_back(job.value);
    }
    // TODO(3): which job was the first to finish?
    say("best: {}", jobs.front().name);
    co_return values;
}
