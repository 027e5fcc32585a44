// ready_queue.cpp: the cold half of the ready queue: chunks, cancelling, clearing.
#include "aio/ready_queue.hpp"

#include <cstring>

namespace aio {

ReadyQueue::ReadyQueue() {
    chunks_.push_back(std::make_unique_for_overwrite<Chunk>());
    head_ = tail_ = chunks_.back().get();
    read_ = write_ = head_->bytes;
    write_end_ = write_ + sizeof(head_->bytes);
}

ReadyQueue::~ReadyQueue() { clear(); }

void ReadyQueue::grow() {
    if (free_ == nullptr) {
        chunks_.push_back(std::make_unique_for_overwrite<Chunk>());
        free_ = chunks_.back().get();
    }
    Chunk* fresh = std::exchange(free_, free_->next);
    fresh->next = nullptr;
    fresh->end = nullptr;
    tail_->next = fresh;
    tail_->end = write_;
    tail_ = fresh;
    write_ = fresh->bytes;
    write_end_ = write_ + sizeof(fresh->bytes);
}

void ReadyQueue::next_chunk() noexcept { // all of the first one has run: it is free
    Chunk* empty = std::exchange(head_, head_->next);
    empty->next = std::exchange(free_, empty);
    read_ = head_->bytes;
}

std::size_t ReadyQueue::skip(Action /*action*/, std::byte* record) {
    std::size_t bytes = 0;
    std::memcpy(&bytes, record + sizeof(Header), sizeof(bytes)); // cancel() left it there
    return bytes;
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
    const Operate act = std::exchange(header->operate, &skip);
    const std::size_t bytes = act(Action::drop, record);
    std::memcpy(record + sizeof(Header), &bytes, sizeof(bytes));
    return true;
}

void ReadyQueue::clear() noexcept {
    while (!empty()) {
        std::byte* record = take_front();
        read_ += std::launder(reinterpret_cast<Header*>(record))->operate(Action::drop, record);
    }
}

} // namespace aio
