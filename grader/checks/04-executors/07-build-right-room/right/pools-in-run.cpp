// The rooms open and close with run(): the end of its scope shuts them down.
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

struct Note {
    ms begin;
    ms end;
    int add;
};

Note noted(ms cost, int add) {
    Note note{};
    note.begin = now();
    note.add = work(cost, add);
    note.end = now();
    return note;
}

class Service {
public:
    Service(int threads, int processes) : threads_(threads), processes_(processes) {}

    Coro<std::vector<Report>> run(std::vector<Spec> jobs) {
        ProcessPool next_door(processes_);
        ThreadPool back_room(threads_);
        std::vector<Report> reports;
        std::vector<Task<>> tasks;
        const ms start = now();
        EventLoop& loop = get_running_loop();
        for (const Spec& job : jobs) {
            switch (job.kind) {
            case Kind::io:
                tasks.push_back(create_task(
                    book(job.name, "thread pool", start,
                         loop.run_in_executor(&back_room, noted, job.cost, job.add), reports)));
                break;
            case Kind::cpu:
                tasks.push_back(create_task(
                    book(job.name, "process pool", start,
                         loop.run_in_executor(&next_door, noted, job.cost, job.add), reports)));
                break;
            case Kind::async:
                tasks.push_back(
                    create_task(book(job.name, "loop", start, create_task(here(job)), reports)));
                break;
            }
        }
        for (const Task<>& task : tasks) {
            co_await task;
        }
        co_return reports;
    }

private:
    static Coro<Note> here(Spec job) {
        const ms begin = now();
        const int add = co_await async_work(job.cost, job.add);
        co_return Note{begin, now(), add};
    }

    static Coro<> book(std::string name, std::string room, ms start, Future<Note> check,
                       std::vector<Report>& reports) {
        const Note note = co_await check;
        counter += note.add;
        reports.push_back({name, room, note.begin - start, note.end - note.begin, counter});
    }

    int threads_;
    int processes_;
};
