// driver.hpp: the given functions, and settle_all for the script of the case.
#pragma once
#include "script.hpp"

template <class T> Outcome<T> make_outcome(T value) { return {std::move(value), nullptr}; }

template <class T> Outcome<T> make_failure(std::string what) {
    return {std::nullopt, std::make_exception_ptr(aio::Error(what))};
}

template <class T> Outcome<T> make_cancelled() {
    return {std::nullopt, std::make_exception_ptr(aio::CancelledError())};
}

namespace exercise {

template <class T> aio::Coro<std::vector<aio::Outcome<T>>> settle(std::vector<aio::Coro<T>> work) {
    return settle_all<T>(std::move(work));
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    exercise::run_script(seed, exercise::settle<int>, exercise::settle<std::string>);
}
