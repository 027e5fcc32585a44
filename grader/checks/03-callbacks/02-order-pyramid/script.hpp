// script.hpp: what the driver needs of an answer: its blocks, in its order.
#pragma once
#include <lab/driver.hpp>

#include <cstdint>
#include <vector>

namespace exercise {

/// The blocks of the stub, in the order of the stub.
enum class Block {
    catch_around_call_later,
    catch_error,
    close_always,
    fetch,
    parse,
    result_without_await,
    save,
    say_failed,
    say_saved,
    start_save_unawaited,
    try_open
};

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, std::vector<Block> blocks);

} // namespace exercise
