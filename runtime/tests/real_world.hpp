// real_world.hpp: what tests that meet the kernel share: its selectors, a client, a clock to skip
// with.
#pragma once

#include "stream_world.hpp"

#include <doctest/doctest.h>

#include <netinet/in.h>
#include <sys/socket.h>

namespace aio::testing {

/// Returns: the names of the selectors that the kernel does not refuse.
inline std::vector<std::string_view> usable_selectors() {
    std::vector<std::string_view> names = selector_names();
    std::erase_if(names, [](std::string_view name) {
        try {
            make_selector(name);
            return false;
        } catch (const std::system_error&) {
            return true; // selector_test.cpp tells of it
        }
    });
    return names;
}

/// A clock for real descriptors on which nothing waits for a timer: it jumps when the kernel has no
/// news.
class SkippingClock final : public Clock {
public:
    time_point now() override { return now_; }
    Idle idle(Seat, std::optional<time_point> deadline, bool, const Sleep& sleep) override {
        if (!deadline || sleep(duration::zero())) {
            return deadline || sleep(std::nullopt) ? Idle::woken : Idle::deadline;
        }
        now_ = std::max(now_, *deadline);
        return Idle::deadline;
    }
    void block(duration span) override { now_ += span; }

private:
    time_point now_{};
};

/// A client without a runtime: connected to a port of this machine, before anybody accepts.
inline UniqueFd plain_client(std::uint16_t port) {
    UniqueFd fd(::socket(AF_INET, SOCK_STREAM, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    REQUIRE(::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    return fd;
}

} // namespace aio::testing
