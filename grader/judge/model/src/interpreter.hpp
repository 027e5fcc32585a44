// interpreter.hpp: runs the steps of a program's tasks on the model loop.
#pragma once

#include "loop.hpp"

#include <map>

namespace lab::model {

class Interpreter {
public:
    Interpreter(const Program& program, const Switches& switches);
    Outcome run();

private:
    enum class Flow { next, suspended }; ///< whether a task goes on with its next step
    struct Thrown {
        Fut::State state;
        std::string text;
    };

    const Body& function(const std::string& name) const;
    Fut& thing(const std::string& name);
    void speak(Task* task, const std::string& text);
    void release_held_lines();
    TaskPtr start(const std::string& function_name, std::string name = {});
    void queue_step(const TaskPtr& task, bool front = false);
    void run_step(const TaskPtr& task);
    void end(const TaskPtr& task, Fut::State state, const std::string& value);
    void unwind(const TaskPtr& task, const Thrown& thrown);
    void leave_frame(const TaskPtr& task, const std::string& value);
    Flow execute(const TaskPtr& task, const Step& step);
    Flow sleep(const TaskPtr& task, ms delay);
    Flow await(const TaskPtr& task, const FutPtr& future);
    Flow await_name(const TaskPtr& task, const Step& step);
    Flow gather(const TaskPtr& task, const Step& step);
    FutPtr make_gather(const TaskPtr& task, const Step& step);
    void gather_child_ended(const TaskPtr& task, const FutPtr& outer,
                            const std::vector<FutPtr>& children, const FutPtr& child,
                            const std::shared_ptr<std::vector<std::string>>& finished);
    bool yields_first(const TaskPtr& task);
    bool execute_simple(Task* task, const Step& step);
    void run_callback(const Body& body);
    bool request_cancel(const FutPtr& future);
    void turn_until(const TaskPtr& task);
    void close();

    const Program& program_;
    Loop loop_;
    Outcome outcome_;
    std::map<std::string, FutPtr> names_;
    std::vector<TaskPtr> tasks_;
    struct Held {
        std::string task;
        std::string text;
    };
    std::vector<Held> held_; ///< finish_in_await_order: said, but not believed to be said yet
    std::vector<std::string> await_order_; ///< the tasks that main awaits, in order
    int nested_ = 0;
};

} // namespace lab::model
