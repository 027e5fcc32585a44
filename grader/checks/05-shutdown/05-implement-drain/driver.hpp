// driver.hpp: hands the student's drain to the script of the case.
#pragma once
#include "script.hpp"

namespace exercise {

aio::Coro<Report> drain_them(std::vector<aio::Task<>> tasks, aio::ms grace) {
    const DrainReport report = co_await drain(std::move(tasks), grace);
    co_return Report{report.finished, report.cut, report.failed, report.stuck};
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) { exercise::run_script(seed, exercise::drain_them); }
