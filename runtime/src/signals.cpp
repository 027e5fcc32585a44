// signals.cpp: from the kernel's handler to a callback on the loop.
#include "aio/signals.hpp"

#include "aio/channel.hpp"
#include "aio/error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <memory>
#include <string>
#include <thread>
#include <unistd.h>
#include <utility>

namespace aio {
namespace detail {
namespace {

#ifdef NSIG
constexpr int signal_count = NSIG;
#else
constexpr int signal_count = 65;
#endif

// The kernel's handler finds the loop here. Who removes an entry waits until no handler is under
// way that may have read it.
std::array<std::atomic<Signals*>, signal_count> owners;
std::atomic<int> handlers_under_way = 0;

extern "C" void aio_on_signal(int signo) {
    const int error = errno;
    ++handlers_under_way;
    if (Signals* owner = owners[static_cast<std::size_t>(signo)]; owner != nullptr) {
        owner->note(signo);
    }
    --handlers_under_way;
    errno = error;
}

std::uint64_t bit_of(int signo) { return std::uint64_t{1} << (signo - 1); }
static_assert(signal_count <= 65 && std::atomic<std::uint64_t>::is_always_lock_free);

std::string name_of(int signo) { return "signal " + std::to_string(signo); }

} // namespace

struct Signals::Handler {
    std::shared_ptr<std::function<void()>> callback; ///< one for all signals: it may count them
    struct sigaction before;
};

Signals::Signals(EventLoop& loop, bool once) : loop_(loop), once_(once) {
    if (once) {
        return;
    }
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) {
        refuse("pipe");
    }
    out_ = UniqueFd(ends[0]);
    in_ = UniqueFd(ends[1]);
    out_ = prepared(std::move(out_));
    in_ = prepared(std::move(in_)); // a handler must not wait, be the pipe full
}

Signals::~Signals() {
    while (!handlers_.empty()) {
        remove(handlers_.begin()->first);
    }
}

void Signals::add(int signo, std::function<void()> callback) {
    if (const auto found = handlers_.find(signo); found != handlers_.end()) {
        found->second.callback = std::make_shared<std::function<void()>>(std::move(callback));
        return;
    }
    std::atomic<Signals*>& owner = owners[static_cast<std::size_t>(signo)];
    if (Signals* nobody = nullptr; !owner.compare_exchange_strong(nobody, this)) {
        throw Error(name_of(signo) + " belongs to another loop");
    }
    struct sigaction wanted{};
    wanted.sa_handler = &aio_on_signal;
    wanted.sa_flags = SA_RESTART; // who waits in a call of the kernel goes on waiting
    if (once_) {
        wanted.sa_flags |= static_cast<int>(SA_RESETHAND);
    }
    sigfillset(&wanted.sa_mask);
    Handler handler{std::make_shared<std::function<void()>>(std::move(callback)), {}};
    if (::sigaction(signo, &wanted, &handler.before) != 0) {
        owner = nullptr;
        throw Error(name_of(signo) + " cannot be caught");
    }
    handlers_.emplace(signo, std::move(handler));
}

bool Signals::remove(int signo) {
    const auto found = handlers_.find(signo);
    if (found == handlers_.end()) {
        return false;
    }
    ::sigaction(signo, &found->second.before, nullptr);
    owners[static_cast<std::size_t>(signo)] = nullptr;
    while (handlers_under_way > 0) {
        std::this_thread::yield();
    }
    handlers_.erase(found);
    return true;
}

void Signals::note(int signo) noexcept {
    const auto byte = static_cast<unsigned char>(signo);
    if (uninterrupted([&] { return ::write(in_.get(), &byte, 1); }) != 1) {
        missed_ |= bit_of(signo); // full, or none: a flood of one kind must not drown the others
    }
    if (loop_.inbox_.nudge() == Inbox::Posted::ring) {
        loop_.selector_->wake();
    }
}

void Signals::collect() {
    std::array<unsigned char, 64> bytes{};
    ssize_t count = 0;
    while ((count = uninterrupted([&] { return ::read(out_.get(), bytes.data(), bytes.size()); })) >
           0) {
        for (ssize_t i = 0; i < count; ++i) {
            queue(bytes[static_cast<std::size_t>(i)]);
        }
    }
    const std::uint64_t missed = missed_.exchange(0);
    for (int signo = 1; missed != 0 && signo < signal_count; ++signo) {
        if ((missed & bit_of(signo)) != 0) {
            queue(signo);
        }
    }
}

void Signals::queue(int signo) {
    AIO_TRACE("signal.deliver", {{"signo", signo}});
    loop_.add_ready([&loop = loop_, signo] { loop.call_signal_handler(signo); }, "signal");
}

bool Signals::call(int signo) {
    const auto found = handlers_.find(signo);
    if (found == handlers_.end()) {
        return false;
    }
    const auto callback = found->second.callback; // kept, for it may remove itself
    (*callback)();
    return true;
}

} // namespace detail

void EventLoop::add_signal_handler(int signo, std::function<void()> callback) {
    refuse_if_closed();
    if (signo < 1 || signo >= detail::signal_count) {
        throw ValueError("there is no " + detail::name_of(signo));
    }
    if (signals_ == nullptr) {
        signals_ = std::make_shared<detail::Signals>(*this);
    }
    if (const auto interrupt = interrupt_.lock()) {
        interrupt->remove(signo); // the program's own handler takes its place
    }
    signals_->add(signo, std::move(callback));
}

bool EventLoop::remove_signal_handler(int signo) {
    const bool removed = signals_ != nullptr && signals_->remove(signo);
    if (removed && signals_->empty()) {
        signals_.reset(); // a loop that waits for none does not wait for the kernel
    }
    return removed;
}

void EventLoop::raise_at(time_point when, int signo) {
    AIO_TRACE("signal.raise", {{"signo", signo}});
    const auto come = [this, signo] {
        AIO_TRACE("signal.deliver", {{"signo", signo}});
        if (!call_signal_handler(signo)) {
            ::raise(signo);
        }
    };
    arrive_at(when, come, "signal");
}

void EventLoop::collect_signals() {
    for (const auto& kept : {signals_, interrupt_.lock()}) {
        if (kept != nullptr) {
            kept->collect();
        }
    }
}

bool EventLoop::call_signal_handler(int signo) {
    const auto kept = {signals_, interrupt_.lock()}; // the callback may remove the last handler
    return std::any_of(kept.begin(), kept.end(), [signo](const auto& signals) {
        return signals != nullptr && signals->call(signo);
    });
}

} // namespace aio
