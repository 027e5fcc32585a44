// expect: wrong-content M28 — every cpu job gets a process pool of its own
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

Coro<Result> next_door(Spec job) {
    ProcessPool own(1);
    co_return co_await get_running_loop().run_in_executor(&own, timed_work, job.cost, job.add);
}

class Service {
public:
    Service(int threads, int) : threads_(threads) {}

    Coro<std::vector<Report>> run(std::vector<Spec> jobs) {
        ThreadPool pool(threads_);
        std::vector<Report> reports;
        std::vector<Task<>> all;
        for (const Spec& job : jobs) {
            all.push_back(create_task(one(job, pool, reports), job.name));
        }
        co_await gather(all);
        co_return reports;
    }

private:
    Coro<> one(Spec job, ThreadPool& pool, std::vector<Report>& reports) {
        const ms start = now();
        Result got{};
        switch (job.kind) {
        case Kind::io:
            got = co_await get_running_loop().run_in_executor(&pool, timed_work, job.cost, job.add);
            break;
        case Kind::cpu:
            got = co_await next_door(job);
            break;
        case Kind::async:
            got = co_await timed_async_work(job.cost, job.add);
            break;
        }
        counter += got.add;
        reports.push_back({job.name, room_of(job.kind), now() - start - got.ran, got.ran, counter});
    }

    int threads_;
};
