// expect: wrong-content M22-stopped — cancels the others when one has failed
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Task<T>> tasks;
    for (auto& piece : work) {
        tasks.push_back(create_task(std::move(piece)));
    }
    std::vector<Outcome<T>> outcomes;
    bool over = false;
    for (auto& task : tasks) {
        try {
            outcomes.push_back(make_outcome<T>(co_await task));
            continue;
        } catch (const CancelledError&) {
            outcomes.push_back(make_cancelled<T>());
        } catch (const std::exception& e) {
            outcomes.push_back(make_failure<T>(e.what()));
        }
        if (!std::exchange(over, true)) {
            for (auto& other : tasks) {
                other.cancel();
            }
        }
    }
    if (current_task().cancelling() > 0) {
        throw CancelledError();
    }
    co_return outcomes;
}
