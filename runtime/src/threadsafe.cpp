// threadsafe.cpp: what other threads may not do to a loop, and how they wait for its coroutines.
#include "aio/threadsafe.hpp"

namespace aio::detail {

ThreadsafeBase::ThreadsafeBase(EventLoop& loop) : loop_(loop.id()), clock_(loop.clock()) {}
ThreadsafeBase::~ThreadsafeBase() = default;

bool ThreadsafeBase::done() {
    const std::lock_guard lock(mutex_);
    return ended_;
}

void ThreadsafeBase::ring_all() {
    for (const auto& bell : bells_) {
        bell->ring();
    }
}

bool ThreadsafeBase::end(std::exception_ptr with) {
    const std::lock_guard lock(mutex_);
    if (ended_) {
        return false;
    }
    error_ = std::move(with);
    ended_ = true;
    ring_all();
    return true;
}

bool ThreadsafeBase::cancel() {
    if (!end(std::make_exception_ptr(CancelledError()))) {
        return false;
    }
    EventLoop::post(loop_, [self = shared_from_this()] {
        if (self->task != nullptr) {
            self->task->request_cancel({});
        }
    });
    return true;
}

void ThreadsafeBase::wait(std::optional<duration> limit) {
    const EventLoop* here = running_loop_or_null();
    const auto bell = std::make_shared<ThreadBell>();
    std::unique_lock lock(mutex_);
    if (!ended_) {
        if (here != nullptr && here->id() == loop_) {
            throw Error("a loop cannot wait for its own coroutine: co_await it");
        }
        bells_.push_back(bell);
        lock.unlock();
        if (!bell->wait(clock_, limit ? std::optional(clock_.now() + *limit) : std::nullopt)) {
            throw TimeoutError();
        }
        lock.lock();
    }
    if (error_ != nullptr) {
        std::rethrow_exception(error_);
    }
}

} // namespace aio::detail

void aio::EventLoop::refuse_what_is_wrong() const {
    refuse_if_closed();
    if (debug_ && running_ && running_loop_or_null() != this) {
        const char* said = "this loop runs in another thread: from here only "
                           "call_soon_threadsafe() may be called";
        warn("thread_violation", said);
        throw Error(said);
    }
}
