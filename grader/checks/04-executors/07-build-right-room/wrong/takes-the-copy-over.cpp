// expect: wrong-content M30-copy — the counter of the process becomes the counter of the loop
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

struct Done {
    ms ran;
    int counted;
};

Done count_in_a_room(ms cost, int add) {
    const ms from = now();
    counter = counter + work(cost, add);
    return {now() - from, counter};
}

std::string room_of(Kind kind) {
    return kind == Kind::io ? "thread pool" : kind == Kind::cpu ? "process pool" : "loop";
}

class Service {
public:
    Service(int threads, int processes) : threads_(threads), processes_(processes) {}

    Coro<std::vector<Report>> run(std::vector<Spec> jobs) {
        ThreadPool threads(threads_);
        ProcessPool processes(processes_);
        std::vector<Report> board;
        std::vector<Task<>> tasks;
        for (const Spec& job : jobs) {
            if (job.kind == Kind::async) {
                tasks.push_back(create_task(here(job, board)));
                continue;
            }
            EventLoop& loop = get_running_loop();
            Future<Done> check =
                job.kind == Kind::io
                    ? loop.run_in_executor(&threads, count_in_a_room, job.cost, job.add)
                    : loop.run_in_executor(&processes, count_in_a_room, job.cost, job.add);
            tasks.push_back(create_task(claim(job, check, board)));
        }
        for (Task<>& task : tasks) {
            co_await task;
        }
        co_return board;
    }

private:
    Coro<> claim(Spec job, Future<Done> check, std::vector<Report>& board) {
        const ms start = now();
        const Done done = co_await check;
        counter = done.counted;
        board.push_back({job.name, room_of(job.kind), now() - start - done.ran, done.ran, counter});
    }

    Coro<> here(Spec job, std::vector<Report>& board) {
        const ms start = now();
        const int more = co_await async_work(job.cost, job.add);
        counter += more;
        board.push_back({job.name, "loop", 0ms, now() - start, counter});
    }

    int threads_;
    int processes_;
};
