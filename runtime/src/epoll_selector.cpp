// epoll_selector.cpp: descriptors watched by Linux's epoll, woken by an eventfd.
#include "aio/epoll_selector.hpp"

#include "aio/unique_fd.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <unordered_set>

namespace aio {
namespace {

class EpollSelector final : public Selector {
public:
    EpollSelector()
        : epoll_(::epoll_create1(EPOLL_CLOEXEC)), bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
        if (epoll_.get() < 0 || bell_.get() < 0) {
            detail::refuse("epoll_create1, eventfd");
        }
        // Edge-triggered: each write rings once, so nobody has to read the bell's counter down.
        epoll_event event{.events = EPOLLIN | EPOLLET, .data = {.fd = bell_.get()}};
        if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, bell_.get(), &event) != 0) {
            detail::refuse("epoll_ctl");
        }
    }

    void watch(int fd, Interest interest) override {
        const bool wanted = interest.readable || interest.writable;
        const bool known = watched_.contains(fd);
        if (!wanted && !known) {
            return;
        }
        const std::uint32_t events =
            (interest.readable ? EPOLLIN | EPOLLRDHUP : 0U) |
            (interest.writable ? static_cast<std::uint32_t>(EPOLLOUT) : 0U);
        epoll_event event{.events = events, .data = {.fd = fd}};
        const int operation = !wanted ? EPOLL_CTL_DEL : known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
        // A descriptor that was closed has left the set by itself: ending its watch is no error,
        // and its number may name another one by now.
        if (::epoll_ctl(epoll_.get(), operation, fd, &event) != 0 && wanted &&
            (errno != ENOENT || ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0)) {
            detail::refuse("epoll_ctl");
        }
        wanted ? static_cast<void>(watched_.insert(fd)) : static_cast<void>(watched_.erase(fd));
    }

    bool select(std::optional<duration> timeout, std::vector<Readiness>& news) override {
        const int count = wait(timeout);
        for (int i = 0; i < count; ++i) {
            const auto& event = events_[static_cast<std::size_t>(i)];
            if (event.data.fd != bell_.get()) {
                const bool broken =
                    (event.events & (EPOLLERR | EPOLLHUP)) != 0; // a read or write will say what
                news.push_back({event.data.fd,
                                {.readable = broken || (event.events & (EPOLLIN | EPOLLRDHUP)) != 0,
                                 .writable = broken || (event.events & EPOLLOUT) != 0}});
            }
        }
        return count > 0;
    }

    void wake() override {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written =
            ::write(bell_.get(), &one, sizeof one); // a full counter has rung
    }

    int descriptor() override { return epoll_.get(); }

private:
    int wait(std::optional<duration> timeout) {
        // In milliseconds, rounded up: a timer may be late, never early.
        const int limit_ms =
            timeout
                ? static_cast<int>(std::chrono::ceil<ms>(std::min<duration>(*timeout, 24h)).count())
                : -1;
        const int count =
            ::epoll_wait(epoll_.get(), events_.data(), static_cast<int>(events_.size()), limit_ms);
        if (count < 0 && errno != EINTR) {
            detail::refuse("epoll_wait");
        }
        return count < 0 ? 0 : count; // interrupted: the loop looks around and comes back
    }

    UniqueFd epoll_;
    UniqueFd bell_;
    std::unordered_set<int> watched_;
    std::array<epoll_event, 256> events_{}; ///< kept: to clear 3 KiB at each look costs time
};

} // namespace

std::unique_ptr<Selector> make_epoll_selector() { return std::make_unique<EpollSelector>(); }

} // namespace aio
