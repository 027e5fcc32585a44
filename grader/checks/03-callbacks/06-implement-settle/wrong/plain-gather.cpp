// expect: wrong-content error-escapes — one gather, and its error goes to the caller
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Outcome<T>> all;
    const auto values = co_await gather(std::move(work));
    for (const auto& value : values) {
        all.push_back(make_outcome<T>(value));
    }
    co_return all;
}
