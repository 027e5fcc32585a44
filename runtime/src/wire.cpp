// wire.cpp: bytes appended behind, and taken in front.
#include "aio/wire.hpp"

namespace aio::detail {

void append(Bytes& bytes, const void* data, std::size_t size_bytes) {
    const auto* begin = static_cast<const std::byte*>(data);
    bytes.insert(bytes.end(), begin, begin + size_bytes);
}

std::span<const std::byte> split(std::span<const std::byte>& rest, std::size_t size_bytes) {
    const auto first = rest.first(size_bytes);
    rest = rest.subspan(size_bytes);
    return first;
}

void Wire<std::string>::write(Bytes& to, const std::string& text) {
    Wire<std::size_t>::write(to, text.size());
    append(to, text.data(), text.size());
}

std::string Wire<std::string>::read(std::span<const std::byte>& from) {
    const auto raw = split(from, Wire<std::size_t>::read(from));
    return {reinterpret_cast<const char*>(raw.data()), raw.size()};
}

} // namespace aio::detail
