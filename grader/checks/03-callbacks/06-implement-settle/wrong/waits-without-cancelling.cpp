// expect: wrong-content children-run-on — waits for children that nobody has told to stop
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Coro<> note(Task<T> task, std::size_t i, std::vector<Outcome<T>>* slots) {
    try {
        (*slots)[i] = make_outcome<T>(co_await shield(Future<T>(task)));
    } catch (const CancelledError&) {
        (*slots)[i] = make_cancelled<T>();
    } catch (const std::exception& error) {
        (*slots)[i] = make_failure<T>(error.what());
    }
}

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Task<T>> tasks;
    for (Coro<T>& piece : work) {
        tasks.push_back(create_task(std::move(piece)));
    }
    std::vector<Outcome<T>> slots(tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        co_await note<T>(tasks[i], i, &slots);
    }
    if (current_task().cancelling() > 0) {
        throw CancelledError();
    }
    co_return slots;
}
