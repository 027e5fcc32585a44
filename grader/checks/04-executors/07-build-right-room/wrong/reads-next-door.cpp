// expect: wrong-content M30-old-copy — a job next door reads its cost from the service, by this
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
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            desk_[i] = {jobs[i].cost, jobs[i].add};
            running.push_back(serve(i, jobs[i], reports));
        }
        co_await gather(std::move(running));
        threads_.shutdown();
        processes_.shutdown();
        co_return reports;
    }

private:
    struct Order {
        ms cost;
        int add;
    };

    Result do_order(std::size_t i) { return timed_work(desk_[i].cost, desk_[i].add); }

    Coro<> serve(std::size_t i, Spec job, std::vector<Report>& reports) {
        const ms handed_in = now();
        EventLoop& loop = get_running_loop();
        const auto order = [this, i] { return do_order(i); };
        Result result{};
        if (job.kind == Kind::io) {
            result = co_await loop.run_in_executor(&threads_, order);
        } else if (job.kind == Kind::cpu) {
            result = co_await loop.run_in_executor(&processes_, order);
        } else {
            result = co_await timed_async_work(job.cost, job.add);
        }
        counter += result.add;
        reports.push_back(
            {job.name, room_of(job.kind), now() - handed_in - result.ran, result.ran, counter});
    }

    Order desk_[32] = {};
    ThreadPool threads_;
    ProcessPool processes_;
};
