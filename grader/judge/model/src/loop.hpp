// loop.hpp: the model's machine: what is ready, what waits, what time it is.
#pragma once

#include "model/model.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace lab::model {

struct Task;

/// A result that is not there yet.
struct Fut {
    virtual ~Fut() = default;
    enum class State { pending, finished, failed, cancelled } state = State::pending;
    std::string value; ///< or the error's text
    std::vector<std::function<void()>> listeners;
    std::function<bool()> cancel_instead; ///< a gather hands a cancel on; a task is asked
    bool done() const { return state != State::pending; }
};
using FutPtr = std::shared_ptr<Fut>;

/// One call in a task: a body, where it stands, and who catches what leaves it.
struct Frame {
    const Body* body;
    std::size_t next = 0;
    const Body* handler = nullptr;
    bool is_call = false;              ///< a function: co_return leaves it
    bool yielded = false;              ///< every_await_yields has had its turn at this step
    std::shared_ptr<Task> completes{}; ///< sequential_await: the task whose body this is
};

/// A running function.
struct Task : Fut {
    std::vector<Frame> frames;
    FutPtr waits_on;
    std::function<void()> on_resume;  ///< cleans up the wait, such as a sleep's timer
    std::vector<std::string> results; ///< of its last gather
    bool queued_once = false;         ///< start_on_await: its first step is on its way
    bool must_cancel = false;
    bool asking = false; ///< a cancel is being handed on to what it waits for
    bool has_waited = false;
    std::string function;
    std::string name;
};
using TaskPtr = std::shared_ptr<Task>;

/// The loop: time, queues, and the switches that bend them.
class Loop {
public:
    explicit Loop(const Switches& switches) : switches_(switches.begin(), switches.end()) {}

    bool on(Switch s) const { return switches_.contains(s); }
    void push(std::function<void()> callback, bool front = false);
    /// Returns: a number for cancel_timer().
    std::size_t push_timer(ms delay, std::function<void()> callback);
    void cancel_timer(std::size_t number);
    void complete(Fut& future, Fut::State state, std::string value);
    void listen(Fut& future, std::function<void()> listener);

    /// One turn. Returns: false if nothing is left that could happen.
    bool turn();

    ms now{};
    std::optional<ms>
        stamp; ///< exact_timers: the time at which the running callback believes to be

private:
    struct Timer {
        ms deadline;
        std::size_t number;
        std::function<void()> callback;
    };
    std::optional<std::size_t> next_timer() const;
    void collect_due();

    std::set<Switch> switches_;
    std::deque<std::function<void()>> ready_;
    std::vector<Timer> timers_;
    std::size_t last_number_ = 0;
    std::size_t turns_ = 0;
};

} // namespace lab::model
