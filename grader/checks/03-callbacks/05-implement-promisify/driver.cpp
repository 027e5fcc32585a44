// driver.cpp: what sensors do when they are asked, and one task for each that awaits read_async.
#include "script.hpp"

#include "params.hpp"

#include <map>
#include <memory>

namespace exercise {

inline std::map<const void*, DrawnSensor> switched_on;

/// Says what the sensor tells, and calls back.
inline void call_back(const std::string& name, const Answer& answer, const Number& cb) {
    if (answer.error.empty()) {
        aio::say("{}: answers {}", name, answer.value);
    } else {
        aio::say("{}: reports {}", name, answer.error);
    }
    cb(answer.value, answer.error);
}

void read(const void* sensor, Number cb) {
    const auto found = switched_on.find(sensor);
    if (found == switched_on.end()) {
        throw aio::Error("this sensor is a copy that is connected to nothing");
    }
    const auto& [name, answers, cancelled_at] = found->second;
    aio::say("{}: asked", name);
    // One callback object for all answers, which goes away after the last one.
    const auto number = std::make_shared<Number>(std::move(cb));
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

aio::Coro<> await_one(std::string name, Sensors sensors, std::size_t i) {
    try {
        const int value = co_await sensors.read_async(i);
        aio::say("{}: read {}", name, value);
    } catch (const aio::CancelledError&) {
        aio::say("{}: cancelled", name);
    } catch (...) {
        aio::say("{}: failed: {}", name, aio::describe(std::current_exception()));
    }
}

/// Starts one task a sensor, and leaves time for every answer.
aio::Coro<> await_all(std::vector<DrawnSensor> drawn, Sensors sensors) {
    auto& loop = aio::get_running_loop();
    loop.set_exception_handler([](const aio::ErrorContext& context) {
        aio::say("exception handler: {}", aio::describe(context.error));
    });
    sensors.make(drawn.size());
    std::vector<aio::Task<>> tasks;
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        switched_on[sensors.at(i)] = drawn[i];
        tasks.push_back(aio::create_task(await_one(drawn[i].name, sensors, i), drawn[i].name));
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

void run_script(std::uint64_t seed, Sensors sensors) {
    aio::run(await_all(draw(seed).sensors, sensors));
}

} // namespace exercise
