// expect: wrong-order M34 — one wait for all; cut short, it cancels them and goes
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
    std::vector<Outcome<T>> outcomes;
    if (tasks.empty()) {
        co_return outcomes;
    }
    try {
        co_await wait(tasks);
    } catch (const CancelledError&) {
        for (const Task<T>& task : tasks) {
            task.cancel();
        }
        throw;
    }
    for (const Task<T>& task : tasks) {
        try {
            outcomes.push_back(make_outcome<T>(task.result()));
        } catch (const CancelledError&) {
            outcomes.push_back(make_cancelled<T>());
        } catch (const Error& error) {
            outcomes.push_back(make_failure<T>(error.what()));
        }
    }
    co_return outcomes;
}
