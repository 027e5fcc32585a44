// script.hpp: what the driver needs of an answer, whatever it looks like.
#pragma once
#include <lab/driver.hpp>

#include <cstdint>
#include <functional>
#include <string>

namespace exercise {

using Function = std::function<void(std::string)>;
using Debounce = Function (*)(aio::ms, Function);

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, Debounce debounce);

} // namespace exercise
