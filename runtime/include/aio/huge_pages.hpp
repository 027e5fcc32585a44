// huge_pages.hpp: memory for arrays that may become large.
//
// The kernel gives memory page by page, 4 KiB at a time, at the first touch, and each costs about
// as much as setting ten timers. For arrays of megabytes it has pages of 2 MiB, if it is asked.
//
// Floor 0.
#pragma once

#include <cstddef>

namespace aio {

/// Returns: memory for `bytes`, aligned for every type; from 4 MiB on, in huge pages if the kernel
/// has them. Throws: std::bad_alloc.
void* take_memory(std::size_t bytes);
void give_memory(void* memory) noexcept;

/// take_memory() as an allocator for std::vector.
template <class T> struct HugePages {
    using value_type = T;
    HugePages() noexcept = default;
    template <class U> HugePages(const HugePages<U>&) noexcept {} // NOLINT: an allocator's duty

    T* allocate(std::size_t count) { return static_cast<T*>(take_memory(count * sizeof(T))); }
    void deallocate(T* memory, std::size_t) noexcept { give_memory(memory); }
    bool operator==(const HugePages&) const noexcept = default;
};

} // namespace aio
