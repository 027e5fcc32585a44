// A semaphore for each room: a job is handed in when a worker is free.
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

class Service {
public:
    Service(int threads, int processes)
        : threads_(threads), processes_(processes), thread_seats_(threads),
          process_seats_(processes) {}

    Coro<std::vector<Report>> run(std::vector<Spec> jobs) {
        std::vector<Coro<>> all;
        for (const Spec& job : jobs) {
            if (job.kind == Kind::async) {
                all.push_back(visit(job));
            } else if (job.kind == Kind::io) {
                all.push_back(pass(job, threads_, thread_seats_, "thread pool"));
            } else {
                all.push_back(pass(job, processes_, process_seats_, "process pool"));
            }
        }
        co_await gather(std::move(all));
        threads_.shutdown();
        processes_.shutdown();
        co_return std::move(reports_);
    }

private:
    template <class Pool> Coro<> pass(Spec job, Pool& pool, Semaphore& seats, std::string room) {
        const ms asked = now();
        co_await seats.acquire();
        const ms began = now();
        const int more =
            co_await get_running_loop().run_in_executor(&pool, work, job.cost, job.add);
        seats.release();
        file(job, room, began - asked, now() - began, more);
    }

    Coro<> visit(Spec job) {
        const ms began = now();
        const int more = co_await async_work(job.cost, job.add);
        file(job, "loop", 0ms, now() - began, more);
    }

    void file(const Spec& job, const std::string& room, ms waited, ms ran, int more) {
        counter += more;
        reports_.push_back({job.name, room, waited, ran, counter});
    }

    ThreadPool threads_;
    ProcessPool processes_;
    Semaphore thread_seats_;
    Semaphore process_seats_;
    std::vector<Report> reports_;
};
