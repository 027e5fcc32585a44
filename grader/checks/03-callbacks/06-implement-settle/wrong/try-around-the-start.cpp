// expect: wrong-content error-escapes — catches errors where the tasks are made
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Task<T>> tasks;
    std::vector<Outcome<T>> outcomes;
    for (Coro<T>& piece : work) {
        try {
            tasks.push_back(create_task(std::move(piece)));
        } catch (const CancelledError&) {
            outcomes.push_back(make_cancelled<T>());
        } catch (const std::exception& error) {
            outcomes.push_back(make_failure<T>(error.what()));
        }
    }
    for (const Task<T>& task : tasks) {
        outcomes.push_back(make_outcome<T>(co_await task));
    }
    co_return outcomes;
}
