// unique_fd.hpp: a file descriptor with one owner, closed exactly once; and calls that fail.
//
// Floor 0.
#pragma once

#include <cerrno>
#include <string>
#include <utility>

namespace aio {

namespace detail {
/// Throws: std::system_error for `error`, with what was tried.
[[noreturn]] void refuse(const std::string& what, int error = errno);
} // namespace detail

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
    ~UniqueFd(); // close(2) tells errors of earlier writes; nothing here writes files

    /// Returns: the descriptor, or -1.
    int get() const noexcept { return fd_; }

private:
    int fd_ = -1;
};

} // namespace aio
