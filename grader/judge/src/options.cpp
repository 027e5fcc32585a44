// options.cpp: reads a checker's command line.
#include "options.hpp"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

namespace lab::judge {

namespace {

namespace fs = std::filesystem;

std::uint64_t number(std::string_view option, std::string_view text, std::uint64_t least,
                     std::uint64_t most) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) {
        throw UsageError{std::string(option) + " takes a number from " + std::to_string(least) +
                         " to " + std::to_string(most)};
    }
    return value;
}

Expectation expectation(const std::string& text) {
    const std::size_t colon = text.find(':');
    Expectation expected{text.substr(0, colon), {}};
    if (colon != std::string::npos) {
        expected.hint = text.substr(colon + 1);
    }
    if (expected.verdict != "not-accepted" && !verdict_named(expected.verdict)) {
        throw UsageError{"there is no verdict \"" + expected.verdict + "\""};
    }
    return expected;
}

void set_clock(Setup& setup, const std::string& clock) {
    if (clock != "virtual" && clock != "real") {
        throw UsageError{"--clock takes virtual or real"};
    }
    setup.real_clock = clock == "real";
    if (setup.real_clock) {
        setup.limits.wall = std::chrono::seconds(60); // now the program's own waits take their time
    }
}

/// Returns: whether the option takes a value, after having used it.
bool take_with_value(Options& options, const std::string& option, const std::string& value) {
    if (option == "--program") {
        options.setup.program = value;
    } else if (option == "--seed") {
        options.first_seed = number(option, value, 1, UINT64_MAX / 2);
    } else if (option == "--cases") {
        options.cases = static_cast<int>(number(option, value, 1, 10'000));
    } else if (option == "--clock") {
        set_clock(options.setup, value);
    } else if (option == "--expect") {
        options.expect = expectation(value);
        options.audit = true;
    } else if (option == "--wrap") {
        options.setup.box.words.push_back(value);
    } else if (option == "--cgroup") {
        options.setup.box.cgroups.emplace_back(value);
    } else if (option == "--cpu-seconds") {
        options.setup.limits.cpu = std::chrono::seconds(number(option, value, 1, 3600));
    } else if (option == "--memory-mib") {
        options.setup.limits.memory_bytes = number(option, value, 16, 1 << 20) << 20;
    } else if (option == "--wall-seconds") {
        options.setup.limits.wall = std::chrono::seconds(number(option, value, 1, 3600));
    } else {
        return false;
    }
    return true;
}

bool take_flag(Options& options, const std::string& option) {
    if (option == "--no-retry") {
        options.setup.retry = false;
    } else if (option == "--no-memory-limit") {
        options.setup.limits.memory_bytes = 0;
    } else if (option == "--audit") {
        options.audit = true;
    } else {
        return false;
    }
    return true;
}

/// A program with a sanitizer reserves terabytes of addresses; it carries the sanitizer's name.
bool has_sanitizer(const fs::path& program) {
    std::error_code error;
    std::string bytes(fs::file_size(program, error), '\0');
    std::ifstream(program, std::ios::binary)
        .read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return bytes.find("__asan_init") != std::string::npos ||
           bytes.find("__tsan_init") != std::string::npos;
}

} // namespace

Options parse_options(int argc, const char* const* argv) {
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string option = argv[i];
        if (take_flag(options, option)) {
            continue;
        }
        const bool last = i + 1 == argc;
        if (!take_with_value(options, option, last ? "" : argv[i + 1])) {
            throw UsageError{"unknown option \"" + option + "\""};
        }
        if (last) {
            throw UsageError{option + " needs a value"};
        }
        ++i;
    }
    if (options.setup.program.empty()) {
        throw UsageError{"--program is missing"};
    }
    std::error_code error;
    if (!fs::is_regular_file(options.setup.program, error)) {
        throw UsageError{"there is no program " + options.setup.program.string()};
    }
    // In a sandbox nothing is believed that a program says of itself.
    if (!options.setup.box.used() && has_sanitizer(options.setup.program)) {
        options.setup.limits.memory_bytes = 0;
    }
    return options;
}

std::string usage(const std::string& checker) {
    return "usage: " + checker +
           " --program PATH [--seed N] [--cases N] [--clock virtual|real] [--no-retry]\n"
           "       [--expect VERDICT[:HINT]] [--audit] [--no-memory-limit] [--memory-mib N]\n"
           "       [--cpu-seconds N] [--wall-seconds N]\n"
           "       [--wrap WORD]... [--cgroup FOLDER]...\n"
           "Runs PATH for the published case and N-1 fresh ones and prints the verdict as JSON.\n"
           "With --wrap the command of these words is run instead: a sandbox that starts {program} "
           "and reports on\ndescriptor {status}. --cgroup names its control groups, whose counters "
           "tell of limits that were met.\n"
           "Exit status: 0 accepted (or as expected), 1 not, 2 usage, 3 a fault of the grader.\n";
}

} // namespace lab::judge
