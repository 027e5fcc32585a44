// barrier.hpp: a place that nobody leaves until all have come.
//
// Floor 7.
#pragma once

#include "aio/condition.hpp"

namespace aio {

/// Lets tasks go on in parties of a fixed size, again and again: while one party leaves, those who
/// come for the next one wait outside. See: asyncio.Barrier.
class Barrier {
public:
    /// Throws: ValueError if `parties` is below 1.
    explicit Barrier(int parties);

    /// Waits until the party is complete. Returns: how many had come before, 0 to parties - 1.
    /// Throws: BrokenBarrierError if the barrier is reset meanwhile, or broken.
    Coro<int> wait() const;
    /// Sends away those who wait, with BrokenBarrierError, and begins anew.
    Coro<> reset() const;
    /// Breaks it: who waits, and who comes before a reset, gets BrokenBarrierError.
    Coro<> abort() const;

    int parties() const noexcept;
    /// Returns: how many wait for the others; 0 while a party leaves.
    int n_waiting() const noexcept;
    bool broken() const noexcept;

private:
    enum class Phase : std::uint8_t { filling, draining, resetting, broken };
    static Coro<int> wait(Barrier self);
    static Coro<> reset(Barrier self);
    static Coro<> abort(Barrier self);
    struct State {
        Condition changed;
        int parties = 0;
        int inside = 0;
        Phase phase = Phase::filling;
    };
    std::shared_ptr<State> state_;
};

} // namespace aio
