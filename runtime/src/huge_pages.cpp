// huge_pages.cpp: asking the kernel for large pages.
#include "aio/huge_pages.hpp"

#include <cstdlib>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace aio {

void* take_memory(std::size_t bytes) {
    constexpr std::size_t huge_bytes = std::size_t{2} << 20;
    void* memory = nullptr;
    if (bytes < 2 * huge_bytes) {
        memory = std::malloc(bytes);
    } else {
        const std::size_t whole_bytes = (bytes + huge_bytes - 1) / huge_bytes * huge_bytes;
        memory = std::aligned_alloc(huge_bytes, whole_bytes);
#if defined(__linux__)
        if (memory != nullptr) {
            ::madvise(memory, whole_bytes, MADV_HUGEPAGE); // refused: then in small ones
        }
#endif
    }
    return memory != nullptr ? memory : throw std::bad_alloc();
}

void give_memory(void* memory) noexcept { std::free(memory); }

} // namespace aio
