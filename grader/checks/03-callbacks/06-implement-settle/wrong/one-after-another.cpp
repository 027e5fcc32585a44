// expect: wrong-content M02 — awaits the coroutines themselves, each in a try
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Outcome<T>> outcomes;
    for (Coro<T>& piece : work) {
        try {
            outcomes.push_back(make_outcome<T>(co_await piece));
        } catch (const CancelledError&) {
            outcomes.push_back(make_cancelled<T>());
        } catch (const std::exception& error) {
            outcomes.push_back(make_failure<T>(error.what()));
        }
    }
    co_return outcomes;
}
