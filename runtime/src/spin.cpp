// spin.cpp: waiting awake, within limits.
#include "aio/spin.hpp"

#include <thread>

namespace aio::detail {
namespace {

constexpr duration between_glances = 10us;
constexpr int losses_in_a_row = 3; ///< so many, and the Spinner rests ...
constexpr int waits_to_rest = 32;  ///< ... for so many waits

void relax() { // lets the processor's other half work, and saves power
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
}

} // namespace

bool Spinner::lost() {
    if (++losses_ == losses_in_a_row) {
        losses_ = 0;
        rest_ = waits_to_rest;
    }
    return false;
}

bool Spinner::wait(const std::atomic<bool>& sign, duration limit,
                   const std::function<bool()>& glance) {
    using clock = std::chrono::steady_clock;
    static const bool alone = std::thread::hardware_concurrency() < 2;
    if (alone || rest_ > 0) {
        rest_ -= rest_ > 0 ? 1 : 0;
        return false;
    }
    clock::time_point end{};
    clock::time_point next_glance{};
    for (bool first = true;; first = false) {
        for (int i = 0; i < 16;
             ++i) { // half a microsecond: a quick answer costs no look at a clock
            if (sign.load(std::memory_order_acquire)) {
                losses_ = 0;
                return true;
            }
            relax();
        }
        const auto now = clock::now();
        if (first) {
            end = now + limit;
            next_glance = now + between_glances;
        } else if (now >= next_glance) {
            next_glance = now + between_glances;
            if (glance && glance()) {
                losses_ = 0;
                return true;
            }
        }
        if (now >= end) {
            return lost();
        }
    }
}

} // namespace aio::detail
