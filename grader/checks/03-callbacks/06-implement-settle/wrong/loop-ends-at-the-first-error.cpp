// expect: wrong-content M22 — wait sees an error, and what is not there yet is given up
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Task<T>> running;
    for (auto& piece : work) {
        running.push_back(create_task(std::move(piece)));
    }
    std::vector<Outcome<T>> result;
    if (running.empty()) {
        co_return result;
    }
    co_await wait(running, When::first_exception);
    for (auto& task : running) {
        if (!task.done() || task.cancelled()) {
            result.push_back(make_cancelled<T>());
        } else if (auto error = task.exception()) {
            result.push_back(make_failure<T>(describe(error)));
        } else {
            result.push_back(make_outcome<T>(task.result()));
        }
    }
    co_return result;
}
