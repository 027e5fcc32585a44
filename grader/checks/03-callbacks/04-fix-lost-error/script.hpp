// script.hpp: what the driver needs of an answer, whatever it looks like.
#pragma once
#include <lab/driver.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace exercise {

using NamedJobs = std::vector<std::pair<std::string, std::function<aio::Coro<>()>>>;
using RunJobs = aio::Coro<> (*)(NamedJobs jobs);

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, RunJobs run_jobs);

} // namespace exercise
