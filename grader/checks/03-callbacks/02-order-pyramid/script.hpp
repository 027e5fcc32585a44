// script.hpp: what the driver needs of an answer: its blocks, in its order.
#pragma once
#include <lab/driver.hpp>

#include <cstdint>
#include <vector>

namespace exercise {

/// The blocks of the stub, in the order of the stub.
enum class Block {
    try_open,
    fetch,
    parse,
    save,
    say_saved,
    catch_error,
    say_failed,
    close_always,
    catch_around_call_later,
    result_without_await,
    start_save_unawaited
};

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, std::vector<Block> blocks);

} // namespace exercise
