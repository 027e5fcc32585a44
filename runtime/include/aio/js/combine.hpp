// combine.hpp: one promise of many: all, all_settled, race, any.
//
// Each element becomes a promise and gets one reaction, in order, before any of them can run. The
// reaction that completes the set settles the result in its own microtask.
//
// Floor 4: beside futures, below coroutines.
#pragma once

#include "aio/js/promise.hpp"

namespace aio::js {
namespace detail {

/// Calls `on_end(index, settled)` in a microtask for each element, when it is settled.
template <class T, class F> void react_to_each(std::vector<Resolution<T>> elements, F on_end) {
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const auto promise = Promise<T>::resolve(std::move(elements[i]));
        promise.state().react(
            [on_end, i](PromiseState& settled) { on_end(i, static_cast<StateOf<T>&>(settled)); });
    }
}

/// The answers that have come in.
template <class Slot> struct Collected {
    std::vector<Slot> slots;
    std::size_t missing;
    explicit Collected(std::size_t size) : slots(size), missing(size) {}
};

} // namespace detail

template <class T> template <class List> Promise<List> Promise<T>::all(Elements elements) {
    auto made = Promise<List>::with_resolvers();
    const auto got = std::make_shared<detail::Collected<std::optional<Value>>>(elements.size());
    const auto finish = [got, resolve = made.resolve] {
        std::vector<Value> values;
        for (auto& slot : got->slots) {
            values.push_back(std::move(*slot));
        }
        resolve(List(std::move(values)));
    };
    if (elements.empty()) {
        finish();
    }
    const auto on_end = [got, finish, reject = made.reject](std::size_t i,
                                                            detail::StateOf<T>& settled) {
        if (settled.rejected()) {
            reject(settled.error);
        } else {
            got->slots[i] = settled.value;
            if (--got->missing == 0) {
                finish();
            }
        }
    };
    detail::react_to_each<T>(std::move(elements), on_end);
    return made.promise;
}

template <class T> template <class List> Promise<List> Promise<T>::all_settled(Elements elements) {
    auto made = Promise<List>::with_resolvers();
    const auto got = std::make_shared<detail::Collected<Settled<T>>>(elements.size());
    if (elements.empty()) {
        made.resolve(List(std::move(got->slots)));
    }
    const auto on_end = [got, resolve = made.resolve](std::size_t i, detail::StateOf<T>& settled) {
        got->slots[i] = {settled.value, settled.error};
        if (--got->missing == 0) {
            resolve(List(std::move(got->slots)));
        }
    };
    detail::react_to_each<T>(std::move(elements), on_end);
    return made.promise;
}

template <class T> Promise<T> Promise<T>::race(Elements elements) {
    auto made = with_resolvers();
    const auto on_end = [resolve = made.resolve,
                         reject = made.reject](std::size_t /*i*/, detail::StateOf<T>& settled) {
        if (settled.rejected()) {
            reject(settled.error);
        } else {
            resolve(*settled.value);
        }
    };
    detail::react_to_each<T>(std::move(elements), on_end);
    return made.promise;
}

template <class T> Promise<T> Promise<T>::any(Elements elements) {
    auto made = with_resolvers();
    const auto got = std::make_shared<detail::Collected<std::exception_ptr>>(elements.size());
    const auto fail = [got, reject = made.reject] {
        reject(AggregateError("all promises were rejected", std::move(got->slots)));
    };
    if (elements.empty()) {
        fail();
    }
    const auto on_end = [got, fail, resolve = made.resolve](std::size_t i,
                                                            detail::StateOf<T>& settled) {
        if (!settled.rejected()) {
            resolve(*settled.value);
        } else {
            got->slots[i] = settled.error;
            if (--got->missing == 0) {
                fail();
            }
        }
    };
    detail::react_to_each<T>(std::move(elements), on_end);
    return made.promise;
}

} // namespace aio::js
