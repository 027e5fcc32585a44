// queue.hpp: items on their way from tasks that make them to tasks that use them.
//
// A queue with a greatest size is back pressure: who makes faster than others use has to wait.
//
// Floor 7.
#pragma once

#include "aio/waiting_line.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <set>

namespace aio {

namespace detail {

/// The part of a queue that does not depend on the items.
struct QueueState : Meeting {
    explicit QueueState(std::size_t most) : Meeting("queue"), maxsize(most) {}
    virtual ~QueueState() = default;
    virtual std::size_t size() const = 0;
    bool empty() const { return size() == 0; }
    bool full() const { return maxsize > 0 && size() >= maxsize; }
    static Coro<> join(std::shared_ptr<QueueState> self);
    void task_done();

    WaitingLine getters{*this, " get"};
    WaitingLine putters{*this, " put"};
    WaitingLine joiners{*this, " join"};
    std::size_t maxsize;
    std::size_t unfinished = 0;
};

/// What is in a queue. Which item comes out next is what makes it a queue of its kind.
template <class T> struct Items : QueueState {
    using QueueState::QueueState;
    virtual void add(T item) = 0;
    virtual T take() = 0; ///< Requires: not empty.
};

template <class T> struct InOrder final : Items<T> {
    InOrder(std::size_t most, bool last_first) : Items<T>(most), lifo(last_first) {}
    bool lifo;
    std::deque<T> list;
    std::size_t size() const override { return list.size(); }
    void add(T item) override { list.push_back(std::move(item)); }
    T take() override {
        const auto next = lifo ? std::prev(list.end()) : list.begin();
        T item = std::move(*next);
        list.erase(next);
        return item;
    }
};

template <class T, class Less> struct LeastFirst final : Items<T> {
    using Items<T>::Items;
    std::multiset<T, Less> sorted; ///< which keeps equal ones in the order in which they came
    std::size_t size() const override { return sorted.size(); }
    void add(T item) override { sorted.insert(std::move(item)); }
    T take() override { return std::move(sorted.extract(sorted.begin()).value()); }
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
        : state_(std::make_shared<detail::InOrder<T>>(maxsize, false)) {}

    std::size_t qsize() const { return state_->size(); }
    std::size_t maxsize() const noexcept { return state_->maxsize; }
    bool empty() const { return state_->empty(); }
    bool full() const { return state_->full(); }

    /// Waits until there is an item, and takes it.
    Coro<T> get() const { return get(*this); }
    /// Throws: QueueEmpty.
    T get_nowait() const {
        if (empty()) {
            throw QueueEmpty();
        }
        T item = state_->take();
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
        state_->add(std::move(item));
        ++state_->unfinished;
        state_->note("sync.give", qsize());
        state_->getters.wake_next();
    }

    /// Says that the work on an item that was taken is over. Throws: ValueError if more are said to
    /// be over than were put.
    void task_done() const { state_->task_done(); }
    /// Waits until the work on all items is over.
    Coro<> join() const { return state_->join(state_); }

protected:
    explicit Queue(std::shared_ptr<detail::Items<T>> state) : state_(std::move(state)) {}

private:
    static Coro<T> get(Queue self) {
        while (self.empty()) {
            co_await self.state_->getters.wait(0, [&self](bool had_turn) {
                if (had_turn && !self.empty()) {
                    self.state_->getters.wake_next();
                }
            });
        }
        co_return self.get_nowait();
    }
    static Coro<> put(Queue self, T item) {
        while (self.full()) {
            co_await self.state_->putters.wait(self.qsize(), [&self](bool had_turn) {
                if (had_turn && !self.full()) {
                    self.state_->putters.wake_next();
                }
            });
        }
        self.put_nowait(std::move(item));
    }
    std::shared_ptr<detail::Items<T>> state_;
};

/// Last in, first out. See: asyncio.LifoQueue.
template <class T> class LifoQueue : public Queue<T> {
public:
    explicit LifoQueue(std::size_t maxsize = 0)
        : Queue<T>(std::make_shared<detail::InOrder<T>>(maxsize, true)) {}
};

/// The least item first; equal ones in the order in which they were put, which asyncio leaves open.
/// See: asyncio.PriorityQueue.
template <class T, class Less = std::less<T>> class PriorityQueue : public Queue<T> {
public:
    explicit PriorityQueue(std::size_t maxsize = 0)
        : Queue<T>(std::make_shared<detail::LeastFirst<T, Less>>(maxsize)) {}
};

} // namespace aio
