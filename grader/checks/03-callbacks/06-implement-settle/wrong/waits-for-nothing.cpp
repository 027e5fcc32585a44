// expect: wrong-content empty-list — wait refuses an empty list
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
    bool cut_short = false;
    try {
        co_await wait(tasks);
    } catch (const CancelledError&) {
        cut_short = true;
    }
    if (cut_short) {
        for (const Task<T>& task : tasks) {
            task.cancel();
        }
        co_await wait(tasks);
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
