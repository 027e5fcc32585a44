// expect: wrong-content M02 — what blocks is off-loaded, and the async jobs are awaited one by one
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

struct Outing {
    ms ran;
    int brought;
};

Outing go(ms cost, int add) {
    const ms left = now();
    const int brought = work(cost, add);
    return {now() - left, brought};
}

class Service {
public:
    Service(int threads, int processes) : threads_(threads), processes_(processes) {}

    Coro<std::vector<Report>> run(std::vector<Spec> jobs) {
        start_ = now();
        std::vector<Task<>> away;
        for (const Spec& job : jobs) {
            if (job.kind == Kind::io) {
                away.push_back(create_task(outside(job, threads_, "thread pool")));
            } else if (job.kind == Kind::cpu) {
                away.push_back(create_task(outside(job, processes_, "process pool")));
            }
        }
        for (const Spec& job : jobs) {
            if (job.kind == Kind::async) {
                const ms begin = now();
                counter += co_await async_work(job.cost, job.add);
                file(job, "loop", begin - start_, now() - begin);
            }
        }
        co_await gather(away);
        threads_.shutdown();
        processes_.shutdown();
        co_return reports_;
    }

private:
    template <class Pool> Coro<> outside(Spec job, Pool& pool, std::string room) {
        EventLoop& loop = get_running_loop();
        const Outing outing = co_await loop.run_in_executor(&pool, go, job.cost, job.add);
        counter += outing.brought;
        file(job, room, now() - start_ - outing.ran, outing.ran);
    }

    void file(const Spec& job, const std::string& room, ms waited, ms ran) {
        reports_.push_back({job.name, room, waited, ran, counter});
    }

    ThreadPool threads_;
    ProcessPool processes_;
    std::vector<Report> reports_;
    ms start_ = 0ms;
};
