// script.hpp: what the driver needs of an answer, whatever it looks like.
#pragma once
#include <lab/driver.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace exercise {

template <class T>
using SettleAll = aio::Coro<std::vector<aio::Outcome<T>>> (*)(std::vector<aio::Coro<T>> work);

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, SettleAll<int> ints, SettleAll<std::string> strings);

} // namespace exercise
