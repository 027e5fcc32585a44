// script.hpp: what the driver needs of an answer, whatever it looks like.
#pragma once
#include <lab/driver.hpp>

#include <cstdint>
#include <functional>
#include <vector>

namespace exercise {

using RunWithProgress = aio::Coro<> (*)(int steps, aio::ms step_time,
                                        std::function<void(int)> on_progress);

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, RunWithProgress run_with_progress);

} // namespace exercise
