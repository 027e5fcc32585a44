// check.cpp: decides whether each sensor's first answer reaches who waits for it, and no other does.
#include <judge/check.hpp>

#include "../../lines.hpp"
#include "params.hpp"

using namespace exercise;

LAB_CHECK("03-callbacks/05-implement-promisify")

namespace {

/// Returns: what the sensor says when it calls back.
std::string call(const DrawnSensor& sensor, const Answer& answer) {
    return sensor.name + (answer.error.empty() ? ": answers " + std::to_string(answer.value)
                                               : ": reports " + answer.error);
}

/// Returns: what is said of the reading that ends with `answer`.
std::string outcome(const DrawnSensor& sensor, const Answer& answer) {
    return sensor.name +
           (answer.error.empty() ? ": read " + std::to_string(answer.value)
                                 : ": failed: " + answer.error);
}

lab::Transcript expected(const Params& p) {
    lab::Transcript lines;
    for (const auto& sensor : p.sensors) {
        const Answer& first = sensor.answers.front();
        lines.push_back({0ms, sensor.name + ": asked"});
        for (const auto& answer : sensor.answers) {
            lines.push_back({answer.after, call(sensor, answer)});
        }
        if (sensor.cancelled_at) {
            lines.push_back({*sensor.cancelled_at, sensor.name + ": cancelled"});
        } else { // behind all answers of the first breath, since the reader waits for its turn (R4)
            lines.push_back({first.after, outcome(sensor, first)});
        }
    }
    lines.push_back({1000ms, "sensors off"});
    return by_time(lines);
}

} // namespace

TEST_CASE("the first answer comes out of the await, the others are ignored") {
    const Params p = draw(lab::seed());
    const lab::Run run = lab::run_answer();

    CHECK_TRANSCRIPT(run, expected(p));
}
