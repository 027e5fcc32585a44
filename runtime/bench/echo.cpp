// echo.cpp: a server that sends back what it is sent. What does a request cost?
#include "workloads.hpp"

#include <aio/aio.hpp>

#include <array>
#include <system_error>

namespace bench {
namespace {

aio::Coro<> send_back(aio::StreamReader reader, aio::StreamWriter writer) {
    std::array<char, 64UL * 1024> room;
    try {
        for (;;) {
            const std::size_t count = co_await reader.read_into(room);
            if (count == 0) {
                break;
            }
            writer.write({room.data(), count});
            co_await writer.drain();
        }
    } catch (const std::system_error&) { // a generator that stops resets its connections
    }
    writer.close();
}

aio::Coro<> serve(std::uint16_t port) {
    const aio::Server server = co_await aio::start_server(send_back, "127.0.0.1", port);
    co_await server.wait_closed();
}

} // namespace

void echo(std::uint16_t port) { aio::run(serve(port)); }

} // namespace bench
