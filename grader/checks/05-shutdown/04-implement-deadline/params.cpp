// params.cpp: how the cases of 05-shutdown/04 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

bool is_cut(const Order& order) { return !order.leaves && order.takes >= order.deadline; }

std::chrono::milliseconds ends_after(const Order& order) {
    return order.leaves    ? *order.leaves + order.cleanup
           : is_cut(order) ? order.deadline + order.cleanup
                           : order.takes;
}

bool outlasts_the_deadline(const Order& order) {
    return order.leaves && *order.leaves + order.cleanup > order.deadline;
}

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{{"roast", 10s, 500ms, 150ms, 5},
                 {"soup", 113ms, 500ms, 70ms, 4},
                 {"toast", 226ms, 600ms, 70ms, 5, "burnt"},
                 {"cake", 400ms, 400ms, 50ms, 4},
                 {"tea", 612ms, 700ms, 120ms, 3, "", 300ms},
                 {"rice", 333ms, 0ms, 80ms, 4},
                 {"stew", 847ms, 300ms, 90ms, 9, "", std::nullopt, true},
                 {"pie", 856ms, 500ms, 400ms, 6, "", 200ms}}};
    }
    lab::Draw d(seed);
    const auto order = [&](auto takes, auto deadline) {
        return Order{d.name(), takes, deadline, d.delay(50, 200), d.between(-20, 20)};
    };
    const auto odd = [&](int lo, int hi) {
        return d.delay(lo, hi) + std::chrono::milliseconds(d.between(1, 9));
    };
    const auto same = d.delay(100, 600);
    Order failing = order(odd(50, 300), d.delay(400, 700));
    failing.error = d.name() + " burnt";
    Order leaving = order(odd(500, 800), d.delay(500, 700));
    leaving.leaves = d.delay(50, 280);
    Order outlasting = order(odd(600, 900), d.delay(400, 500));
    outlasting.leaves = d.delay(150, 300);
    outlasting.cleanup = outlasting.deadline - *outlasting.leaves + d.delay(40, 150);
    Order stubborn = order(odd(600, 900), d.delay(100, 500));
    stubborn.returns_all_the_same = true;
    Params p{{order(odd(50, 300), d.delay(400, 700)), order(odd(1000, 9000), d.delay(100, 600)),
              failing, order(same, same), order(odd(100, 500), 0ms), leaving, outlasting,
              stubborn}};
    d.shuffle(p.orders);
    return p;
}

} // namespace exercise
