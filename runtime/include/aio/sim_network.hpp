// sim_network.hpp: the network of loops on a virtual clock: in memory, with latencies to choose.
//
// Hosts are names that anybody may make up. Nothing here asks the kernel, so a program prints the
// same in every run, and a slow network costs no time.
//
// Floor 8.
#pragma once

#include "aio/channel.hpp"
#include "aio/task.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace aio {

/// How the simulated network behaves, for the whole process. Set it before loops run.
///
/// Connecting takes two latencies, bytes and the end of a stream take one.
struct SimNetwork {
    duration latency{};
    std::map<std::string, duration> latency_of; ///< by host or path, instead of `latency`
    std::size_t chunk_bytes = 64 * 1024;  ///< what comes with one io.read at most: 1 for crumbs
    std::size_t window_bytes = 64 * 1024; ///< what may be on the way and unread per direction
};

SimNetwork& sim_network();

namespace detail {

using Welcome = std::function<void(std::unique_ptr<Channel>)>;

/// Returns: whether this loop's streams are simulated: its clock is virtual.
bool has_sim_network(EventLoop& loop);
/// Effects: `welcome` is called on `loop` for each connection, until sim_unlisten(). Returns: the
/// port. Throws: std::system_error if the address is in use.
std::uint16_t sim_listen(EventLoop& loop, const std::string& host, std::uint16_t port,
                         Welcome welcome);
void sim_unlisten(const Clock& clock, const std::string& host, std::uint16_t port);
/// Throws: std::system_error if nobody listens there.
Coro<std::unique_ptr<Channel>> sim_connect(std::string host, std::uint16_t port);

} // namespace detail
} // namespace aio
