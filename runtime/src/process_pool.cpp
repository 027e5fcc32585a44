// process_pool.cpp: a job's way into a process and back.
#include "aio/process_pool.hpp"

#include <cstdio>
#include <unistd.h>

namespace aio {
namespace detail {
namespace {

/// Time in a worker's process: the parent tells it, and blocks in its place.
class ParentClock final : public Clock {
public:
    explicit ParentClock(WorkerPipe& channel) : channel_(channel) {}
    time_point now() override { return now_; }
    void block(duration span) override {
        channel_.send({Message::Kind::block, span.count()});
        const auto answer = channel_.receive();
        if (!answer) {
            ::_exit(1); // the parent is gone
        }
        set(answer->nanoseconds);
    }
    Idle idle(Seat, std::optional<time_point> deadline, bool, const Sleep&) override {
        if (!deadline) {
            return Idle::nothing_left;
        }
        block(*deadline - now_);
        return Idle::deadline;
    }
    void set(std::int64_t nanoseconds) { now_ = time_point(duration(nanoseconds)); }

private:
    WorkerPipe& channel_;
    time_point now_{};
};

/// A worker's process: job in, result out, until the parent closes the channel.
void work(WorkerPipe channel) {
    ParentClock clock(channel);
    set_default_clock(&clock);
    while (const auto job = channel.receive()) {
        clock.set(job->nanoseconds);
        Message answer{Message::Kind::result};
        try {
            std::span<const std::byte> rest(job->bytes);
            const auto entry = Wire<Entry>::read(rest);
            answer.bytes = entry(rest);
        } catch (...) {
            const std::string text = describe(std::current_exception());
            answer.kind = Message::Kind::error;
            append(answer.bytes, text.data(), text.size());
        }
        std::fflush(nullptr); // what the job has printed comes before its result
        channel.send(answer);
    }
    ::_exit(0);
}

/// Forks the server before the first thread of a pool, in each program that has process pools; a
/// program with threads of its own is told when it makes one.
[[maybe_unused]] const bool hooked = [] {
    before_first_thread = []() noexcept {
        try {
            start_fork_server(&work);
        } catch (const std::exception&) { // whoever makes a process pool will hear of it
        }
    };
    return true;
}();

} // namespace

Processes::Processes(std::size_t count) : by_worker_(count) { start_fork_server(&work); }

void Processes::refuse_if_broken() const {
    if (broken_) {
        throw BrokenProcessPool("a process of this pool has died: make a new pool");
    }
}

Bytes Processes::call(Entry entry, const Bytes& request) {
    refuse_if_broken();
    WorkerPipe& channel = by_worker_[current_worker_index()];
    if (!channel.is_open()) {
        channel = fork_worker();
    }
    Message job{Message::Kind::job, current_clock().now().time_since_epoch().count()};
    Wire<Entry>::write(job.bytes, entry);
    append(job.bytes, request.data(), request.size());
    bool alive = channel.send(job);
    while (alive) {
        auto message = channel.receive();
        if (!message) {
            break;
        }
        if (message->kind == Message::Kind::result) {
            return std::move(message->bytes);
        }
        if (message->kind == Message::Kind::error) {
            throw Error(std::string(reinterpret_cast<const char*>(message->bytes.data()),
                                    message->bytes.size()));
        }
        block_for(duration(message->nanoseconds));
        alive =
            channel.send({Message::Kind::go_on, current_clock().now().time_since_epoch().count()});
    }
    broken_ = true;
    throw BrokenProcessPool("the process of " + std::string(current_worker()) +
                            " has died while it had a job");
}

} // namespace detail

ProcessPool::ProcessPool(std::size_t workers)
    : processes_(std::make_shared<detail::Processes>(workers)), threads_("process", workers) {}

} // namespace aio
