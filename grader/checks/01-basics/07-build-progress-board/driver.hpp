// driver.hpp: hands the jobs of the case to run_board and says what it returned.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"

namespace exercise {

aio::Coro<> show_board(std::vector<Job> jobs) {
    const std::vector<int> values = co_await run_board(std::move(jobs));
    aio::say("returned {}", list_text(values));
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    std::vector<Job> jobs;
    for (const auto& drawn : exercise::draw(seed).jobs) {
        jobs.push_back(Job{drawn.name, drawn.delay, drawn.value});
    }
    aio::run(exercise::show_board(std::move(jobs)));
}
