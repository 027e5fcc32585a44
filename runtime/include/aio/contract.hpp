// contract.hpp: a caller's mistake stops the program, at the place where it was made.
//
// Three kinds of error exist here. A mistake of the caller (this file) aborts in every build. A
// refusal by the system is a std::system_error. Everything that a program may want to handle is in
// error.hpp.
//
// Floor 0.
#pragma once

namespace aio::detail {

/// Prints the broken condition and where it stands, then aborts.
[[noreturn]] void contract_broken(const char* condition, const char* file, int line) noexcept;

} // namespace aio::detail

/// Requires: `condition`. Checked in every build: a check that is off in release teaches nothing.
#define AIO_EXPECTS(condition)                                                                     \
    ((condition) ? void() : ::aio::detail::contract_broken(#condition, __FILE__, __LINE__))
