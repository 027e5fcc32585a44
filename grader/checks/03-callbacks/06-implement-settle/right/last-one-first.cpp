// awaits the tasks from the last to the first; slots keep the order.
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Task<T>> tasks;
    for (auto it = work.begin(); it != work.end(); ++it) {
        tasks.push_back(get_running_loop().create_task(std::move(*it)));
    }
    std::map<std::size_t, Outcome<T>> by_number;
    const int before = current_task().cancelling();
    bool told = false;
    for (std::size_t i = tasks.size(); i-- > 0;) {
        try {
            T value = co_await tasks[i];
            by_number[i] = make_outcome<T>(std::move(value));
        } catch (const std::exception& error) {
            by_number[i] = make_failure<T>(error.what());
        } catch (...) {
            by_number[i] = make_cancelled<T>();
        }
        if (current_task().cancelling() != before && !told) {
            told = true;
            for (std::size_t j = 0; j < i; ++j) {
                tasks[j].cancel();
            }
        }
    }
    std::vector<Outcome<T>> outcomes;
    for (auto& [number, outcome] : by_number) {
        outcomes.push_back(std::move(outcome));
    }
    co_return told ? throw CancelledError() : outcomes;
}
