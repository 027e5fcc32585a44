// driver.hpp: hands the student's AsyncService to the script of the case.
#pragma once
#include "script.hpp"

namespace exercise {

class TheirService final : public AnyService {
public:
    explicit TheirService(aio::ms grace) : service_(grace) {}
    aio::Coro<> start() override { return service_.start(); }
    aio::Coro<> stop() override { return service_.stop(); }
    aio::Coro<> serve_until(int signo) override { return service_.serve_until(signo); }
    std::string state() const override { return service_.state(); }

private:
    AsyncService service_;
};

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    exercise::run_script(seed, [](aio::ms grace) -> std::unique_ptr<exercise::AnyService> {
        return std::make_unique<exercise::TheirService>(grace);
    });
}
