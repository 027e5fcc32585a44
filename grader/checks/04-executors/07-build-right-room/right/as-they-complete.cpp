// Futures in a list, served by as_completed; the job brings its number along.
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

struct Slip {
    int number;
    ms begin;
    ms ran;
    int add;
};

Slip fill_in(int number, ms cost, int add) {
    const ms begin = now();
    const int more = work(cost, add);
    return {number, begin, now() - begin, more};
}

Coro<Slip> fill_in_here(int number, ms cost, int add) {
    const ms begin = now();
    const int more = co_await async_work(cost, add);
    co_return Slip{number, begin, now() - begin, more};
}

class Service {
public:
    Service(int threads, int processes)
        : threads_(std::make_unique<ThreadPool>(threads)),
          processes_(std::make_unique<ProcessPool>(processes)) {}

    Coro<std::vector<Report>> run(std::vector<Spec> jobs) {
        const ms start = now();
        std::vector<Task<Slip>> open;
        for (int i = 0; i < static_cast<int>(jobs.size()); ++i) {
            open.push_back(create_task(submit(i, jobs[i])));
        }
        static const std::map<Kind, std::string> rooms = {
            {Kind::io, "thread pool"}, {Kind::cpu, "process pool"}, {Kind::async, "loop"}};
        std::vector<Report> reports;
        for (auto next : as_completed(open)) {
            const Slip slip = co_await std::move(next);
            const Spec& job = jobs[slip.number];
            reports.push_back(
                {job.name, rooms.at(job.kind), slip.begin - start, slip.ran, counter += slip.add});
        }
        threads_.reset();
        processes_.reset();
        co_return reports;
    }

private:
    Coro<Slip> submit(int number, Spec job) {
        EventLoop& loop = get_running_loop();
        switch (job.kind) {
        case Kind::io:
            co_return co_await loop.run_in_executor(threads_.get(), fill_in, number, job.cost,
                                                    job.add);
        case Kind::cpu:
            co_return co_await loop.run_in_executor(processes_.get(), fill_in, number, job.cost,
                                                    job.add);
        default:
            co_return co_await fill_in_here(number, job.cost, job.add);
        }
    }

    std::unique_ptr<ThreadPool> threads_;
    std::unique_ptr<ProcessPool> processes_;
};
