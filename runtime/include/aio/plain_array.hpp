// plain_array.hpp: a vector of plain values that may become large.
//
// The kernel gives memory page by page, at the first touch, and a page costs as much as setting
// twenty timers. A std::vector that grows touches a second array and gives the first one back;
// realloc() asks the kernel to move a large array's pages instead, which touches nothing.
//
// Floor 0.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

namespace aio {

/// As std::vector, for values that can be copied as bytes; new ones are not initialized.
///
/// Adding throws std::bad_alloc, and then changes nothing. Complexity: as std::vector's.
template <class T> class PlainArray {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

public:
    PlainArray() noexcept = default;
    explicit PlainArray(std::size_t size) { resize(size); }

    std::size_t size() const noexcept { return size_; }
    std::size_t capacity() const noexcept { return capacity_; }
    bool empty() const noexcept { return size_ == 0; }
    T& operator[](std::size_t index) noexcept { return items_.get()[index]; }
    const T& operator[](std::size_t index) const noexcept { return items_.get()[index]; }
    T* begin() noexcept { return items_.get(); }
    T* end() noexcept { return items_.get() + size_; }
    const T* begin() const noexcept { return items_.get(); }
    const T* end() const noexcept { return items_.get() + size_; }
    const T& front() const noexcept { return *begin(); }

    void push_back(T item) {
        if (size_ == capacity_) [[unlikely]] {
            reserve(std::max<std::size_t>(16, 2 * capacity_));
        }
        items_.get()[size_++] = item;
    }
    void pop_back() noexcept { --size_; }
    void clear() noexcept { size_ = 0; }
    void resize(std::size_t size) {
        reserve(size);
        size_ = size;
    }
    void swap(PlainArray& other) noexcept {
        items_.swap(other.items_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }
    /// Effects: there is room for `capacity` items, so that adding up to there cannot fail.
    void reserve(std::size_t capacity) {
        if (capacity <= capacity_) {
            return;
        }
        void* moved = std::realloc(items_.get(), capacity * sizeof(T));
        if (moved == nullptr) {
            throw std::bad_alloc();
        }
        static_cast<void>(items_.release()); // realloc() has given it back
        items_.reset(static_cast<T*>(moved));
        capacity_ = capacity;
    }

private:
    struct Free {
        void operator()(T* items) const noexcept { std::free(items); }
    };
    std::unique_ptr<T, Free> items_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

} // namespace aio
