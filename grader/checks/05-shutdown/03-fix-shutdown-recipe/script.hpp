// script.hpp: what the driver needs of an answer, whatever it looks like.
#pragma once
#include <lab/driver.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace exercise {

using App = aio::Coro<int> (*)(std::vector<std::string> names, int signo);

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, App app);

} // namespace exercise

aio::Coro<> service(std::string name, aio::ms every, aio::ms cleanup);
aio::ms period_of(const std::string& name);
aio::ms cleanup_of(const std::string& name);
