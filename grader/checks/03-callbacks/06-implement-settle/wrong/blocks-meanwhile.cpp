// expect: wrong-content M25 — lets time pass with full hands until all are done
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
        for (int k = 0; k < 100 && !task.done(); ++k) {
            block_for(10ms);
            co_await sleep(0ms);
        }
        if (!task.done() || task.cancelled()) {
            outcomes.push_back(make_cancelled<T>());
        } else if (task.exception() != nullptr) {
            outcomes.push_back(make_failure<T>(describe(task.exception())));
        } else {
            outcomes.push_back(make_outcome<T>(task.result()));
        }
    }
    co_return outcomes;
}
