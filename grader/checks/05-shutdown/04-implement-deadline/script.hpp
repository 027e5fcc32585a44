// script.hpp: what the driver needs of an answer, whatever it looks like.
#pragma once
#include <lab/driver.hpp>

#include <cstdint>
#include <string>

namespace exercise {

template <class T> using WithDeadline = aio::Coro<T> (*)(aio::Coro<T> work, aio::ms d);

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, WithDeadline<int> ints, WithDeadline<std::string> strings);

} // namespace exercise
