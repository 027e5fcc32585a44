// expect: wrong-content M01 — makes a wrapper of each piece and runs none
#include <aio/lab.hpp>
using namespace aio;

template <class T> Outcome<T> make_outcome(T value);
template <class T> Outcome<T> make_failure(std::string what);
template <class T> Outcome<T> make_cancelled();

template <class T> Coro<> settle_one(Coro<T> piece, Outcome<T>& slot) {
    try {
        slot = make_outcome<T>(co_await piece);
    } catch (const CancelledError&) {
        slot = make_cancelled<T>();
    } catch (const std::exception& error) {
        slot = make_failure<T>(error.what());
    }
}

template <class T> Coro<std::vector<Outcome<T>>> settle_all(std::vector<Coro<T>> work) {
    std::vector<Outcome<T>> slots(work.size());
    for (std::size_t i = 0; i < work.size(); ++i) {
        auto one = settle_one<T>(std::move(work[i]), slots[i]);
    }
    co_return slots;
}
