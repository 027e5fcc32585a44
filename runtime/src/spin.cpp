// spin.cpp: waiting awake, within limits.
#include "aio/spin.hpp"

#include <thread>

namespace aio::detail {
namespace {

constexpr duration between_glances = 10us;
constexpr duration short_pause = 2us;
constexpr int losses_in_a_row = 3; ///< so many, and the Spinner rests ...
constexpr int waits_to_rest = 32;  ///< ... for so many waits

bool alone() { // on one processor nothing can come while we look
    static const bool one = std::thread::hardware_concurrency() < 2;
    return one;
}

time_point now() { // real time, whatever the loop's clock shows
    return time_point(std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace

bool Spinner::begin() {
    end_ = {};
    glance_due_ = false;
    if (rest_ > 0) {
        --rest_;
        return false;
    }
    return !alone();
}

bool Spinner::goes_on(duration limit) {
    const time_point present = now();
    if (end_ == time_point{}) {
        end_ = present + limit;
        next_glance_ = present + between_glances;
    }
    glance_due_ = present >= next_glance_;
    if (glance_due_) {
        next_glance_ = present + between_glances;
    }
    if (present >= end_ && ++losses_ == losses_in_a_row) {
        losses_ = 0;
        rest_ = waits_to_rest;
    }
    return present < end_;
}

void Spinner::pause() {
    if (!alone()) {
        for (const time_point end = now() + short_pause; now() < end;) {
            relax();
        }
    }
}

} // namespace aio::detail
