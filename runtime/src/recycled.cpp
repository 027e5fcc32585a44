// recycled.cpp: slabs, and the store where threads leave what others may use.
#include "aio/recycled.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace aio::detail {

struct Recycled::Store {
    static constexpr std::size_t slab_bytes = 64UL * 1024;
    static constexpr std::ptrdiff_t drops = 1L << 20; ///< before a list is handed over

    std::mutex mutex;
    std::array<std::vector<List>, sizes> lists;      ///< left behind, whole
    std::vector<std::unique_ptr<std::byte[]>> slabs; ///< all of them

    static Store& get() {
        static auto* forever = new Store; // blocks are dropped until the very end of the program
        return *forever;
    }
    List cut_slab(std::size_t size) {
        const std::size_t bytes = size * step_bytes;
        const std::size_t count = slab_bytes / bytes;
        std::byte* slab =
            slabs.emplace_back(std::make_unique_for_overwrite<std::byte[]>(slab_bytes)).get();
        Block* first = nullptr;
        for (std::size_t i = count; i-- > 0;) { // from behind: the first in memory is used first
            first = ::new (slab + i * bytes) Block{first};
        }
        return {first, drops};
    }
};

struct Recycled::LastWill { // of a thread
    ~LastWill() {
        for (std::size_t size = 1; size < sizes; ++size) {
            if (lists_[size].first != nullptr) {
                hand_over(size);
            }
        }
    }
};

void Recycled::refill(std::size_t size) {
    thread_local const LastWill will;
    Store& store = Store::get();
    const std::lock_guard lock(store.mutex);
    auto& left = store.lists[size];
    if (left.empty()) {
        lists_[size] = store.cut_slab(size);
    } else {
        lists_[size] = left.back();
        left.pop_back();
    }
}

void Recycled::hand_over(std::size_t size) noexcept {
    thread_local const LastWill will;
    Store& store = Store::get();
    const std::lock_guard lock(store.mutex);
    lists_[size].room = Store::drops; // for this thread, and for the one that takes the list
    store.lists[size].push_back(lists_[size]);
    lists_[size].first = nullptr;
}

} // namespace aio::detail
