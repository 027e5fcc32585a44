// params.hpp: the messages of one case of 04-executors/03, for the driver and for the checker.
#pragma once
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

int resized(int size);

/// Returns: when everything would be answered, one message after the other.
milliseconds closing_time(const std::vector<Message>& messages);

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
Params draw(std::uint64_t seed);

} // namespace exercise
