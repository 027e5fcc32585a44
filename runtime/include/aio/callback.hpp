// callback.hpp: something to call, once or often, owned and moved but never copied.
//
// std::function copies what it holds, so it cannot hold a unique_ptr, and it allocates for all but
// the smallest lambdas. A Callback moves, and keeps 32 bytes of captures in place.
//
// Floor 0.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace aio {

/// A callable `void()` with one owner.
///
/// Invariant: `operate_` is null exactly when the callback is empty.
class Callback {
public:
    static constexpr std::size_t capacity_bytes = 32;

    /// Whether a callable of this type is kept in place.
    template <class Held>
    static constexpr bool fits_in_place =
        sizeof(Held) <= capacity_bytes && alignof(Held) <= alignof(void*) &&
        std::is_nothrow_move_constructible_v<Held>;

    /// Whether a callback made from an F can be forgotten, as its destructor has nothing to do.
    template <class F>
    static constexpr bool forgettable =
        fits_in_place<std::decay_t<F>> && std::is_trivially_destructible_v<std::decay_t<F>>;

    Callback() noexcept = default;

    /// Takes over `callable`. Allocates only if it is larger than 32 bytes or its move may throw.
    template <class F>
        requires(!std::is_same_v<std::remove_cvref_t<F>, Callback> &&
                 std::is_invocable_v<std::decay_t<F>&>)
    Callback(F&& callable) { // NOLINT(google-explicit-constructor): a lambda is a callback
        using Held = std::decay_t<F>;
        if constexpr (fits_in_place<Held>) {
            ::new (static_cast<void*>(storage_)) Held(std::forward<F>(callable));
            operate_ = [](Action action, void* self, void* other) {
                Held* held = static_cast<Held*>(self);
                if (action == Action::call) {
                    (*held)();
                } else {
                    if (action == Action::move) {
                        ::new (other) Held(std::move(*held));
                    }
                    held->~Held();
                }
            };
        } else {
            *this = [boxed = std::make_unique<Held>(std::forward<F>(callable))] { (*boxed)(); };
        }
    }

    Callback(Callback&& other) noexcept { take(other); }
    Callback& operator=(Callback&& other) noexcept {
        if (this != &other) {
            reset();
            take(other);
        }
        return *this;
    }
    Callback(const Callback&) = delete;
    Callback& operator=(const Callback&) = delete;
    ~Callback() { reset(); }

    /// Requires: not empty. Throws: what the callable throws.
    void operator()() { operate_(Action::call, storage_, nullptr); }

    explicit operator bool() const noexcept { return operate_ != nullptr; }

    /// Effects: destroys the callable and what it captured.
    void reset() noexcept {
        if (operate_ != nullptr) {
            std::exchange(operate_, nullptr)(Action::drop, storage_, nullptr);
        }
    }

private:
    enum class Action { call, move, drop };
    using Operate = void (*)(Action, void* self, void* other);
    void take(Callback& other) noexcept {
        if (other.operate_ != nullptr) {
            other.operate_(Action::move, other.storage_, storage_);
            operate_ = std::exchange(other.operate_, nullptr);
        }
    }

    Operate operate_ = nullptr;
    alignas(void*) std::byte storage_[capacity_bytes];
};

} // namespace aio
