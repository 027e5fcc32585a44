// channel.hpp: the pipe on which a program tells its judge what happened.
//
// JSON Lines, ended by a closing record with a number that only this program was told. Without that
// record the judge accepts nothing, so a program that exits early, or prints a fine transcript
// elsewhere, proves nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lab::channel {

/// Returns: whether a judge listens. Without one the program prints its transcript for people.
bool is_open() noexcept;

/// Returns: the case's seed: the judge's, or LAB_SEED, or 0, the published case.
std::uint64_t seed();

/// Returns: whether the real clock is wanted.
bool real_clock();

/// Returns: whether the judge sends the signals of the case itself.
bool judge_sends_signals();

/// Sends one line, `{…}` without a line end. `now`: do not wait for more lines; a crash may follow.
void send(std::string_view line, bool now);

/// Sends the closing record. Nothing may be sent after it.
void close();

/// Appends `text` as a JSON string, quotes included. Bytes that are no UTF-8 become U+FFFD.
void append_json(std::string& out, std::string_view text);

} // namespace lab::channel
