// 04-executors/07 build-right-room: send every job where it disturbs nobody.
// Read lessons/04-executors first. Edit only this file. Check it:  ./lab check 04-7
//
// A service takes jobs of three kinds and finds the right room for each:
//   io     blocks, while it waits for a disk: "thread pool"
//   cpu    blocks, while it computes, and may crash: "process pool"
//   async  waits without blocking: "loop"
// A service has its own pools, with `threads` and `processes` workers; each serves its
// jobs in the order of the arguments. All jobs are there when run() begins. It is
// called once.
//
// What a job adds belongs into `counter`, which is on your table and on nobody else's:
// count each job when it comes home. There is a report for each job, in the order in
// which the jobs come home (no two of them at the same time):
//   room    where it ran, one of the three names above
//   waited  from the start of run() until somebody began with it
//   ran     from then until it was done: `cost` is what it should take, and a job may
//           take longer than that
//   total   what `counter` shows when this job has been counted
// The service must not block the loop. Its pools are shut down when run() returns.
//
// To a process and back go numbers, ms, std::string, std::vector of such, and a struct
// of numbers; a struct that holds a string does not compile there.
//
// The checker says the reports and the counter. It looks after a heartbeat of the loop,
// which must never be more than 20 ms late, and for workers that are left.
//
// With 2 threads, 1 process and mail (io, 100 ms, adds 1), crop (cpu, 200 ms, 5), chat
// (async, 150 ms, 4), news (io, 300 ms, 2), maps (io, 120 ms, 3), ping (async, 250 ms,
// 7) and zip (cpu, 150 ms, 6), run at 50 ms, the transcript must be
//   [  400] mail: thread pool, waited 0 ms, ran 100 ms, total 1
//   [  400] chat: loop, waited 0 ms, ran 150 ms, total 5
//   [  400] crop: process pool, waited 0 ms, ran 200 ms, total 10
//   [  400] maps: thread pool, waited 100 ms, ran 120 ms, total 13
//   [  400] ping: loop, waited 0 ms, ran 250 ms, total 20
//   [  400] news: thread pool, waited 0 ms, ran 300 ms, total 22
//   [  400] zip: process pool, waited 200 ms, ran 150 ms, total 28
//   [  400] counter 28
//   [  400] heartbeat: on time
//   [  400] workers left: 0
//
// Rules you need: R8 (delays), R9 (workers), R11 (what run() does at its end).
#include <aio/lab.hpp>
using namespace aio;

enum class Kind { io, cpu, async };

struct Spec {
    std::string name;
    Kind kind;
    ms cost;
    int add;
};

struct Report {
    std::string name;
    std::string room;
    ms waited;
    ms ran;
    int total;
};

int counter = 0; // what all jobs so far have added

int work(ms cost, int add); // given: an io or cpu job. Blocks; returns `add`
Coro<int> async_work(ms cost, int add); // given: an async job. Waits; returns `add`

/// Sends jobs to the room in which they disturb nobody.
class Service {
public:
    // TODO(1): what does a service keep of these two, and when do its rooms close?
    Service(int /*threads*/, int /*processes*/) {}

    /// Runs all jobs, each in its room.
    /// Returns: a report for each, in the order in which they came home.
    Coro<std::vector<Report>> run(std::vector<Spec> jobs) {
        std::vector<Report> reports;
        for (const Spec& job : jobs) {
            // TODO(2): whose hands does this job need, and who stands still meanwhile?
            const ms begin = now();
            counter += work(job.cost, job.add);
            // TODO(3): which of a job's three moments (handed in, begun, at home) does
            // only the job itself know, and how does it tell?
            reports.push_back({job.name, "loop", 0ms, now() - begin, counter});
        }
        co_return reports;
    }
};
