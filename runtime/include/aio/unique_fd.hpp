// unique_fd.hpp: a file descriptor with one owner, closed exactly once.
//
// Floor 0.
#pragma once

#include <utility>

namespace aio {

/// Owns a descriptor of the operating system.
class UniqueFd {
public:
    UniqueFd() noexcept = default;
    explicit UniqueFd(int fd) noexcept : fd_(fd) {}
    UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    UniqueFd& operator=(UniqueFd&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~UniqueFd(); // close(2) reports errors of earlier writes; nothing here writes files, so none is
                 // lost

    /// Returns: the descriptor, or -1.
    int get() const noexcept { return fd_; }

private:
    int fd_ = -1;
};

} // namespace aio
