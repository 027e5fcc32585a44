// No coroutine of its own for a job: done-callbacks count, and the last one completes a future.
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

struct Measured {
    ms ran;
    int more;
};

Measured measured(ms cost, int add) {
    const ms begin = now();
    const int more = work(cost, add);
    return {now() - begin, more};
}

Coro<Measured> measured_here(ms cost, int add) {
    const ms begin = now();
    const int more = co_await async_work(cost, add);
    co_return Measured{now() - begin, more};
}

class Service {
public:
    Service(int threads, int processes) : threads_(threads), processes_(processes) {}

    Coro<std::vector<Report>> run(std::vector<Spec> jobs) {
        EventLoop& loop = get_running_loop();
        Future<> all_home = loop.create_future<>();
        std::vector<Report> reports;
        const ms start = now();
        const auto submit = [&](const Spec& job) -> Future<Measured> {
            if (job.kind == Kind::io) {
                return loop.run_in_executor(&threads_, measured, job.cost, job.add);
            }
            if (job.kind == Kind::cpu) {
                return loop.run_in_executor(&processes_, measured, job.cost, job.add);
            }
            return create_task(measured_here(job.cost, job.add));
        };
        for (const Spec& job : jobs) {
            auto check = submit(job);
            checks_.push_back(check);
            check.add_done_callback([&, job, check] {
                const auto [ran, more] = check.result();
                const char* const rooms[] = {"thread pool", "process pool", "loop"};
                counter += more;
                reports.push_back({job.name, rooms[static_cast<int>(job.kind)], now() - start - ran,
                                   ran, counter});
                if (reports.size() == jobs.size()) {
                    all_home.set_result();
                }
            });
        }
        co_await all_home;
        threads_.shutdown();
        processes_.shutdown();
        co_return reports;
    }

private:
    ThreadPool threads_;
    ProcessPool processes_;
    std::vector<Future<Measured>> checks_;
};
