// combine.hpp: one promise of many: all, all_settled, race, any.
//
// Each element becomes a promise and gets one reaction, in order, before any of them can run. The
// reaction that completes the set settles the result in its own microtask.
//
// Floor 4: beside futures, below coroutines.
#pragma once

#include "aio/js/promise.hpp"

#include <memory>

namespace aio::js {

/// Gives each element a slot. Its reaction calls `fill(slot, state)`; once that has returned true
/// for all, `finish(slots)` is called.
template <class Slot, class T, class Fill, class Finish>
void detail::collect(std::vector<Resolution<T>> elements, Fill fill, Finish finish) {
    const auto slots = std::make_shared<std::vector<Slot>>(elements.size());
    const auto missing = std::make_shared<std::size_t>(elements.size());
    if (elements.empty()) {
        finish(*slots);
    }
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const auto promise = Promise<T>::resolve(std::move(elements[i]));
        promise.state()->react([=](PromiseState& settled) {
            if (fill((*slots)[i], static_cast<StateOf<T>&>(settled)) && --*missing == 0) {
                finish(*slots);
            }
        });
    }
}

template <class T> template <class List> Promise<List> Promise<T>::all(Elements elements) {
    const auto made = Promise<List>::with_resolvers();
    const auto fill = [made](std::optional<Value>& slot, detail::StateOf<T>& settled) {
        if (settled.rejected()) {
            made.reject(settled.error);
        }
        slot = settled.value;
        return slot.has_value();
    };
    const auto finish = [made](std::vector<std::optional<Value>>& slots) {
        std::vector<Value> values;
        for (auto& slot : slots) {
            values.push_back(std::move(*slot));
        }
        made.resolve(List(std::move(values)));
    };
    detail::collect<std::optional<Value>>(std::move(elements), fill, finish);
    return made.promise;
}

template <class T> template <class List> Promise<List> Promise<T>::all_settled(Elements elements) {
    const auto made = Promise<List>::with_resolvers();
    const auto fill = [](Settled<T>& slot, detail::StateOf<T>& settled) {
        slot = {settled.value, settled.error};
        return true;
    };
    const auto finish = [made](std::vector<Settled<T>>& slots) {
        made.resolve(List(std::move(slots)));
    };
    detail::collect<Settled<T>>(std::move(elements), fill, finish);
    return made.promise;
}

template <class T> Promise<T> Promise<T>::race(Elements elements) {
    const auto made = with_resolvers();
    for (Resolution<T>& element : elements) {
        resolve(std::move(element)).then(made.resolve, made.reject);
    }
    return made.promise;
}

template <class T> Promise<T> Promise<T>::any(Elements elements) {
    const auto made = with_resolvers();
    const auto fill = [made](std::exception_ptr& slot, detail::StateOf<T>& settled) {
        if (!settled.rejected()) {
            made.resolve(*settled.value);
        }
        slot = settled.error;
        return slot != nullptr;
    };
    const auto finish = [made](std::vector<std::exception_ptr>& slots) {
        made.reject(AggregateError("all promises were rejected", std::move(slots)));
    };
    detail::collect<std::exception_ptr>(std::move(elements), fill, finish);
    return made.promise;
}

} // namespace aio::js
