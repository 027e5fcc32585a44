// driver.cpp: the services, the two signals, and what app returned.
#include "script.hpp"

#include "params.hpp"

#include <lab/signals.hpp>

namespace exercise {

constexpr int most_ticks = 25; // a service that nobody cancels must end some time

Params drawn;

const Service& called(const std::string& name) {
    for (const Service& service : drawn.services) {
        if (service.name == name) {
            return service;
        }
    }
    throw aio::Error("there is no service called '" + name + "'");
}

aio::Coro<> evening(App app) {
    lab::signal_at(drawn.signal, drawn.signo);
    lab::signal_at(second_signal(drawn), drawn.signo);
    std::vector<std::string> names;
    for (const Service& service : drawn.services) {
        names.push_back(service.name);
    }
    const int closed = co_await app(names, drawn.signo);
    aio::say("returned {}", closed);
}

void run_script(std::uint64_t seed, App app) {
    drawn = draw(seed);
    aio::run(evening(app));
}

} // namespace exercise

aio::ms period_of(const std::string& name) { return exercise::called(name).every; }
aio::ms cleanup_of(const std::string& name) { return exercise::called(name).cleanup; }

aio::Coro<> service(std::string name, aio::ms every, aio::ms cleanup) {
    bool cancelled = false;
    try {
        for (int i = 0; i < exercise::most_ticks; ++i) {
            aio::say("{} {}", name, i);
            co_await aio::sleep(every);
        }
    } catch (const aio::CancelledError&) {
        cancelled = true;
    }
    if (!cancelled) {
        aio::say("{} was never told to close", name);
        co_return;
    }
    aio::say("{} closing", name);
    co_await aio::sleep(cleanup);
    aio::say("{} closed", name);
    throw aio::CancelledError{};
}
