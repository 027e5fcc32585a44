// queue.hpp: items on their way from tasks that make them to tasks that use them.
//
// A queue with a greatest size is back pressure: who makes faster than others use has to wait.
//
// Floor 7.
#pragma once

#include "aio/waiting_line.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace aio {

namespace detail {

/// What is in a queue, and which comes out next.
template <class T> struct Items {
    virtual ~Items() = default;
    virtual void add(T item) = 0;
    virtual T take() = 0; ///< Requires: not empty.
    virtual std::size_t size() const = 0;
};

template <class T> struct FirstInFirstOut : Items<T> {
    void add(T item) override { list.push_back(std::move(item)); }
    T take() override {
        T item = std::move(list.front());
        list.pop_front();
        return item;
    }
    std::size_t size() const override { return list.size(); }
    std::deque<T> list;
};

template <class T> struct LastInFirstOut final : FirstInFirstOut<T> {
    T take() override {
        T item = std::move(this->list.back());
        this->list.pop_back();
        return item;
    }
};

/// Invariant: `heap` is a heap by (item, number), so that equal items keep their order.
template <class T, class Less> struct LeastFirst final : Items<T> {
    struct Entry {
        T item;
        std::uint64_t number;
    };
    void add(T item) override {
        heap.push_back({std::move(item), ++last});
        std::push_heap(heap.begin(), heap.end(), comes_later);
    }
    T take() override {
        std::pop_heap(heap.begin(), heap.end(), comes_later);
        T item = std::move(heap.back().item);
        heap.pop_back();
        return item;
    }
    std::size_t size() const override { return heap.size(); }
    static bool comes_later(const Entry& a, const Entry& b) {
        return Less()(b.item, a.item) || (!Less()(a.item, b.item) && b.number < a.number);
    }
    std::vector<Entry> heap;
    std::uint64_t last = 0;
};

/// The part of a queue that does not depend on the items.
struct QueueState : Meeting {
    explicit QueueState(std::size_t most) : Meeting("queue"), maxsize(most) {}
    WaitingLine getters{*this, " get"};
    WaitingLine putters{*this, " put"};
    WaitingLine joiners{*this, " join"};
    std::size_t maxsize;
    std::size_t unfinished = 0;

    void task_done();
    static Coro<> join(std::shared_ptr<QueueState> self);
};

} // namespace detail

/// First in, first out. A handle: copies name the same queue. See: asyncio.Queue.
///
/// Who is woken and finds that another was quicker stands at the end of the line again, as in
/// asyncio; who is cancelled after it was woken wakes the next.
template <class T> class Queue {
public:
    /// Holds at most `maxsize` items; 0: any number.
    explicit Queue(std::size_t maxsize = 0)
        : Queue(maxsize, std::make_unique<detail::FirstInFirstOut<T>>()) {}

    std::size_t qsize() const { return state_->items->size(); }
    std::size_t maxsize() const noexcept { return state_->maxsize; }
    bool empty() const { return qsize() == 0; }
    bool full() const { return maxsize() > 0 && qsize() >= maxsize(); }

    /// Waits until there is an item, and takes it.
    Coro<T> get() const { return get(*this); }
    /// Throws: QueueEmpty.
    T get_nowait() const {
        if (empty()) {
            throw QueueEmpty();
        }
        T item = state_->items->take();
        state_->note("sync.take", qsize());
        state_->putters.wake_next();
        return item;
    }

    /// Waits until there is room, and adds `item`.
    Coro<> put(T item) const { return put(*this, std::move(item)); }
    /// Throws: QueueFull.
    void put_nowait(T item) const {
        if (full()) {
            throw QueueFull();
        }
        state_->items->add(std::move(item));
        ++state_->unfinished;
        state_->note("sync.give", qsize());
        state_->getters.wake_next();
    }

    /// Says that the work on an item that was taken is over. Throws: ValueError if more are said to
    /// be over than were put.
    void task_done() const { state_->task_done(); }
    /// Waits until the work on all items is over.
    Coro<> join() const { return detail::QueueState::join(state_); }

protected:
    Queue(std::size_t maxsize, std::unique_ptr<detail::Items<T>> items)
        : state_(std::make_shared<State>(maxsize, std::move(items))) {}

private:
    static Coro<T> get(Queue self) {
        while (self.empty()) {
            detail::Place place(self.state_->getters, 0);
            try {
                co_await place.turn();
            } catch (const CancelledError&) {
                place.leave();
                if (!self.empty() && place.woken()) {
                    self.state_->getters.wake_next();
                }
                throw;
            }
        }
        co_return self.get_nowait();
    }
    static Coro<> put(Queue self, T item) {
        while (self.full()) {
            detail::Place place(self.state_->putters, self.qsize());
            try {
                co_await place.turn();
            } catch (const CancelledError&) {
                place.leave();
                if (!self.full() && place.woken()) {
                    self.state_->putters.wake_next();
                }
                throw;
            }
        }
        self.put_nowait(std::move(item));
    }
    struct State : detail::QueueState {
        State(std::size_t most, std::unique_ptr<detail::Items<T>> list)
            : QueueState(most), items(std::move(list)) {}
        std::unique_ptr<detail::Items<T>> items;
    };
    std::shared_ptr<State> state_;
};

/// Last in, first out. See: asyncio.LifoQueue.
template <class T> class LifoQueue : public Queue<T> {
public:
    explicit LifoQueue(std::size_t maxsize = 0)
        : Queue<T>(maxsize, std::make_unique<detail::LastInFirstOut<T>>()) {}
};

/// The least item first; equal ones in the order in which they were put, which asyncio leaves open.
/// See: asyncio.PriorityQueue.
template <class T, class Less = std::less<T>> class PriorityQueue : public Queue<T> {
public:
    explicit PriorityQueue(std::size_t maxsize = 0)
        : Queue<T>(maxsize, std::make_unique<detail::LeastFirst<T, Less>>()) {}
};

} // namespace aio
