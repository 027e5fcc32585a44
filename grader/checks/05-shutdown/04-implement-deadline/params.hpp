// params.hpp: the dishes of one case of 05-shutdown/04, for the driver and for the checker.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

/// One call of with_deadline. Its work takes its time, and then returns `value` or fails with
/// `error`.
struct Order {
    std::string name;
    std::chrono::milliseconds takes, deadline, cleanup;
    int value;
    std::string error = "";
    std::optional<std::chrono::milliseconds> leaves = std::nullopt; ///< the guest is cancelled
    bool returns_all_the_same = false; ///< the work returns its value after the clean-up
};

struct Params {
    std::vector<Order> orders; ///< the first at 0, and one every second
};

/// Returns: whether the deadline cuts the work.
bool is_cut(const Order& order);

/// Returns: when with_deadline ends, after its call.
std::chrono::milliseconds ends_after(const Order& order);

/// Returns: whether the guest leaves before the deadline, and the clean-up lasts past it.
bool outlasts_the_deadline(const Order& order);

/// Seed 0 is the set of the task text. Every fresh set has the same eight kinds of order, and in
/// each of them a mistake shows that only one kind shows: a result or an error long before the
/// deadline, for who waits for the deadline, and for a card that is left; work that is cut and
/// cleans up; work that ends at the deadline, for who files the card too late; a deadline of 0, for
/// who cancels before the work has begun; a guest who leaves, and whose cook is clean before the
/// deadline; a guest whose cook is clean after it, for who asks twice; a result that comes too
/// late. Work that is not cut ends 1 to 9 ms after a multiple of 10 ms, for who looks every 10 ms.
/// All is over within a second.
Params draw(std::uint64_t seed);

} // namespace exercise
