// script.hpp: what the driver needs of an answer, whatever it looks like.
#pragma once
#include <lab/driver.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace exercise {

/// A service of any making.
class AnyService {
public:
    virtual ~AnyService() = default;
    virtual aio::Coro<> start() = 0;
    virtual aio::Coro<> stop() = 0;
    virtual aio::Coro<> serve_until(int signo) = 0;
    virtual std::string state() const = 0;
};

using MakeService = std::unique_ptr<AnyService> (*)(aio::ms grace);

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, MakeService make);

} // namespace exercise
