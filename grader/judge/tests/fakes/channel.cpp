// channel.cpp: the protocol's other side, and the main() that picks a behaviour by its own name.
#include "channel.hpp"

#include <errno.h> // program_invocation_short_name
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <sstream>

namespace fake {

namespace {

std::map<std::string, Behaviour>& behaviours() {
    static std::map<std::string, Behaviour> all;
    return all;
}

} // namespace

Register::Register(const char* name, Behaviour behaviour) { behaviours()[name] = behaviour; }

Order read_order() {
    Order order;
    int in = -1;
    const char* const fds = std::getenv("LAB_FDS");
    if (fds == nullptr || std::sscanf(fds, "%d,%d", &in, &order.out) != 2) {
        return order;
    }
    std::array<char, 256> line{};
    (void)!read(in, line.data(), line.size() - 1);
    std::istringstream words(line.data());
    for (std::string word; words >> word;) {
        const auto value = word.substr(word.find('=') + 1);
        if (word.rfind("seed=", 0) == 0) {
            order.seed = std::stoull(value);
        } else if (word.rfind("nonce=", 0) == 0) {
            order.nonce = value;
        } else if (word.rfind("clock=", 0) == 0) {
            order.real_clock = value == "real";
        }
    }
    return order;
}

void write_all(int fd, std::string_view text) {
    while (!text.empty()) {
        const ssize_t wrote = write(fd, text.data(), text.size());
        if (wrote <= 0) {
            return;
        }
        text.remove_prefix(static_cast<std::size_t>(wrote));
    }
}

void Channel::raw(const std::string& line) {
    ++lines_;
    write_all(order_.out, line + "\n");
}

void Channel::event(const std::string& ev, const std::string& fields, long long t_us) {
    raw("{\"seq\":" + std::to_string(lines_ + 1) + ",\"t\":" + std::to_string(t_us) +
        ",\"turn\":1,\"lane\":\"loop\",\"ev\":\"" + ev + "\"" + (fields.empty() ? "" : ",") +
        fields + "}");
}

void Channel::say(long long t_ms, const std::string& text) {
    event("say", "\"text\":\"" + text + "\"", 1000 * t_ms);
}

void Channel::warn(const std::string& code, const std::string& text) {
    event("warn", "\"code\":\"" + code + "\",\"text\":\"" + text + "\"");
}

void Channel::end(const std::string& exit, const std::string& more) {
    event("trace.end", "\"exit\":\"" + exit + "\"" + (more.empty() ? "" : ",") + more);
}

void Channel::close() {
    const long long before = lines_;
    raw("{\"closing\":\"" + order_.nonce + "\",\"events\":" + std::to_string(before) + "}");
}

void Channel::say_all() {
    const long long d = delay_ms(order_.seed);
    event("task.new", "\"task\":1,\"name\":\"main\"");
    say(0, "start");
    say(d, "first");
    say(2 * d, "second");
    say(2 * d, "result " + std::to_string(d));
}

void Channel::finish() {
    say_all();
    end();
    close();
}

long long delay_ms(std::uint64_t seed) {
    return 10 * static_cast<long long>(seed == 0 ? 10 : 1 + seed % 7);
}

} // namespace fake

int main() {
    const auto found = fake::behaviours().find(program_invocation_short_name);
    if (found == fake::behaviours().end()) {
        return 77;
    }
    fake::Channel channel(fake::read_order());
    found->second(channel);
    return 0;
}
