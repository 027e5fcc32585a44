// script.hpp: what the driver needs of an answer, whatever it looks like, and what is given.
#pragma once
#include <lab/driver.hpp>

#include <cstdint>
#include <string>

int resize_image(int size);
aio::Coro<std::string> lookup(int client);

namespace exercise {

using OnMessage = aio::Coro<> (*)(int client, int size);

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, OnMessage on_message);

} // namespace exercise
