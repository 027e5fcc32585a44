// expect: wrong-content not-measured — takes what a job should cost for the time that it ran
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

int work(ms cost, int add);             // given: an io or cpu job. Blocks; returns `add`
Coro<int> async_work(ms cost, int add); // given: an async job. Waits; returns `add`

class Service {
public:
    Service(int threads, int processes) : pool(threads), procs(processes) {}
    Coro<> one(Spec job, std::vector<Report>& out) {
        EventLoop& loop = get_running_loop();
        const ms begin = now();
        std::string room = "loop";
        if (job.kind == Kind::io) {
            room = "thread pool";
            counter += co_await loop.run_in_executor(&pool, work, job.cost, job.add);
        } else if (job.kind == Kind::cpu) {
            room = "process pool";
            counter += co_await loop.run_in_executor(&procs, work, job.cost, job.add);
        } else
            counter += co_await async_work(job.cost, job.add);
        out.push_back({job.name, room, now() - begin - job.cost, job.cost, counter});
    }
    Coro<std::vector<Report>> run(std::vector<Spec> jobs) {
        std::vector<Report> out;
        std::vector<Coro<>> c;
        for (auto& j : jobs)
            c.push_back(one(j, out));
        co_await gather(std::move(c));
        pool.shutdown();
        procs.shutdown();
        co_return out;
    }

private:
    ThreadPool pool;
    ProcessPool procs;
};
