// watches.cpp: who is called when a descriptor has news.
#include "aio/event_loop.hpp"

namespace aio {

void EventLoop::set_watch(int fd, std::function<void()> Watch::* side,
                          std::function<void()> callback) {
    refuse_misuse();
    const auto place = static_cast<std::size_t>(fd);
    Watch watch = fd >= 0 && place < watches_.size() ? watches_[place] : Watch{};
    watch.*side = std::move(callback);
    selector_->watch( // before there is room for it: this refuses what is no descriptor
        fd, {.readable = watch.on_readable != nullptr, .writable = watch.on_writable != nullptr});
    if (place >= watches_.size()) {
        watches_.resize(place + 1);
    }
    std::swap(watch, watches_[place]); // the old one goes last: it may own what ends other watches
    watched_ += watches_[place].wanted();
    watched_ -= watch.wanted();
}

bool EventLoop::end_watch(int fd, std::function<void()> Watch::* side) {
    const auto place = static_cast<std::size_t>(fd);
    const bool watched = fd >= 0 && place < watches_.size() && watches_[place].*side;
    if (watched) {
        set_watch(fd, side, nullptr);
    }
    return watched;
}

void EventLoop::call_watcher(int fd, std::function<void()> Watch::* side) {
    // Looked up when it runs: an earlier callback of this turn may have ended the watch.
    const auto place = static_cast<std::size_t>(fd);
    if (place < watches_.size() && watches_[place].*side) {
        const auto callback = watches_[place].*side; // a copy: the callback may remove itself
        callback();
    }
}

void EventLoop::add_reader(int fd, std::function<void()> callback) {
    set_watch(fd, &Watch::on_readable, std::move(callback));
}

void EventLoop::add_writer(int fd, std::function<void()> callback) {
    set_watch(fd, &Watch::on_writable, std::move(callback));
}

bool EventLoop::remove_reader(int fd) { return end_watch(fd, &Watch::on_readable); }

bool EventLoop::remove_writer(int fd) { return end_watch(fd, &Watch::on_writable); }

} // namespace aio
