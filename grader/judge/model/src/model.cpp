// model.cpp: running a program under beliefs, and which beliefs a program can tell apart.
#include "model/model.hpp"

#include "interpreter.hpp"

#include <algorithm>
#include <stdexcept>

namespace lab::model {

const std::vector<Belief>& beliefs() {
    static const std::vector<Belief> all{
        {Switch::eager_tasks, "M03", "R2"},        {Switch::start_on_await, "M04", "R2"},
        {Switch::sequential_await, "M02", "R1"},   {Switch::finish_in_await_order, "M05", "R6"},
        {Switch::every_await_yields, "M07", "R3"}, {Switch::parallel_blocks, "M25", "R6"},
        {Switch::global_sleep, "M18", "R6"},       {Switch::call_now, "M11", "R5"},
        {Switch::zero_first, "M12", "R5"},         {Switch::exact_timers, "M13", "R8"},
        {Switch::timers_by_source, "M14", "R7"},   {Switch::no_snapshot, "M16", "R5"},
        {Switch::inline_callbacks, "M19", "R4"},   {Switch::gather_completion_order, "M08", "R17"},
        {Switch::gather_cancels, "M22", "R17"},    {Switch::loop_never_closes, "M09", "R11"},
        {Switch::instant_cancel, "M31", "R10"},
    };
    return all;
}

Outcome run(const Program& program, const Switches& switches) {
    for (const Switch wanted : switches) {
        if (std::none_of(beliefs().begin(), beliefs().end(),
                         [&](const Belief& b) { return b.machine == wanted; })) {
            throw std::invalid_argument("this switch is not modelled yet");
        }
    }
    return Interpreter(program, switches).run();
}

std::vector<Belief> telling_beliefs(const Program& program) {
    const Outcome truth = run(program);
    std::vector<Belief> telling;
    for (const Belief& belief : beliefs()) {
        if (run(program, {belief.machine}).lines != truth.lines) {
            telling.push_back(belief);
        }
    }
    return telling;
}

namespace {

std::string indented(const Body& body, int depth) {
    static const char* const names[] = {"say",   "say_results", "sleep",     "block",    "create",
                                        "await", "call",        "drop",      "gather",   "cancel",
                                        "soon",  "later",       "future",    "complete", "give",
                                        "fail",  "attempt",     "nested_run"};
    std::string text;
    for (const Step& step : body) {
        text += std::string(static_cast<std::size_t>(depth) * 2, ' ') +
                names[static_cast<int>(step.op)];
        text += (step.name.empty() ? "" : " " + step.name) +
                (step.text.empty() ? "" : " \"" + step.text + "\"");
        text += step.delay != ms{} ? " " + std::to_string(step.delay.count()) + "ms" : "";
        for (const std::string& item : step.items) {
            text += " " + item;
        }
        text += "\n" + indented(step.body, depth + 1);
        if (!step.handler.empty()) {
            text += std::string(static_cast<std::size_t>(depth) * 2, ' ') + "handler\n" +
                    indented(step.handler, depth + 1);
        }
    }
    return text;
}

} // namespace

std::string to_text(const Program& program) {
    std::string text = "main\n" + indented(program.main, 1);
    for (const auto& [name, body] : program.functions) {
        text += name + "\n" + indented(body, 1);
    }
    return text;
}

} // namespace lab::model
