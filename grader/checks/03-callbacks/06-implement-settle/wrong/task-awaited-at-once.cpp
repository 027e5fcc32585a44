// expect: wrong-content M02 — makes a task and awaits it before the next one
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Outcome<T>> list;
    for (std::size_t k = 0; k < work.size(); ++k) {
        Task<T> task = create_task(std::move(work[k]));
        Outcome<T> one = make_cancelled<T>();
        try {
            one = make_outcome<T>(co_await task);
        } catch (const std::exception& problem) {
            one = make_failure<T>(problem.what());
        } catch (const CancelledError&) {
        }
        list.push_back(one);
    }
    if (current_task().cancelling() > 0) {
        throw CancelledError();
    }
    co_return list;
}
