// interpreter.hpp: runs a program's tasks on the model's loop.
//
// Explicit frames, no coroutines: what a task does next can be read off its data, and the model
// shares no mechanism with the runtime that it is compared with.
#pragma once

#include "future.hpp"
#include "model/model.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace lab::model {

/// Returns: "[a, b]".
std::string list_of(const std::vector<std::string>& values);

class Interpreter {
public:
    Interpreter(const Program& program, const Switches& switches);
    Observed run();

private:
    enum class Flow { goes_on, suspended };
    struct Named {
        Future* future = nullptr;
        Loop::Number callback = 0;
    };

    // interpreter.cpp: tasks, from step to step
    Task& new_task(const std::string& name, const Body& body);
    void start(Task& task);
    void queue_first_step(Task& task);
    std::function<void()> next_step(Task& task);
    void step(Task& task);
    void run_frames(Task& task);
    void run_callback(const Body& body, const std::string& result = {});
    Frame leave(Task& task);
    void leave_frame(Task& task, const std::string& value);
    void set_result(Task& task, const std::string& value);
    void raise(Task& task, const Thrown& thrown);
    void finish(Task& task, const std::string& value, std::optional<Thrown> thrown);

    // futures.cpp: completing, cancelling, gathering
    void complete(Future& future, const std::string& value, std::optional<Thrown> thrown);
    void listen(Future& future, Task* waiter, std::function<void()> call);
    bool cancel(Future& future);
    bool cancel_task(Task& task);
    bool cancel_at_once(Task& task);
    Future& new_future();
    Gather& new_gather();
    void add_child(Gather& gather, Future& child);
    void child_done(Gather& gather, Future& child);
    static std::string results_of(const Gather& gather, bool in_finish_order);

    // steps.cpp: what each step does
    Flow execute(Task& task, const Step& step);
    bool execute_simple(Task& task, const Step& step);
    void execute_on_names(const Step& step);
    void schedule(const Step& step);
    void hear_from_outside(const Step& step);
    void add_done_callback(Future& future, const Body& body);
    Flow refuse_nested_run(Task& task, const Step& step);
    Flow sleep(Task& task, ms delay);
    Flow block(Task& task, ms span);
    Flow await(Task& task, Future& future);
    Flow receive(Task& task, const Future& future);
    Future* future_named(const std::string& name);
    Flow await_name(Task& task, const std::string& name);
    Flow await_coro(Task& task, const Body& body);
    Flow gather(Task& task, const Step& step);
    Flow next_of_chain(Task& task);
    Flow create(Task& task, const Step& step);
    Flow give(Task& task, const std::string& value);
    bool takes_trip(Task& task);
    std::string filled(const Task& task, const std::string& text) const;
    static Frame* call_frame(Task& task);
    void never_awaited(const std::string& function);

    // jobs.cpp: pools and what they run
    Pool& open_pool(std::size_t workers, bool separate_memory);
    void make_pool(Task& task, const Step& step);
    Pool* pool_named(const std::string& name);
    void run_in_executor(Task& task, const Step& step);
    std::optional<ms> go_on_with_job(const Body& body, std::size_t& next, JobFuture& future,
                                     bool lines);
    void cancel_job(JobFuture& future);
    JobFuture* due_at_last(Task& task);
    void shut_down_default_pool();

    // held_lines.cpp: finish_in_await_order
    void note_awaited_names(const Body& body);
    void hold_back(Task& task);
    void release(Task& task);
    void release_in_order(const Gather& gather);

    // whole_run.cpp: from the start of main to the closed loop
    struct Cut { ///< what ends a run before its time
        End end;
        std::string text;
    };
    void turn_until_stopped();
    void turn_until(Future& future);
    void two_turns();
    void shut_down();

    const Program& program_;
    const Switches switches_;
    Pools pools_;
    Loop loop_;
    Observed observed_;
    std::map<std::string, Named> names_;
    std::map<std::string, Pool*> pool_names_;
    Pool* default_pool_ = nullptr; ///< made on first use
    bool stopping_ = false;        ///< stop() was called
    std::map<int, const Body*> signal_handlers_;
    std::vector<std::unique_ptr<Future>> owned_; ///< everything that was ever made, to the end
    std::vector<Task*> tasks_;                   ///< those that the end of run() looks after
    std::set<std::string> awaited_names_;
};

} // namespace lab::model
