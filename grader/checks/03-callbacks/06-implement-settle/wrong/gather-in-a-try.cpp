// expect: wrong-content M22 — one error ends the gather, and it is told for all
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    const std::size_t count = work.size();
    std::vector<Outcome<T>> outcomes;
    try {
        for (T& value : co_await gather(std::move(work))) {
            outcomes.push_back(make_outcome<T>(value));
        }
    } catch (const std::exception& error) {
        outcomes.clear();
        for (std::size_t i = 0; i < count; ++i) {
            outcomes.push_back(make_failure<T>(error.what()));
        }
    }
    co_return outcomes;
}
