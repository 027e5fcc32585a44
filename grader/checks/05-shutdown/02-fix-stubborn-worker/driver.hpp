// driver.hpp: defines the resource of the answer, and hands its worker to the script of the case.
#pragma once
#include "script.hpp"

#include <memory>

void Resource::open() { aio::say("open"); }
void Resource::release() { aio::say("released"); }

extern "C" void lab_entry(std::uint64_t seed) {
    exercise::run_script(seed, [](exercise::StepFunction step) -> aio::Task<> {
        static std::vector<std::unique_ptr<Resource>> taps; // each lives as long as the program
        taps.push_back(std::make_unique<Resource>());
        return aio::create_task(worker(*taps.back(), std::move(step)));
    });
}
