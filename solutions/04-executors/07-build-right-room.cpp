// 04-executors/07 build-right-room, solved: one door, three rooms, one counter.
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

int work(ms cost, int add);
Coro<int> async_work(ms cost, int add);

/// What a job brings home. Only plain values: from the process pool it comes as bytes.
struct Result {
    ms ran;
    int add;
};

// 1 the job itself, in whatever room. Only here is it known when it began. It changes
//   nothing outside: next door, `counter` would be a copy (R9).
Result timed_work(ms cost, int add) {
    const ms begin = now();
    const int added = work(cost, add);
    return {now() - begin, added};
}

Coro<Result> timed_async_work(ms cost, int add) {
    const ms begin = now();
    const int added = co_await async_work(cost, add);
    co_return Result{now() - begin, added};
}

std::string room_of(Kind kind) {
    switch (kind) {
    case Kind::io:
        return "thread pool";
    case Kind::cpu:
        return "process pool";
    default:
        return "loop";
    }
}

/// Sends jobs to the room in which they disturb nobody.
class Service {
public:
    Service(int threads, int processes) : threads_(threads), processes_(processes) {}

    /// Runs all jobs, each in its room.
    /// Returns: a report for each, in the order in which they came home.
    Coro<std::vector<Report>> run(std::vector<Spec> jobs) {
        // 2 start everything, in the order of the arguments: gather makes one task per
        // job
        std::vector<Report> reports;
        std::vector<Coro<>> running;
        for (const Spec& job : jobs) {
            running.push_back(serve(job, reports));
        }
        co_await gather(std::move(running));

        // 3 close the rooms. All jobs are home, so nobody has to be waited for: the
        // loop
        //   is not blocked.
        threads_.shutdown();
        processes_.shutdown();
        co_return reports;
    }

private:
    /// The one door: passes a job to its room, and comes back with its result.
    Coro<Result> submit(const Spec& job) {
        EventLoop& loop = get_running_loop();
        if (job.kind == Kind::io) {
            co_return co_await loop.run_in_executor(&threads_, timed_work, job.cost,
                                                    job.add);
        }
        if (job.kind == Kind::cpu) {
            co_return co_await loop.run_in_executor(&processes_, timed_work, job.cost,
                                                    job.add);
        }
        co_return co_await timed_async_work(job.cost, job.add);
    }

    // 4 one job, seen from the loop: handed in, at home, counted. The loop's thread
    // alone
    //   changes the counter and the list, so no lock is needed.
    Coro<> serve(Spec job, std::vector<Report>& reports) {
        const ms handed_in = now();
        const Result result = co_await submit(job);
        counter += result.add;
        const ms waited = now() - handed_in - result.ran;
        reports.push_back({job.name, room_of(job.kind), waited, result.ran, counter});
    }

    ThreadPool threads_;
    ProcessPool processes_;
};
