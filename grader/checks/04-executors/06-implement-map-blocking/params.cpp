// params.cpp: how the cases of 04-executors/06 are drawn.
#include "params.hpp"

#include <algorithm>

namespace exercise {

Plan fifo(const Call& call, int lanes) {
    std::vector<Time> free(static_cast<std::size_t>(lanes), 0ms);
    Plan plan;
    for (const Item& item : call.items) {
        const auto lane = std::min_element(free.begin(), free.end());
        plan.add(*lane, item.delay);
        *lane = plan.end.back();
    }
    return plan;
}

Plan fifo(const Call& call) { return fifo(call, std::min(call.limit, call.workers)); }

Plan in_waves(const Call& call) {
    Plan plan;
    Time wave = 0ms;
    for (const Item& item : call.items) {
        if (!plan.end.empty() && plan.end.size() % static_cast<std::size_t>(call.limit) == 0) {
            wave = *std::max_element(plan.end.begin(), plan.end.end());
        }
        plan.add(wave, item.delay);
    }
    return plan;
}

Plan oldest_first(const Call& call) {
    Plan plan;
    Time now = 0ms;
    for (const Item& item : call.items) {
        const auto limit = static_cast<std::size_t>(call.limit);
        if (plan.end.size() >= limit) {
            now = std::max(now, plan.end[plan.end.size() - limit]);
        }
        plan.add(now, item.delay);
    }
    return plan;
}

std::vector<std::size_t> by_end(const Plan& plan) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < plan.end.size(); ++i) {
        const auto later = [&](std::size_t a, std::size_t b) { return plan.end[a] < plan.end[b]; };
        order.insert(std::upper_bound(order.begin(), order.end(), i, later), i);
    }
    return order;
}

std::size_t first_error(const Call& call, const Plan& plan) {
    const auto order = by_end(plan);
    return *std::find_if(order.begin(), order.end(),
                         [&](std::size_t i) { return call.items[i].rotten; });
}

std::vector<std::size_t> running(const Plan& plan, Time at) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < plan.begin.size(); ++i) {
        if (plan.begin[i] < at && plan.end[i] > at) {
            found.push_back(i);
        }
    }
    return found;
}

int not_begun(const Plan& plan, Time at) {
    return static_cast<int>(
        std::count_if(plan.begin.begin(), plan.begin.end(), [&](Time b) { return b >= at; }));
}

Call draw_call(lab::Draw& d, int workers, int limit, int items) {
    Call call{"", workers, limit, {}};
    int number = 0;
    for (const auto delay : d.distinct_delays(items, 100, 600)) {
        call.items.push_back({number += d.between(1, 3), delay});
    }
    for (std::size_t i = call.items.size() - 1; i > 0; --i) { // numbers are no places
        std::swap(call.items[i].number,
                  call.items[static_cast<std::size_t>(d.between(0, static_cast<int>(i)))].number);
    }
    return call;
}

Call draw_narrow(lab::Draw& d) {
    for (;;) {
        const int limit = d.between(2, 3);
        const Call call = draw_call(d, limit + d.between(1, 2), limit, d.between(5, 7));
        const Plan right = fifo(call);
        const auto order = by_end(right);
        if (right.begin != in_waves(call).begin && right.begin != oldest_first(call).begin &&
            in_waves(call).begin != oldest_first(call).begin &&
            !std::is_sorted(order.begin(), order.end())) {
            return call;
        }
    }
}

Call draw_failing(lab::Draw& d) {
    for (;;) {
        const int limit = d.between(3, 4);
        Call call = draw_call(d, limit + d.between(0, 1), limit, limit + d.between(3, 4));
        const auto later = static_cast<std::size_t>(d.between(0, limit));
        const auto first = later + static_cast<std::size_t>(d.between(1, 2));
        call.items[first].rotten = call.items[later].rotten = true;
        const Plan plan = fifo(call);
        const Time at = plan.end[first];
        if (first_error(call, plan) == first && plan.begin[later] < at &&
            running(plan, at).size() > 1 && std::count(plan.end.begin(), plan.end.end(), at) == 1 &&
            not_begun(plan, at) >= 2) {
            return call;
        }
    }
}

Call draw_cancelled(lab::Draw& d) {
    for (;;) {
        const int limit = d.between(2, 3);
        Call call = draw_call(d, limit + d.between(0, 1), limit, limit + d.between(3, 4));
        const Plan plan = fifo(call);
        const Time at = d.delay(50, 500) + 5ms;
        const auto open = running(plan, at);
        if (open.size() >= 2 && not_begun(plan, at) >= 2) {
            call.cancel = at;
            const auto order = by_end(plan);
            const auto last = std::find_if(order.rbegin(), order.rend(), [&](std::size_t i) {
                return std::count(open.begin(), open.end(), i) == 1;
            });
            call.items[*last].rotten = true;
            return call;
        }
    }
}

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {
            {"potato", 4, 2, {{4, 100ms}, {1, 400ms}, {3, 200ms}, {2, 150ms}, {5, 250ms}}},
            {"carrot", 1, 2, {{2, 100ms}, {1, 150ms}, {3, 100ms}}},
            {"turnip",
             3,
             3,
             {{1, 300ms, true}, {2, 200ms, true}, {3, 100ms}, {4, 250ms}, {5, 100ms}, {6, 150ms}}},
            {"onion", 2, 2, {{1, 300ms, true}, {2, 200ms}, {3, 100ms}, {4, 100ms}}, 150ms},
            {"leek", 2, 2, {}}};
    }
    lab::Draw d(seed);
    Params p;
    p.narrow = draw_narrow(d);
    p.narrow.name = d.name();
    const int workers = d.between(1, 2);
    const int limit = workers + d.between(1, 2);
    p.wide = draw_call(d, workers, limit, limit + d.between(1, 2));
    p.wide.name = d.name();
    p.failing = draw_failing(d);
    p.failing.name = d.name();
    p.cancelled = draw_cancelled(d);
    p.cancelled.name = d.name();
    p.empty = {d.name(), d.between(1, 3), d.between(1, 3), {}};
    return p;
}

} // namespace exercise
