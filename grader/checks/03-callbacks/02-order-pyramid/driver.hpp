// driver.hpp: hands the arranged blocks to the script of the case.
#pragma once
#include "script.hpp"

static_assert(static_cast<int>(Block::try_open) == static_cast<int>(exercise::Block::try_open),
              "the list of blocks is given: leave it as it is");

extern "C" void lab_entry(std::uint64_t seed) {
    std::vector<exercise::Block> blocks;
    for (const Block block : arrange()) {
        blocks.push_back(static_cast<exercise::Block>(block));
    }
    exercise::run_script(seed, std::move(blocks));
}
