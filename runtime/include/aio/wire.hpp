// wire.hpp: values as bytes, for the way into another process and back.
//
// A process job sees a copy of the memory, so what it is given and what it returns is written down
// and read again. Both ends are the same program: no byte order, no versions.
//
// Floor 8.
#pragma once

#include "aio/future.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <vector>

namespace aio::detail {

using Bytes = std::vector<std::byte>;

void append(Bytes& bytes, const void* data, std::size_t size_bytes);

/// Returns: the first bytes of `rest`, which is moved past them.
std::span<const std::byte> split(std::span<const std::byte>& rest, std::size_t size_bytes);

/// How a type is written and read. Specialise it for your own.
template <class T> struct Wire {
    static_assert(std::is_trivially_copyable_v<T>,
                  "between processes go trivially copyable values, std::string, and std::vector of "
                  "these: captures, arguments and results alike");
    static_assert(!std::is_pointer_v<T> || std::is_function_v<std::remove_pointer_t<T>>,
                  "a pointer means nothing to another process: pass a std::string or a value");

    static void write(Bytes& to, const T& value) {
        if constexpr (std::is_empty_v<T>) { // a byte that nobody has set
            to.emplace_back();
        } else {
            append(to, &value, sizeof value);
        }
    }
    static T read(std::span<const std::byte>& from) {
        std::array<std::byte, sizeof(T)> raw;
        std::memcpy(raw.data(), split(from, sizeof(T)).data(), sizeof(T));
        return std::bit_cast<T>(raw);
    }
};

template <> struct Wire<std::string> {
    static void write(Bytes& to, const std::string& text);
    static std::string read(std::span<const std::byte>& from);
};

template <class T> struct Wire<std::vector<T>> {
    static void write(Bytes& to, const std::vector<T>& values) {
        Wire<std::size_t>::write(to, values.size());
        for (const T& value : values) {
            Wire<T>::write(to, value);
        }
    }
    static std::vector<T> read(std::span<const std::byte>& from) {
        std::vector<T> values;
        for (auto left = Wire<std::size_t>::read(from); left > 0; --left) {
            values.push_back(Wire<T>::read(from));
        }
        return values;
    }
};

} // namespace aio::detail
