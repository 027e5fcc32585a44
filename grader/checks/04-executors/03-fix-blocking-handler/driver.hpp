// driver.hpp: hands on_message to the chat server of the case.
#pragma once
#include "script.hpp"

extern "C" void lab_entry(std::uint64_t seed) {
    exercise::run_script(
        seed, [](int client, int size) -> aio::Coro<> { return on_message(client, size); });
}
