// script.hpp: what the driver needs of an answer, whatever it looks like.
#pragma once
#include <lab/driver.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace exercise {

/// A Cron of any making.
class AnyCron {
public:
    virtual ~AnyCron() = default;
    virtual int every(aio::ms period, aio::Callback f) = 0;
    virtual int at(aio::ms when, aio::Callback f) = 0;
    virtual bool cancel(int id) = 0;
    virtual std::optional<aio::ms> next() const = 0;
};

using MakeCron = std::unique_ptr<AnyCron> (*)(aio::EventLoop&);

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, MakeCron make);

} // namespace exercise
