// wait throws no error of theirs: a CancelledError from it is the caller's.
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Outcome<T> read(const Task<T>& task) {
    if (task.cancelled()) {
        return make_cancelled<T>();
    }
    const std::exception_ptr error = task.exception();
    return error ? make_failure<T>(describe(error)) : make_outcome<T>(task.result());
}

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Task<T>> tasks;
    std::transform(work.begin(), work.end(), std::back_inserter(tasks),
                   [](Coro<T>& piece) { return create_task(std::move(piece)); });
    std::exception_ptr cut_short;
    try {
        if (!tasks.empty()) {
            co_await wait(tasks);
        }
    } catch (const CancelledError&) {
        cut_short = std::current_exception();
    }
    if (cut_short) {
        for (const Task<T>& task : tasks) {
            task.cancel();
        }
        co_await wait(tasks);
        std::rethrow_exception(cut_short);
    }
    std::vector<Outcome<T>> outcomes;
    for (const Task<T>& task : tasks) {
        outcomes.push_back(read<T>(task));
    }
    co_return outcomes;
}
