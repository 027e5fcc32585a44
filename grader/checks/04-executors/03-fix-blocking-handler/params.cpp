// params.cpp: how the cases of 04-executors/03 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

#include <algorithm>

namespace exercise {

int resized(int size) { return size / 10; }

milliseconds closing_time(const std::vector<Message>& messages) {
    auto end = messages.back().at;
    for (const Message& message : messages) {
        end += milliseconds(message.size) + message.lookup;
    }
    return (end / 100ms + 1) * 100ms;
}

Params draw(std::uint64_t seed) {
    Params p;
    if (seed == 0) {
        p.names = {{1, "Ada"}, {2, "Bob"}, {3, "Cleo"}, {4, "Dan"}, {5, "Eve"}};
        p.messages = {{1, 0ms, 380, 120ms},  {2, 10ms, 200, 110ms}, {1, 20ms, 60, 20ms},
                      {3, 30ms, 250, 130ms}, {4, 40ms, 150, 110ms}, {5, 50ms, 180, 120ms}};
        p.close = closing_time(p.messages);
        return p;
    }
    lab::Draw d(seed);
    const int clients = d.between(5, 6);
    const auto numbers = d.distinct_delays(clients, 10, 900); // any distinct numbers will do
    for (const auto number : numbers) {
        p.names.emplace_back(static_cast<int>(number.count()) / 10, d.name());
    }
    const auto sizes = d.distinct_delays(clients, 150, 250);
    milliseconds at = 0ms;
    const std::size_t hasty = seed % 2; // the first client or the second
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const int size = i == hasty ? d.between(35, 40) * 10 : static_cast<int>(sizes[i].count());
        p.messages.push_back({p.names[i].first, at, size, d.delay(110, 150)});
        at += d.delay(10, 20);
        if (i == 1) {
            p.messages.push_back({p.names[hasty].first, at, d.between(5, 7) * 10, d.delay(10, 30)});
            at += d.delay(10, 20);
        }
    }
    at += 500ms; // late messages, when the first ones have been answered
    for (const auto size : d.distinct_delays(d.between(0, 2), 80, 140)) {
        const auto& [client, name] = d.pick(p.names);
        p.messages.push_back({client, at, static_cast<int>(size.count()), d.delay(10, 30)});
        at += d.delay(10, 40);
    }
    p.close = closing_time(p.messages);
    return p;
}

} // namespace exercise
