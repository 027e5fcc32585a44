// params.cpp: how the cases of 03-callbacks/07 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

Params published() {
    enum : std::size_t { ann, cat, ben, dan, fox, gus, ivy, joe, hal, una };
    enum : std::size_t { kim, lou, max, pia, rob, tom, vic };
    const std::string bell = "bell", door = "door";
    return {{{"ann", bell, false, {{1, Do::add, fox}, {2, Do::fail}}},
             {"cat", bell, false, {{2, Do::off, cat}}},
             {"ben", bell, true},
             {"dan", bell, false, {{2, Do::off, fox}}},
             {"fox", bell},
             {"gus", bell, true, {{4, Do::add, hal}, {4, Do::emit, 0, 5}}},
             {"ivy", bell, true},
             {"joe", bell},
             {"hal", bell},
             {"una", door, false, {{9, Do::emit, 0, 10}}}},
            {{"kim", bell},
             {"lou", bell},
             {"max", bell},
             {"pia", bell},
             {"rob", bell},
             {"tom", door},
             {"vic", door}},
            {{0ms, Do::add, ann},           {0ms, Do::add, cat},
             {0ms, Do::add, ben},           {0ms, Do::add, dan},
             {100ms, Do::emit, 0, bell, 1}, {150ms, Do::wait, kim},
             {150ms, Do::wait, lou},        {200ms, Do::emit, 0, bell, 2},
             {200ms, Do::emit, 0, bell, 3}, {250ms, Do::off, ben},
             {250ms, Do::off, dan},         {250ms, Do::add, gus},
             {250ms, Do::add, ivy},         {250ms, Do::add, joe},
             {300ms, Do::emit, 0, bell, 4}, {350ms, Do::wait, max},
             {400ms, Do::cancel, max},      {500ms, Do::emit, 0, bell, 6},
             {550ms, Do::wait, pia},        {550ms, Do::wait, rob},
             {600ms, Do::cancel, rob},      {600ms, Do::emit, 0, bell, 7, false},
             {600ms, Do::emit, 0, door, 8}, {650ms, Do::wait, tom},
             {660ms, Do::add, una},         {670ms, Do::wait, vic},
             {700ms, Do::emit, 0, door, 9}}};
}

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return published();
    }
    lab::Draw d(seed);
    std::vector<std::string> events = {"bell", "door", "phone", "mail", "alarm"};
    d.shuffle(events);
    const std::string event = events[0];
    const std::string other = events[1];
    int last_value = d.between(0, 40);
    const auto value = [&] { return last_value += d.between(1, 9); };
    Time t = 0ms;
    const auto pass = [&] { return t += d.delay(50, 150); };

    Params p;
    const auto listener = [&](const std::string& to, bool once) {
        p.listeners.push_back({d.name(), to, once});
        return p.listeners.size() - 1;
    };
    const auto step_add = [&](const std::string& to, bool once) {
        const std::size_t index = listener(to, once);
        p.steps.push_back({t, Do::add, index});
        return index;
    };
    const auto step_emit = [&](const std::string& to, int what, bool counted = true) {
        p.steps.push_back({t, Do::emit, 0, to, what, counted});
    };
    const auto act = [&](std::size_t who, Act what) { p.listeners[who].acts.push_back(what); };

    // First there are four, so that a vector of them is full, and one more makes it move: then
    // whoever walks it steps into nothing. Somebody comes after the one who adds, who is no once
    // listener: so the place where a run breaks off tells the two mistakes apart.
    const std::size_t adder = static_cast<std::size_t>(d.between(0, 1));
    const std::size_t brief =
        adder == 0 ? d.pick<std::size_t>({2, 3}) : d.pick<std::size_t>({0, 3});
    std::vector<std::size_t> stay;
    for (std::size_t k = 0; k < 4; ++k) {
        if (step_add(event, k == brief); k != brief) {
            stay.push_back(k);
        }
    }
    pass();
    const std::size_t added = listener(event, false);
    const int first = value();
    act(adder, {first, Do::add, added});
    step_emit(event, first);

    pass();
    step_emit(other, value()); // nobody is there
    std::vector<std::size_t> extra;
    for (int k = d.between(1, 2); k > 0; --k) {
        extra.push_back(step_add(event, false));
    }
    step_add(other, false);
    const auto wait = [&](const std::string& on) {
        p.waiters.push_back({d.name(), on});
        p.steps.push_back({t, Do::wait, p.waiters.size() - 1});
        return p.waiters.size() - 1;
    };
    pass();
    if (d.chance(50)) {
        wait(other);
    }
    for (int k = d.between(2, 3); k > 0; --k) {
        wait(event);
    }

    // One fails, one removes itself, one removes a later one. Behind each of them somebody is to be
    // called: there it shows who is left out. Then an emit in the same breath, which no waiter
    // hears.
    pass();
    const int second = value();
    const auto self = static_cast<std::size_t>(d.between(0, 1)); // its successor is not removed
    const std::size_t fails = d.chance(50) ? 2 : 1 - self;
    const std::size_t removes = 3 - self - fails;
    act(stay[self], {second, Do::off, stay[self]});
    act(stay[fails], {second, Do::fail});
    act(stay[removes], {second, Do::off, added});
    step_emit(event, second);
    step_emit(event, value());
    pass();
    step_emit(other, value());

    // Who is gone cannot be removed again. Then a once listener emits while it runs; behind it
    // there is another one, who is gone when the outer emit gets there, and one who is not. There
    // are no waiters: they have an emit of their own, the last one.
    pass();
    p.steps.push_back({t, Do::off, brief});
    p.steps.push_back({t, Do::off, d.chance(50) ? stay[self] : added});
    p.steps.push_back({t, Do::off, d.pick<std::size_t>({stay[fails], stay[removes], extra[0]})});
    const std::size_t nester = step_add(event, true);
    step_add(event, true);
    step_add(event, false);
    pass();
    const int outer = value();
    act(nester, {outer, Do::add, listener(event, false)});
    act(nester, {outer, Do::emit, 0, value()});
    step_emit(event, outer);

    // One waiter is cancelled early: an emit that is counted shows whether it is forgotten. Another
    // one is cancelled in the instant of an emit; there it is left open whether it is counted, for
    // its task has not heard of the cancel yet.
    pass();
    const std::size_t early = wait(event);
    if (d.chance(50)) {
        wait(event);
    }
    pass();
    p.steps.push_back({t, Do::cancel, early});
    pass();
    step_emit(event, value());
    pass();
    std::vector<std::size_t> late;
    for (int k = d.between(2, 3); k > 0; --k) {
        late.push_back(wait(event));
    }
    pass();
    p.steps.push_back({t, Do::cancel, d.pick(late)});
    step_emit(event, value(), false);

    // Waiters have places among the listeners: one who waits ahead of a listener that emits gets
    // the outer value, one behind it the inner value. Who wakes all waiters before the listeners,
    // or all of them after, gets one of the two wrong.
    const std::string third = events[2];
    pass();
    if (d.chance(50)) {
        step_add(third, d.chance(50));
    }
    wait(third);
    pass();
    const std::size_t between = step_add(third, d.chance(50));
    pass();
    wait(third);
    if (d.chance(50)) {
        pass();
        step_add(third, false);
    }
    pass();
    const int around = value();
    act(between, {around, Do::emit, 0, value()});
    step_emit(third, around);
    return p;
}

} // namespace exercise
