// echo.cpp: a server that sends back what it is sent. What does a request cost?
#include "workloads.hpp"

#include <aio/aio.hpp>

#include <system_error>

namespace bench {
namespace {

aio::Coro<> send_back(aio::StreamReader reader, aio::StreamWriter writer) {
    try {
        for (;;) {
            const std::string bytes = co_await reader.read(64 * 1024);
            if (bytes.empty()) {
                break;
            }
            writer.write(bytes);
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
