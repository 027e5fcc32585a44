// params.hpp: the messages of one case of 04-executors/03, for the driver and for the checker.
#pragma once
#include <lab/draw.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;
using std::chrono::milliseconds;

inline constexpr milliseconds beat = 20ms, allowed_lag = 20ms;
inline constexpr std::size_t cores = 4;

struct Message {
    int client;
    milliseconds at;
    int size;            ///< of the image; resizing it blocks for as many milliseconds
    milliseconds lookup; ///< how long the client's look-up takes, as often as it has messages
};

struct Params {
    std::vector<std::pair<int, std::string>> names; ///< of the clients
    std::vector<Message> messages;                  ///< by date; no two sizes are equal
    milliseconds close{};                           ///< late enough for an image at a time

    std::string name_of(int client) const {
        const auto found = std::find_if(names.begin(), names.end(),
                                        [&](const auto& one) { return one.first == client; });
        return found == names.end() ? "nobody" : found->second;
    }
};

inline int resized(int size) { return size / 10; }

/// Returns: when everything would be answered, one message after the other.
inline milliseconds closing_time(const std::vector<Message>& messages) {
    auto end = messages.back().at;
    for (const Message& message : messages) {
        end += milliseconds(message.size) + message.lookup;
    }
    return (end / 100ms + 1) * 100ms;
}

/// Seed 0 is the set of the task text. In every set
/// - five clients or more send images that are all in work at once if nobody limits them (M43);
/// - one of the first two clients sends a large image, and soon after it a small one, as the third
///   message of all, so that it overtakes (M05) and takes a place that others could use
///   (needless-wait);
/// - that client's second image and look-up together are shorter than its first look-up, and a
///   worker is free for them, so that the replies come in the wrong order if only the images keep
///   theirs (chain-ends-too-early). The others' images are shorter than its first one for that;
/// - the small image is long enough to make the heartbeat late.
/// Clients' numbers are not their places in a list.
inline Params draw(std::uint64_t seed) {
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
