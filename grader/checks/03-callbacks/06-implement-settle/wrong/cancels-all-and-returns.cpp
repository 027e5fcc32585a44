// expect: wrong-content M32 — hands the cancel on, then returns what came of it
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
    bool stopping = false;
    for (const Task<T>& task : tasks) {
        try {
            outcomes.push_back(make_outcome<T>(co_await task));
        } catch (const CancelledError&) {
            outcomes.push_back(make_cancelled<T>());
        } catch (const std::exception& error) {
            outcomes.push_back(make_failure<T>(error.what()));
        }
        if (!stopping && current_task().cancelling() > 0) {
            stopping = true;
            for (const Task<T>& other : tasks) {
                other.cancel();
            }
        }
    }
    co_return outcomes;
}
