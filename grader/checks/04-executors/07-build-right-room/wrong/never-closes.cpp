// expect: wrong-content left-open — the pools are members, and nobody shuts them down
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

int counter = 0;

int work(ms cost, int add);
Coro<int> async_work(ms cost, int add);

struct Result {
    ms ran;
    int add;
};

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
    return kind == Kind::io ? "thread pool" : kind == Kind::cpu ? "process pool" : "loop";
}

class Service {
public:
    Service(int threads, int processes) : threads_(threads), processes_(processes) {}

    Coro<std::vector<Report>> run(std::vector<Spec> jobs) {
        std::vector<Report> reports;
        std::vector<Coro<>> running;
        for (const Spec& job : jobs) {
            running.push_back(serve(job, reports));
        }
        co_await gather(std::move(running));
        co_return reports;
    }

private:
    Coro<Result> submit(const Spec& job) {
        EventLoop& loop = get_running_loop();
        if (job.kind == Kind::io) {
            co_return co_await loop.run_in_executor(&threads_, timed_work, job.cost, job.add);
        }
        if (job.kind == Kind::cpu) {
            co_return co_await loop.run_in_executor(&processes_, timed_work, job.cost, job.add);
        }
        co_return co_await timed_async_work(job.cost, job.add);
    }

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
