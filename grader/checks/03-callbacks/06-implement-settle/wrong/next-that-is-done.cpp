// expect: wrong-content M08 — takes whatever is done first, again and again
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Outcome<T> outcome_of_task(const Task<T>& task) {
    if (task.cancelled()) {
        return make_cancelled<T>();
    }
    if (auto error = task.exception(); error != nullptr) {
        return make_failure<T>(describe(error));
    }
    return make_outcome<T>(task.result());
}

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Task<T>> open;
    for (auto& piece : work) {
        open.push_back(create_task(std::move(piece)));
    }
    std::vector<Outcome<T>> outcomes;
    bool cancelled = false;
    while (!open.empty()) {
        try {
            auto seen = co_await wait(open, When::first_completed);
            for (const auto& task : seen.done) {
                outcomes.push_back(outcome_of_task<T>(task));
            }
            open = seen.pending;
        } catch (const CancelledError&) {
            cancelled = true;
            for (const auto& task : open) {
                task.cancel();
            }
        }
    }
    if (cancelled) {
        throw CancelledError();
    }
    co_return outcomes;
}
