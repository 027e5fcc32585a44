// ex_harness.cpp: main() of a predict program: no runtime, only the prediction.
#include "channel.hpp"

#include "ex.hpp"

#include <cstdint>
#include <cstdio>
#include <exception>

extern "C" void lab_entry(std::uint64_t seed);

namespace lab {
namespace {

std::uint64_t sequence = 0;

void send_event(ms at, const char* name, const char* key, std::string_view text,
                const char* exit = nullptr) {
    std::string line = "{\"seq\":" + std::to_string(++sequence) +
                       ",\"t\":" + std::to_string(at.count() * 1000) +
                       ",\"turn\":0,\"lane\":\"loop\",\"ev\":\"" + name + "\"";
    if (exit != nullptr) {
        line += std::string(",\"exit\":\"") + exit + "\"";
    }
    line += std::string(",\"") + key + "\":";
    channel::append_json(line, text);
    channel::send(line + "}", true);
}

} // namespace

void emit(const Transcript& predicted) {
    for (const Line& line : predicted) {
        if (channel::is_open()) {
            send_event(line.at, "say", "text", line.text);
        } else {
            std::printf("[%5lld] %s\n", static_cast<long long>(line.at.count()), line.text.c_str());
        }
    }
}

} // namespace lab

int main() {
    std::string error;
    try {
        lab_entry(lab::channel::seed());
    } catch (const std::exception& e) {
        error = e.what();
    } catch (...) {
        error = "an exception that is no std::exception";
    }
    if (lab::channel::is_open()) {
        lab::send_event(0ms, "trace.end", "error", error, error.empty() ? "ok" : "error");
        lab::channel::close();
        return 0;
    }
    if (!error.empty()) {
        std::fprintf(stderr, "The program ended with an error: %s\n", error.c_str());
    }
    return error.empty() ? 0 : 1;
}
