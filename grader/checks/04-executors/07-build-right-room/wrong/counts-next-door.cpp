// expect: wrong-content M30 — every job adds to the counter itself, wherever it runs
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

ms do_it(ms cost, int add) {
    const ms begin = now();
    counter += work(cost, add);
    return now() - begin;
}

Coro<ms> do_it_here(ms cost, int add) {
    const ms begin = now();
    const int more = co_await async_work(cost, add);
    counter += more;
    co_return now() - begin;
}

class Service {
public:
    Service(int threads, int processes) : back_room_(threads), next_door_(processes) {}

    Coro<std::vector<Report>> run(std::vector<Spec> jobs) {
        std::vector<Task<>> visitors;
        for (const Spec& job : jobs) {
            visitors.push_back(create_task(one(job)));
        }
        for (Task<>& visitor : visitors) {
            co_await visitor;
        }
        back_room_.shutdown();
        next_door_.shutdown();
        co_return reports_;
    }

private:
    Coro<> one(Spec job) {
        const ms start = now();
        EventLoop& loop = get_running_loop();
        ms ran = 0ms;
        std::string room;
        if (job.kind == Kind::io) {
            room = "thread pool";
            ran = co_await loop.run_in_executor(&back_room_, do_it, job.cost, job.add);
        } else if (job.kind == Kind::cpu) {
            room = "process pool";
            ran = co_await loop.run_in_executor(&next_door_, do_it, job.cost, job.add);
        } else {
            room = "loop";
            ran = co_await do_it_here(job.cost, job.add);
        }
        reports_.push_back({job.name, room, now() - start - ran, ran, counter});
    }

    ThreadPool back_room_;
    ProcessPool next_door_;
    std::vector<Report> reports_;
};
