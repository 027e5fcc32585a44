// channel.hpp: the smallest program that speaks the judge's protocol, for tests of the judge.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fake {

/// What a program was told: the first line of its channel.
struct Order {
    std::uint64_t seed = 0;
    bool real_clock = false;
    std::string nonce;
    int out = -1;
};

/// Reads the order from the descriptors that LAB_FDS names.
Order read_order();

/// Writes all of `text`, whatever it takes.
void write_all(int fd, std::string_view text);

/// Writes events with running numbers, and the closing line at the end.
class Channel {
public:
    explicit Channel(Order order) : order_(std::move(order)) {}

    const Order& order() const { return order_; }
    void raw(const std::string& line);
    void event(const std::string& ev, const std::string& fields = {}, long long t_us = 0);
    void say(long long t_ms, const std::string& text);
    void warn(const std::string& code, const std::string& text = {});
    void end(const std::string& exit = "ok", const std::string& more = {});
    void close();

    /// The transcript that the sample check expects: work, then the result, for the case's delay.
    void say_all();
    /// say_all, end, close.
    void finish();

private:
    Order order_;
    long long lines_ = 0;
};

/// The sample exercise's delay for a seed.
long long delay_ms(std::uint64_t seed);

using Behaviour = void (*)(Channel& channel);

/// Adds a behaviour; a program is asked for one by the name under which it is started.
struct Register {
    Register(const char* name, Behaviour behaviour);
};

} // namespace fake

#define BEHAVIOUR(NAME)                                                                            \
    static void NAME([[maybe_unused]] fake::Channel& channel);                                     \
    static const fake::Register register_##NAME(#NAME, NAME);                                      \
    static void NAME([[maybe_unused]] fake::Channel& channel)
