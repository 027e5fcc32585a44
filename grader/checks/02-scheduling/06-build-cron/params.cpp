// params.cpp: how the cases of 02-scheduling/06 are drawn.
#include "params.hpp"

namespace exercise {

Script draw_script(lab::Draw& d) {
    Script s{};
    s.begin = d.chance(40) ? 0ms : 2 * d.delay(10, 100);
    s.period = 2 * d.delay(60, 100);
    s.odd_from = s.begin + (d.chance(50) ? 10ms : 30ms);
    const bool on_tick = d.chance(20); // then the odd job is late, but in its turn
    s.block = on_tick ? s.tick(1) : s.tick(1) + 2 * d.delay(20ms, s.period / 2 - 20ms);
    const int last_hit = on_tick ? d.between(2, 3) : 3;
    s.block_end = s.tick(last_hit);
    s.first_free = last_hit + 1;
    s.work = d.chance(70) ? d.delay(10, 30) : 0ms;
    s.kind = d.between(0, 2);
    return s;
}

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{{"guard", false, 640ms, 0ms, {{640ms, 1}}},
                 {"stamps", false, 640ms},
                 {"parcel", false, 280ms, 180ms},
                 {"clock", true, 100ms, 30ms, {{640ms, 3}}}},
                {{0ms, Do::make},
                 {0ms, Do::add, 0},
                 {0ms, Do::add, 1},
                 {0ms, Do::add, 2},
                 {40ms, Do::add, 3},
                 {600ms, Do::look},
                 {680ms, Do::cancel, 1}}};
    }
    lab::Draw d(seed);
    const Script s = draw_script(d);
    const int instant = s.first_free + 1; // the tick at which one job cancels the next
    enum : std::size_t { inspector, victim, blocker, first, second, odd, late };

    // Jobs of at() are registered before the twins, so that their dates are filed before, too. The
    // odd job is due during the block and before the twins: then registration order is wrong.
    Params p;
    p.jobs = {{d.name(), false, s.tick(instant)},
              {d.name(), false, s.kind == 0 ? s.tick(instant) : s.after_tick(s.first_free, d)},
              {d.name(), false, s.block, s.block_end - s.block},
              {d.name(), true, s.period},
              {d.name(), true, s.period, s.work},
              {d.name(), true,
               s.block + 10ms + 2 * d.delay(0ms, (s.tick(2) - s.block - 20ms) / 2) - s.odd_from},
              {d.name(), false, s.after_tick(instant + 1, d)}};
    auto& cancels_of_second = p.jobs[second].cancels;
    if (s.kind == 0) {
        p.jobs[inspector].cancels = {{s.tick(instant), victim}};
        cancels_of_second = {{s.tick(instant + 1), first}, {s.tick(instant + 2), second}};
    } else if (s.kind == 1) {
        p.jobs[inspector].cancels = {{s.tick(instant), first}};
        cancels_of_second = {{s.tick(instant + 2), second}};
    } else {
        p.jobs[first].cancels = {{s.tick(instant), second}, {s.tick(instant + 2), first}};
    }
    // A job of at() is not pending while it runs.
    p.jobs[inspector].cancels.push_back({s.tick(instant), inspector});

    p.steps = {{s.begin, Do::make}};
    for (const std::size_t job : {inspector, victim, blocker, first, second}) {
        p.steps.push_back({s.begin, Do::add, job});
    }
    p.steps.push_back({s.odd_from, Do::add, odd});
    const Time free = s.after_tick(s.first_free, d);
    p.steps.push_back({free, Do::add, late});
    p.steps.push_back({free, Do::cancel, blocker}); // it has run
    const Time later = s.after_tick(instant, d);
    p.steps.push_back({later, Do::cancel, odd});
    if (s.begin > 0ms && d.chance(50)) { // else its date must show that it is no delay
        p.steps.push_back({later, Do::cancel, late});
    }
    p.steps.push_back({later, Do::cancel, odd}); // twice
    const Time end = s.after_tick(instant + 2, d);
    p.steps.push_back({end, Do::look});
    p.steps.push_back({end, Do::cancel, s.kind == 2 ? second : first}); // a job cancelled it before
    return p;
}

} // namespace exercise
