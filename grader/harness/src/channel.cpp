// channel.cpp: reading the case from the judge before anything else runs, and writing records to
// it.
#include "channel.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace lab::channel {
namespace {

struct State {
    int out = -1;
    bool real = false;
    bool judge_sends_signals = false;
    std::uint64_t seed = 0;
    std::uint64_t lines = 0;
    char nonce[64] = "";
};
State state; // constant-initialised: ready before the constructor below runs
constinit char buffer[1 << 15];
constinit std::size_t buffered = 0;

void flush() {
    std::size_t sent = 0;
    while (sent < buffered) {
        const auto count = ::write(state.out, buffer + sent, buffered - sent);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            break; // the judge is gone, or the program closed its own channel: no closing record
                   // either
        }
        sent += static_cast<std::size_t>(count);
    }
    buffered = 0;
}

/// Runs before static initialisers of the answer, so that the closing number is gone from the pipe
/// by then.
[[gnu::constructor(101)]] void open_channel() {
    if (const char* wanted = std::getenv("LAB_SEED")) {
        state.seed = std::strtoull(wanted, nullptr, 10);
    }
    const char* fds = std::getenv("LAB_FDS");
    int in = -1;
    int out = -1;
    if (fds == nullptr || std::sscanf(fds, "%d,%d", &in, &out) != 2) {
        return;
    }
    char line[256] = "";
    std::size_t length = 0;
    while (length + 1 < sizeof line && ::read(in, line + length, 1) == 1 && line[length] != '\n') {
        ++length;
    }
    ::close(in);
    ::unsetenv("LAB_FDS");
    char clock[16] = "";
    unsigned long long seed = 0;
    if (std::sscanf(line, "seed=%llu clock=%15s nonce=%63s", &seed, clock, state.nonce) != 3) {
        std::fputs("the harness could not read its case\n", stderr);
        std::_Exit(3);
    }
    state.seed = seed;
    state.real = std::strcmp(clock, "real") == 0;
    state.judge_sends_signals = std::strstr(line, " signals=judge") != nullptr;
    state.out = out;
    ::setenv("LAB_CLOCK", clock, 1);
    std::memset(line, 0, sizeof line);
}

/// Returns: the length of the UTF-8 sequence at the front of `text`, 0 if it is none.
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t length = byte(0) < 0x80                      ? 1
                               : byte(0) >= 0xC2 && byte(0) < 0xE0 ? 2
                               : byte(0) >= 0xE0 && byte(0) < 0xF0 ? 3
                               : byte(0) >= 0xF0 && byte(0) < 0xF5 ? 4
                                                                   : 0;
    if (length == 0 || length > text.size()) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) {
            return 0;
        }
    }
    const bool overlong =
        (byte(0) == 0xE0 && byte(1) < 0xA0) || (byte(0) == 0xF0 && byte(1) < 0x90);
    const bool surrogate =
        (byte(0) == 0xED && byte(1) > 0x9F) || (byte(0) == 0xF4 && byte(1) > 0x8F);
    return overlong || surrogate ? 0 : length;
}

} // namespace

bool is_open() noexcept { return state.out >= 0; }
std::uint64_t seed() { return state.seed; }
bool real_clock() { return state.real; }
bool judge_sends_signals() { return state.judge_sends_signals; }

void send(std::string_view line, bool now) {
    for (const std::string_view part : {line, std::string_view("\n")}) {
        for (const char c : part) {
            if (buffered == sizeof buffer) {
                flush();
            }
            buffer[buffered++] = c;
        }
    }
    ++state.lines;
    if (now) {
        flush();
    }
}

void close() {
    const std::string record = std::string("{\"closing\":\"") + state.nonce +
                               "\",\"events\":" + std::to_string(state.lines) + "}";
    send(record, true);
}

void append_json(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        const auto c = static_cast<unsigned char>(text.front());
        if (length == 0) {
            out += "\xEF\xBF\xBD";
        } else if (c == '"' || c == '\\') {
            out += '\\';
            out += text.front();
        } else if (c < 0x20 || c == 0x7F) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", c);
            out += escape;
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    out += '"';
}

} // namespace lab::channel
