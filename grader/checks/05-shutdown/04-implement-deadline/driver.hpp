// driver.hpp: with_deadline for the script of the case.
#pragma once
#include "script.hpp"

namespace exercise {

template <class T> aio::Coro<T> call_with_deadline(aio::Coro<T> work, aio::ms d) {
    return with_deadline<T>(std::move(work), d);
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    exercise::run_script(seed, exercise::call_with_deadline<int>,
                         exercise::call_with_deadline<std::string>);
}
