// 03-callbacks/04 fix-lost-error: a job runner that loses the errors of its jobs.
// Read lessons/03-callbacks first. Edit only this file. Check it:  ./lab check 03-4
//
// A night shift runs its jobs together. Some of them fail, and in the morning the shift
// reports that all went well: nobody has ever looked into the tasks' mailboxes. Change
// `run_jobs` so that
//   - a failure is reported at the moment at which it happens, with the line
//     "job NAME failed: WHAT", where WHAT is the text of the exception
//   - the other jobs go on, whoever fails
//   - the last line, said when the last job has ended, counts both kinds of jobs
//
// There is at least one job. A job that goes well says "NAME: done" itself; one that
// fails throws some kind of std::exception, and it may do so before its first wait. No
// error may stay unread ("never retrieved"), and nobody polls: a job that has ended
// tells so itself. The checker builds with the address sanitizer, as for 03-3.
//
// With photos (300 ms), news (throws at once), maps (fails at 200 ms), mail (fails at
// 100 ms), music (500 ms) and games (fails at 400 ms) the transcript must be
//   [    0] job news failed: no paper
//   [  100] job mail failed: no stamp
//   [  200] job maps failed: no ink
//   [  300] photos: done
//   [  400] job games failed: no coin
//   [  500] music: done
//   [  500] ok=2 failed=4
//   [  500] shift over
//
// Rules you need: R2 (tasks), R3 (awaiting), R15 (errors).
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>; // a call gives the coroutine that does the work

/// Runs all jobs together, reports each failure, and says how many went well.
Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    int failed = 0;
    std::vector<Task<>> tasks;
    for (const auto& [name, job] : jobs) {
        // TODO(1): if this job throws, where does its error go, and who reads it there?
        tasks.push_back(create_task(job(), name));
    }

    // TODO(2): this waits for the end of every task; whom does it ask how it ended?
    co_await wait(tasks);

    // TODO(3): which line of the program could ever change `failed`?
    say("ok={} failed={}", static_cast<int>(jobs.size()) - failed, failed);
}
