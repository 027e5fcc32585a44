// params.cpp: how the cases of 03-callbacks/05 are drawn.
#include "params.hpp"

#include <algorithm>

namespace exercise {

bool at_once(const DrawnSensor& sensor) { return sensor.answers.front().after == 0ms; }

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{{"door", {{0ms, 1}, {251ms, 0}}},
                 {"thermometer", {{137ms, 21}, {137ms, 22}}},
                 {"smoke", {{204ms, 0, "battery low"}}},
                 {"light", {{412ms, 0, "lamp broken"}}, 300ms}}};
    }
    lab::Draw d(seed);
    Different different(d);
    const auto answer = [&](std::chrono::milliseconds at) { return Answer{at, different.value()}; };
    const auto error = [&](std::chrono::milliseconds at) {
        return Answer{at, different.value(), d.name() + " broken"};
    };
    const auto cancelled = [&](const auto& late) {
        const auto [first, second] = different.two_times();
        return DrawnSensor{d.name(), {late(second)}, first};
    };
    const auto [first, second] = different.two_times();
    const auto breath = different.time();
    DrawnSensor prompt{d.name(), {answer(0ms)}};
    if (d.chance(60)) {
        prompt.answers.push_back(answer(d.chance(50) ? 0ms : different.time()));
    }
    DrawnSensor failing{d.name(), {error(different.time())}};
    if (d.chance(50)) {
        failing.answers.push_back(answer(failing.answers.front().after));
    }
    Params p{{prompt,
              {d.name(), {answer(breath), answer(breath)}},
              {d.name(), {answer(first), answer(second)}},
              failing,
              cancelled(error)}};
    if (d.chance(40)) {
        p.sensors.push_back(cancelled(answer));
    } else if (d.chance(50)) {
        p.sensors.push_back({d.name(), {error(0ms)}});
    }
    d.shuffle(p.sensors);
    while (at_once(p.sensors.back())) {
        std::rotate(p.sensors.begin(), p.sensors.end() - 1, p.sensors.end());
    }
    return p;
}

} // namespace exercise
