// expect: wrong-content M08 — each piece appends its outcome when it ends
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Coro<> settle_one(Coro<T> piece, std::vector<Outcome<T>>& outcomes) {
    try {
        outcomes.push_back(make_outcome<T>(co_await piece));
    } catch (const CancelledError&) {
        outcomes.push_back(make_cancelled<T>());
    } catch (const std::exception& e) {
        outcomes.push_back(make_failure<T>(e.what()));
    }
}

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Outcome<T>> outcomes;
    std::vector<Coro<>> all;
    for (auto& piece : work) {
        all.push_back(settle_one<T>(std::move(piece), outcomes));
    }
    co_await gather(std::move(all));
    co_return outcomes;
}
