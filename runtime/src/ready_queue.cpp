// ready_queue.cpp: the cold half of the ready queue: chunks, cancelling, clearing.
#include "aio/ready_queue.hpp"

#include <cstring>

namespace aio {

ReadyQueue::ReadyQueue() {
    chunks_.push_back(std::make_unique<Chunk>());
    head_ = tail_ = chunks_.back().get();
}

ReadyQueue::~ReadyQueue() { clear(); }

void ReadyQueue::grow() {
    if (free_ == nullptr) {
        chunks_.push_back(std::make_unique<Chunk>());
        free_ = chunks_.back().get();
    }
    Chunk* fresh = std::exchange(free_, free_->next);
    fresh->next = nullptr;
    fresh->used = 0;
    tail_->next = fresh;
    tail_ = fresh;
}

std::byte* ReadyQueue::take_front() {
    if (read_ == head_->used) { // all of this chunk has run: it is free, and the next one begins
        Chunk* empty = std::exchange(head_, head_->next);
        empty->next = std::exchange(free_, empty);
        read_ = 0;
    }
    ++next_sequence_; // from here on a handle can no longer cancel this record
    return head_->bytes + read_;
}

bool ReadyQueue::run_next() {
    AIO_EXPECTS(!empty());
    std::byte* record = take_front();
    const Operate act = std::launder(reinterpret_cast<Header*>(record))->operate;
    std::size_t bytes = 0;
    struct Advance { // also when the callable throws
        ReadyQueue& queue;
        const std::size_t& bytes;
        ~Advance() { queue.read_ += bytes; }
    } const advance{*this, bytes};
    act(Action::run, record, bytes);
    return act != &skip;
}

void ReadyQueue::skip(Action /*action*/, std::byte* record, std::size_t& bytes) {
    std::memcpy(&bytes, record + sizeof(Header), sizeof(bytes)); // cancel() left it there
}

bool ReadyQueue::cancel(Position position) noexcept {
    if (position.sequence < next_sequence_ || position.sequence >= end_sequence_) {
        return false;
    }
    auto* record = static_cast<std::byte*>(position.record);
    auto* header = std::launder(reinterpret_cast<Header*>(record));
    if (header->operate == &skip) {
        return false;
    }
    std::size_t bytes = 0;
    const Operate act = std::exchange(header->operate, &skip);
    act(Action::drop, record, bytes);
    std::memcpy(record + sizeof(Header), &bytes, sizeof(bytes));
    return true;
}

void ReadyQueue::clear() noexcept {
    while (!empty()) {
        std::byte* record = take_front();
        std::size_t bytes = 0;
        std::launder(reinterpret_cast<Header*>(record))->operate(Action::drop, record, bytes);
        read_ += bytes;
    }
}

} // namespace aio
