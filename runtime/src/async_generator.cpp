// async_generator.cpp: the steps of an async generator, and how it is closed.
#include "aio/async_generator.hpp"

#include "aio/gather.hpp"

namespace aio {

namespace detail {

GeneratorBase::Shared GeneratorBase::share() {
    const Shared state(this, [](GeneratorBase* last) { last->self_.destroy(); });
    return {this, [state](GeneratorBase*) { dropped(state); }};
}

GeneratorBase::Advance GeneratorBase::advance(bool sends, std::exception_ptr due) {
    if (running_) {
        throw Error("asynchronous generator '" + short_name() + "' is already running");
    }
    if (loop_ == 0 && !closed_ && sends) {
        throw Error("nothing can be sent to an asynchronous generator that has not begun");
    }
    if (loop_ == 0 && !closed_ && due != nullptr) {
        closed_ = true;
        std::rethrow_exception(due);
    }
    thrown = std::move(due);
    return {*this};
}

void GeneratorBase::enter(TaskBase& by) {
    if (loop_ == 0) {
        loop_ = get_running_loop().id();
        get_running_loop().asyncgens_.push_back(shared_from_this());
    }
    running_ = true;
    yielded = false;
    task = &by;
    by.call(self_, this);
}

void GeneratorBase::left() {
    running_ = false;
    if (!closed_ && self_.done()) {
        closed_ = true;
        forget();
        if (error) {
            std::rethrow_exception(std::exchange(error, nullptr));
        }
    }
}

void GeneratorBase::forget() {
    EventLoop* loop = EventLoop::find(loop_);
    if (loop != nullptr) {
        loop->asyncgens_.remove(shared_from_this());
    }
}

Coro<> GeneratorBase::aclose(Shared self) {
    const Advance advance = self->advance();
    if (std::exchange(self->asked_to_close_, true)) {
        co_return;
    }
    if (self->loop_ == 0 || self->closed_) { // nothing has begun, or nothing is left
        self->closed_ = true;
        co_return;
    }
    self->thrown = std::make_exception_ptr(GeneratorExit());
    try {
        co_await advance;
    } catch (const GeneratorExit&) {
        co_return;
    }
    if (std::exchange(self->yielded, false)) { // Python too drops the value, and goes on
        self->forget();
        throw Error("asynchronous generator '" + self->short_name() + "' ignored GeneratorExit");
    }
}

Coro<> GeneratorBase::close_unless_running(Shared self) {
    if (!self->running_) {
        co_await aclose(self);
    }
}

void GeneratorBase::dropped(const Shared& self) {
    EventLoop* loop =
        self->closed_ || self->asked_to_close_ ? nullptr : EventLoop::find(self->loop_);
    if (loop != nullptr && !loop->is_closed()) {
        loop->call_soon([loop, self] { loop->create_task(close_unless_running(self)); });
    }
}

} // namespace detail

Coro<> EventLoop::shutdown_asyncgens() {
    const auto closing = std::exchange(asyncgens_, {});
    std::vector<Coro<>> closes;
    for (const auto& generator : closing) {
        closes.push_back(generator->close_unless_running(generator));
    }
    for (const Outcome<void>& outcome : co_await gather_settled(std::move(closes))) {
        if (!outcome.ok() && !outcome.cancelled()) {
            call_exception_handler({"an error occurred during closing of an asynchronous generator",
                                    outcome.exception});
        }
    }
}

} // namespace aio
