// expect: wrong-content M46 — asks all tasks whether they are done, and sleeps a little
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Task<T>> tasks;
    for (Coro<T>& piece : work) {
        tasks.push_back(create_task(std::move(piece)));
    }
    bool cancelled = false;
    while (!std::all_of(tasks.begin(), tasks.end(), [](auto& task) { return task.done(); })) {
        try {
            co_await sleep(10ms);
        } catch (const CancelledError&) {
            cancelled = true;
            for (const Task<T>& task : tasks) {
                task.cancel();
            }
        }
    }
    if (cancelled) {
        throw CancelledError();
    }
    std::vector<Outcome<T>> outcomes;
    for (const Task<T>& task : tasks) {
        if (task.cancelled()) {
            outcomes.push_back(make_cancelled<T>());
        } else if (task.exception() != nullptr) {
            outcomes.push_back(make_failure<T>(describe(task.exception())));
        } else {
            outcomes.push_back(make_outcome<T>(task.result()));
        }
    }
    co_return outcomes;
}
