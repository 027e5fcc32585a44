// expect: wrong-content shutdown-blocks — the pools are shut down before the jobs are at home
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
        std::vector<Task<>> tasks;
        {
            ThreadPool back_room(threads_);
            ProcessPool next_door(processes_);
            EventLoop& loop = get_running_loop();
            for (const Spec& job : jobs) {
                if (job.kind == Kind::async) {
                    tasks.push_back(create_task(
                        book(job, create_task(timed_async_work(job.cost, job.add)), reports)));
                } else if (job.kind == Kind::io) {
                    tasks.push_back(create_task(
                        book(job, loop.run_in_executor(&back_room, timed_work, job.cost, job.add),
                             reports)));
                } else {
                    tasks.push_back(create_task(
                        book(job, loop.run_in_executor(&next_door, timed_work, job.cost, job.add),
                             reports)));
                }
            }
        }
        co_await gather(tasks);
        co_return reports;
    }

private:
    Coro<> book(Spec job, Future<Result> check, std::vector<Report>& reports) {
        const ms handed_in = now();
        const Result result = co_await check;
        counter += result.add;
        reports.push_back(
            {job.name, room_of(job.kind), now() - handed_in - result.ran, result.ran, counter});
    }

    int threads_;
    int processes_;
};
