// plain_array.hpp: a vector of plain values that may become large.
//
// The kernel gives memory page by page, at the first touch, and a page can cost as much as setting
// a hundred timers. A std::vector that grows touches a second array and gives the first one back;
// realloc() asks the kernel to move a large array's pages instead, which touches nothing.
//
// Floor 0.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <type_traits>
#include <utility>

namespace aio {

/// As std::vector, for values that can be copied as bytes; new ones are not initialized.
///
/// Adding throws std::bad_alloc, and then changes nothing. Complexity: as std::vector's.
template <class T> class PlainArray {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

public:
    PlainArray() noexcept = default;
    PlainArray(const PlainArray&) = delete;
    PlainArray& operator=(const PlainArray&) = delete;
    ~PlainArray() { std::free(items_); }

    std::size_t size() const noexcept { return size_; }
    std::size_t capacity() const noexcept { return capacity_; }
    bool empty() const noexcept { return size_ == 0; }
    T& operator[](std::size_t index) const noexcept { return items_[index]; }
    T* begin() const noexcept { return items_; }
    T* end() const noexcept { return items_ + size_; }

    void push_back(T item) {
        if (size_ == capacity_) [[unlikely]] {
            reserve(std::max<std::size_t>(16, 2 * capacity_));
        }
        items_[size_++] = item;
    }
    void pop_back() noexcept { --size_; }
    void clear() noexcept { size_ = 0; }
    void resize(std::size_t size) {
        reserve(size);
        size_ = size;
    }
    void reserve(std::size_t capacity) {
        if (capacity <= capacity_) {
            return;
        }
        T* moved = static_cast<T*>(std::realloc(items_, capacity * sizeof(T)));
        if (moved == nullptr) {
            throw std::bad_alloc();
        }
        items_ = moved;
        capacity_ = capacity;
    }
    void swap(PlainArray& other) noexcept {
        std::swap(items_, other.items_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }

private:
    T* items_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

} // namespace aio
