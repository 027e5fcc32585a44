// expect: wrong-content error-mistold — whatever is no value is told as a cancel
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Coro<Outcome<T>> settle_one(Coro<T> piece) {
    try {
        co_return make_outcome<T>(co_await piece);
    } catch (...) {
    }
    co_return make_cancelled<T>();
}

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Coro<Outcome<T>>> wrapped;
    for (auto& piece : work) {
        wrapped.push_back(settle_one<T>(std::move(piece)));
    }
    co_return co_await gather(std::move(wrapped));
}
