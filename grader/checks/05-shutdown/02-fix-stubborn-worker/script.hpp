// script.hpp: what the driver needs of an answer, whatever it looks like.
#pragma once
#include <lab/driver.hpp>

#include <cstdint>
#include <functional>

namespace exercise {

using StepFunction = std::function<aio::Coro<>(int)>;
using StartWorker = aio::Task<> (*)(StepFunction step);

/// Runs the case of `seed`. `start_worker` starts one with a resource of its own.
void run_script(std::uint64_t seed, StartWorker start_worker);

} // namespace exercise

int steps_today();
aio::Coro<> rest();
