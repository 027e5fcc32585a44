// params.cpp: how the cases of 04-executors/05 are drawn.
#include "params.hpp"

#include <algorithm>

namespace exercise {

Call draw_call(lab::Draw& d, int steps, std::chrono::milliseconds from) {
    Call call{d.name(), steps, 0ms, 0ms};
    do {
        call.step_time = d.delay(100, 400);
        call.oven = d.delay(from, 2000ms);
    } while (call.oven % call.step_time == 0ms);
    return call;
}

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{"potato", 3, 200ms, 500ms}, {"onion", 2, 100ms, 450ms}};
    }
    lab::Draw d(seed);
    Call plain{"", 0, 0ms, 0ms};
    do {
        plain = draw_call(d, d.between(3, 6), 500ms);
    } while (plain.oven < plain.step_time || plain.oven > plain.length());
    return {plain, draw_call(d, d.between(2, 5), 500ms)};
}

} // namespace exercise
