// params.hpp: the sensors of one case of 03-callbacks/05, for the driver and for the checker.
#pragma once
#include <lab/draw.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

/// One call of the callback.
struct Answer {
    std::chrono::milliseconds after; ///< 0: at once, inside read
    int value;
    std::string error = "";
};

struct DrawnSensor {
    std::string name;
    std::vector<Answer> answers; ///< in the order of their times; equal times: in one breath
    std::optional<std::chrono::milliseconds> cancelled_at = std::nullopt; ///< who waits for it
};

struct Params {
    std::vector<DrawnSensor> sensors;
};

/// Returns: whether the first answer comes inside read.
bool at_once(const DrawnSensor& sensor);

/// Draws what no two answers of a case may share: values, zero and negative ones among them (none
/// may stand for "nothing yet"), and times. These end in 1 to 9 ms, so that whoever looks every
/// 10 ms looks late.
class Different {
public:
    explicit Different(lab::Draw& d)
        : d_(&d), times_(d.distinct_delays(10, 100, 900)), value_(d.between(-9, 0)) {}

    int value() { return value_ += d_->between(1, 6); }

    std::chrono::milliseconds time() {
        const auto time = times_.back() + std::chrono::milliseconds(d_->between(1, 9));
        times_.pop_back();
        return time;
    }

    /// Returns: two times, the earlier one first.
    std::pair<std::chrono::milliseconds, std::chrono::milliseconds> two_times() {
        return std::minmax({time(), time()});
    }

private:
    lab::Draw* d_;
    std::vector<std::chrono::milliseconds> times_;
    int value_;
};

/// Seed 0 is the set of the task text. Every fresh set has each of the five habits that a wrong
/// answer may overlook, since seeds are independent: an answer at once, two in one breath, a second
/// one when its reader has gone, an error, an error after a cancel. A sensor that answers at once
/// is not asked last: then somebody gets in between if reading it takes a turn.
Params draw(std::uint64_t seed);

} // namespace exercise
