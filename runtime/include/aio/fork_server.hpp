// fork_server.hpp: a process that forks processes, and the channel to each of them.
//
// Floor 8.
#pragma once

#include "aio/unique_fd.hpp"
#include "aio/wire.hpp"

#include <optional>

namespace aio::detail {

/// What goes over a channel. To a worker: "job", and "go on" after a block. From a worker: "block",
/// "result", "error".
struct Message {
    enum class Kind : std::int64_t { job, go_on, block, result, error } kind;
    std::int64_t nanoseconds = 0; ///< the time in the parent, or how long to block
    Bytes bytes{};
};

/// A stream between two processes. Interrupted calls are taken up again.
class WorkerPipe {
public:
    WorkerPipe() = default;
    explicit WorkerPipe(UniqueFd fd) : fd_(std::move(fd)) {}
    bool is_open() const noexcept { return fd_.get() >= 0; }
    bool send(const Message& message); ///< Returns: false if the other side is gone.
    std::optional<Message> receive();  ///< Returns: nothing if the other side is gone.

private:
    UniqueFd fd_;
};

/// What a worker does until its channel is closed. Never returns.
using WorkerMain = void (*)(WorkerPipe channel);

/// Forks the server if there is none. Throws: Error if other threads run; std::system_error.
void start_fork_server(WorkerMain worker);

/// Returns: the channel to a new worker, whose other side is gone if the server is. Throws:
/// std::system_error.
WorkerPipe fork_worker();

} // namespace aio::detail
