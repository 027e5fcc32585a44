// poll_selector.cpp: descriptors watched by poll(2), woken by a pipe. Every Unix has both.
#include "aio/selector.hpp"
#include "aio/unique_fd.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace aio {
namespace {

class PollSelector final : public Selector {
public:
    PollSelector() {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) {
            detail::refuse("pipe");
        }
        bell_ = UniqueFd(ends[0]);
        button_ = UniqueFd(ends[1]);
        for (const int end : ends) {
            ::fcntl(end, F_SETFL, O_NONBLOCK);
            ::fcntl(end, F_SETFD, FD_CLOEXEC);
        }
        watched_.push_back({.fd = bell_.get(), .events = POLLIN, .revents = 0});
    }

    void watch(int fd, Interest interest) override {
        if (::fcntl(fd, F_GETFD) < 0 && (interest.readable || interest.writable)) {
            detail::refuse("fcntl"); // poll itself would only tell at the next wait
        }
        std::erase_if(watched_, [fd](const pollfd& entry) { return entry.fd == fd; });
        if (interest.readable || interest.writable) {
            const int events = (interest.readable ? POLLIN : 0) | (interest.writable ? POLLOUT : 0);
            watched_.push_back({.fd = fd, .events = static_cast<short>(events), .revents = 0});
        }
    }

    bool select(std::optional<duration> timeout, std::vector<Readiness>& news) override {
        const int limit_ms =
            timeout
                ? static_cast<int>(std::chrono::ceil<ms>(std::min<duration>(*timeout, 24h)).count())
                : -1;
        const int count = ::poll(watched_.data(), watched_.size(), limit_ms);
        if (count < 0) {
            if (errno != EINTR && errno != EAGAIN) {
                detail::refuse("poll");
            }
            return false;
        }
        for (const pollfd& entry : watched_) {
            if (entry.fd == bell_.get()) {
                drain_bell();
            } else if (entry.revents != 0) {
                const bool broken = (entry.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
                news.push_back({entry.fd,
                                {.readable = broken || (entry.revents & POLLIN) != 0,
                                 .writable = broken || (entry.revents & POLLOUT) != 0}});
            }
        }
        return count > 0;
    }

    void wake() override {
        const char ring = 1;
        [[maybe_unused]] const auto written =
            ::write(button_.get(), &ring, 1); // a full pipe rings already
    }

private:
    void drain_bell() const {
        std::array<char, 64> rings{};
        while (::read(bell_.get(), rings.data(), rings.size()) > 0) {
        }
    }

    UniqueFd bell_;
    UniqueFd button_;
    std::vector<pollfd> watched_;
};

} // namespace

std::unique_ptr<Selector> make_poll_selector() { return std::make_unique<PollSelector>(); }

} // namespace aio
