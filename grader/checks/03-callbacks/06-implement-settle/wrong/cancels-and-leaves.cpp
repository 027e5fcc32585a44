// expect: wrong-order M34 — cancels the children and doesn't wait for their clean-up
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
    for (const Task<T>& task : tasks) {
        try {
            outcomes.push_back(make_outcome<T>(co_await task));
        } catch (const CancelledError&) {
            outcomes.push_back(make_cancelled<T>());
        } catch (const std::exception& error) {
            outcomes.push_back(make_failure<T>(error.what()));
        }
        if (current_task().cancelling() > 0) {
            for (const Task<T>& other : tasks) {
                other.cancel();
            }
            throw CancelledError();
        }
    }
    co_return outcomes;
}
