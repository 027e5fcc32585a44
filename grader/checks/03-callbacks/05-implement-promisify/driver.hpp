// driver.hpp: the sensors behind read, and one task for each of them that awaits read_async.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"

#include <functional>
#include <map>
#include <memory>

namespace exercise {

inline std::map<const Sensor*, DrawnSensor> switched_on;

using Number = std::function<void(int value, std::string error)>;

/// Says what the sensor tells, and calls back.
inline void call_back(const std::string& name, const Answer& answer, const Number& cb) {
    if (answer.error.empty()) {
        aio::say("{}: answers {}", name, answer.value);
    } else {
        aio::say("{}: reports {}", name, answer.error);
    }
    cb(answer.value, answer.error);
}

} // namespace exercise

void Sensor::read(std::function<void(int value, std::string error)> cb) {
    using namespace exercise;
    const auto found = switched_on.find(this);
    if (found == switched_on.end()) {
        throw aio::Error("this sensor is a copy that is connected to nothing");
    }
    const auto& [name, answers, cancelled_at] = found->second;
    aio::say("{}: asked", name);
    // One callback object for all answers, which goes away after the last one.
    const auto number = std::make_shared<exercise::Number>(std::move(cb));
    for (std::size_t i = 0; i < answers.size();) {
        std::vector<Answer> breath = {answers[i]};
        for (++i; i < answers.size() && answers[i].after == breath.front().after; ++i) {
            breath.push_back(answers[i]);
        }
        const auto after = breath.front().after;
        const auto tell = [number, breath, name = name] {
            for (const Answer& answer : breath) {
                call_back(name, answer, *number);
            }
        };
        if (after == 0ms) {
            tell();
        } else {
            aio::get_running_loop().call_later(after, tell);
        }
    }
}

namespace exercise {

aio::Coro<> await_one(std::string name, Sensor& sensor) {
    try {
        const int value = co_await read_async(sensor);
        aio::say("{}: read {}", name, value);
    } catch (const aio::CancelledError&) {
        aio::say("{}: cancelled", name);
    } catch (...) {
        aio::say("{}: failed: {}", name, aio::describe(std::current_exception()));
    }
}

/// Starts one task a sensor, and leaves time for every answer.
aio::Coro<> await_all(std::vector<DrawnSensor> drawn) {
    auto& loop = aio::get_running_loop();
    loop.set_exception_handler([](const aio::ErrorContext& context) {
        aio::say("exception handler: {}", aio::describe(context.error));
    });
    static std::vector<Sensor> sensors;
    sensors.resize(drawn.size()); // all before the first address is taken
    std::vector<aio::Task<>> tasks;
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        switched_on[&sensors[i]] = drawn[i];
        tasks.push_back(aio::create_task(await_one(drawn[i].name, sensors[i]), drawn[i].name));
        if (drawn[i].cancelled_at) {
            loop.call_later(*drawn[i].cancelled_at, [task = tasks.back()] { task.cancel(); });
        }
    }
    co_await aio::sleep(1s);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        if (!tasks[i].done()) {
            aio::say("{}: still waiting", drawn[i].name);
        }
    }
    aio::say("sensors off");
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    aio::run(exercise::await_all(exercise::draw(seed).sensors));
}
