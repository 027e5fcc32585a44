// future.cpp: completing a future, and the list of those who want to be told.
#include "aio/future.hpp"

namespace aio::detail {
namespace {

/// A callback in a future's list. It lives until it is told or removed.
struct CallbackListener final : Listener {
    CallbackListener(std::uint64_t number, Callback what) : id(number), callback(std::move(what)) {}

    void future_done(FutureBase& future, EventLoop& loop) override {
        loop.call_soon(
            [keep = Ref(&future), callback = std::move(callback)]() mutable { callback(); });
        delete this;
    }

    std::uint64_t id;
    Callback callback;
};

} // namespace

FutureBase::FutureBase(EventLoop& loop, const char* kind)
    : what(kind), id(loop.next_number()), loop_(loop.id()) {}

FutureBase::~FutureBase() {
    while (first_ != nullptr) { // no task can be left: whoever awaits a future keeps it alive
        Listener* listener = first_;
        remove_listener(*listener);
        delete listener;
    }
    if (EventLoop* loop = last_callback_ > 0 ? EventLoop::find(loop_) : nullptr; loop != nullptr) {
        loop->listened_.erase(id);
    }
    if (status == FutureStatus::failed && !retrieved) {
        warn("exception_never_retrieved",
             std::string(what) + " exception was never retrieved: " + describe(error));
    }
}

EventLoop& FutureBase::loop() const {
    EventLoop* loop = EventLoop::find(loop_);
    if (loop == nullptr) {
        throw Error("the event loop of this future is gone");
    }
    return *loop;
}

void FutureBase::refuse_other_loop(std::uint64_t loop) const {
    if (loop != loop_) {
        throw ValueError("the future belongs to a different loop");
    }
}

std::string FutureBase::name() const { return std::string(what) + " " + std::to_string(id); }

void FutureBase::set_cancel_message(std::string message) {
    message_ = message.empty() ? nullptr : std::make_unique<std::string>(std::move(message));
}

bool FutureBase::cancel(std::string message) {
    if (done()) {
        retrieved = true; // who cancels it has no use for its error
        return false;
    }
    set_cancel_message(std::move(message));
    complete(FutureStatus::cancelled);
    return true;
}

void FutureBase::set_exception(std::exception_ptr e) {
    if (done()) {
        throw InvalidStateError("the future is done already");
    }
    error = std::move(e);
    complete(FutureStatus::failed);
}

void FutureBase::complete(FutureStatus ended) {
    AIO_EXPECTS(!done());
    status = ended;
    AIO_TRACE("future.done", {{"fut", id},
                              {"what", what},
                              {"outcome", ended == FutureStatus::finished ? "ok"
                                          : ended == FutureStatus::failed ? "error"
                                                                          : "cancelled"}});
    EventLoop* loop = EventLoop::find(loop_);
    if (loop == nullptr || loop->is_closed()) {
        return; // nobody is left to tell
    }
    const Ref keep(this);
    while (first_ != nullptr) {
        Listener* listener = first_;
        remove_listener(*listener);
        listener->future_done(*this, *loop);
    }
}

void FutureBase::throw_unless_finished() {
    switch (status) {
    case FutureStatus::finished:
        return;
    case FutureStatus::pending:
        throw InvalidStateError("the result is not there yet");
    case FutureStatus::cancelled:
        std::rethrow_exception(make_cancelled());
    case FutureStatus::failed:
        retrieved = true;
        std::rethrow_exception(error);
    }
}

std::exception_ptr FutureBase::error_or_cancelled() {
    retrieved = true;
    return status == FutureStatus::cancelled ? make_cancelled() : error;
}

std::exception_ptr FutureBase::make_cancelled() {
    if (status == FutureStatus::cancelled && error != nullptr) {
        return std::exchange(error, nullptr); // with its message; later readers get one without
    }
    return std::make_exception_ptr(CancelledError(cancel_message()));
}

bool FutureBase::ended_by_cancel() const {
    return status == FutureStatus::cancelled ||
           (status == FutureStatus::failed && holds<CancelledError>(error));
}

void FutureBase::add_listener(Listener& listener) {
    AIO_EXPECTS(!done());
    listener.previous = last_;
    listener.next = nullptr;
    (last_ != nullptr ? last_->next : first_) = &listener;
    last_ = &listener;
}

void FutureBase::remove_listener(Listener& listener) noexcept {
    (listener.previous != nullptr ? listener.previous->next : first_) = listener.next;
    (listener.next != nullptr ? listener.next->previous : last_) = listener.previous;
    listener.previous = listener.next = nullptr;
}

std::uint64_t FutureBase::add_callback(Callback callback) {
    const std::uint64_t number = ++last_callback_;
    if (done()) {
        loop().call_soon(
            [keep = Ref(this), callback = std::move(callback)]() mutable { callback(); });
    } else {
        add_listener(*new CallbackListener(number, std::move(callback)));
        if (EventLoop* loop = EventLoop::find(loop_); number == 1 && loop != nullptr) {
            loop->listened_.emplace(id, this);
        }
    }
    return number;
}

void FutureBase::forget_callbacks() noexcept {
    const Ref keep(this);        // one of them may have been its last owner
    Listener* dropped = nullptr; // out of the list first: what they captured may ask for others
    Listener* next = nullptr;
    for (Listener* listener = first_; listener != nullptr; listener = next) {
        next = listener->next;
        if (dynamic_cast<CallbackListener*>(listener) != nullptr) {
            remove_listener(*listener);
            listener->next = std::exchange(dropped, listener);
        }
    }
    while (dropped != nullptr) {
        delete std::exchange(dropped, dropped->next);
    }
}

bool FutureBase::remove_callback(std::uint64_t number) {
    for (Listener* listener = first_; listener != nullptr; listener = listener->next) {
        const auto* found = dynamic_cast<CallbackListener*>(listener);
        if (found != nullptr && found->id == number) {
            remove_listener(*listener);
            delete found;
            return true;
        }
    }
    return false;
}

} // namespace aio::detail

namespace aio {

// A future and a gather of it keep each other alive until one ends. A closed loop ends none.
void EventLoop::forget_callbacks() {
    while (!listened_.empty()) { // in the order of their creation; this may delete others
        listened_.extract(listened_.begin()).mapped()->forget_callbacks();
    }
}

void EventLoop::run_until_done(detail::FutureBase& future, bool made_here) {
    refuse_if_running();
    future.refuse_other_loop(id_);
    const auto stopper = future.add_callback([this, &future] {
        future.retrieved = true;
        if (!holds<SystemExit>(future.error)) { // which has left the loop already
            stop();
        }
    });
    try {
        run_forever();
    } catch (...) {
        future.remove_callback(stopper);
        if (made_here && future.done()) {
            future.retrieved = true; // nobody else can ask
        }
        throw;
    }
    future.remove_callback(stopper);
    if (!future.done()) {
        throw Error("event loop stopped before future completed");
    }
}

} // namespace aio
