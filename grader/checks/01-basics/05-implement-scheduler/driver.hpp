// driver.hpp: hands the stages of the case to run_stages.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"

extern "C" void lab_entry(std::uint64_t seed) {
    std::vector<std::vector<Item>> stages;
    for (const auto& drawn : exercise::draw(seed).stages) {
        auto& stage = stages.emplace_back();
        for (const auto& [message, delay] : drawn) {
            stage.push_back(Item{message, delay});
        }
    }
    aio::run(run_stages(std::move(stages)));
}
