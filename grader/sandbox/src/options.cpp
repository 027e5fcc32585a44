// options.cpp: reads the command line of lab-box. Who writes it is trusted; a mistake ends it.
#include "options.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <unistd.h>

namespace lab::box {

namespace {

struct Named {
    std::string_view name;
    int resource;
};

constexpr std::array<Named, 8> resources{{{"cpu", RLIMIT_CPU},
                                          {"fsize", RLIMIT_FSIZE},
                                          {"nofile", RLIMIT_NOFILE},
                                          {"core", RLIMIT_CORE},
                                          {"stack", RLIMIT_STACK},
                                          {"nproc", RLIMIT_NPROC},
                                          {"as", RLIMIT_AS},
                                          {"data", RLIMIT_DATA}}};

[[noreturn]] void misuse(const char* why, const char* word) {
    std::fprintf(stderr, "lab-box: %s: %s\n", why, word);
    _exit(2);
}

long number(const char* text) {
    char* end = nullptr;
    errno = 0;
    const long value = std::strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0') {
        misuse("this is no number", text);
    }
    return value;
}

/// Reads `NAME=MOST`.
Limit limit(const char* text) {
    const std::string_view all = text;
    const std::size_t equals = all.find('=');
    for (const Named& one : resources) {
        if (equals != all.npos && all.substr(0, equals) == one.name) {
            return {one.resource, static_cast<rlim_t>(number(text + equals + 1))};
        }
    }
    misuse("there is no such limit", text);
}

void take(Options& options, std::string_view option, const char* value) {
    if (option == "--join") {
        options.joins.emplace_back(value);
    } else if (option == "--limit") {
        options.limits.push_back(limit(value));
    } else if (option == "--keep") {
        options.keep.push_back(static_cast<int>(number(value)));
    } else if (option == "--uid") {
        options.uid = static_cast<uid_t>(number(value));
    } else if (option == "--status") {
        options.status = static_cast<int>(number(value));
    } else if (option == "--oom-score") {
        options.oom_score = static_cast<int>(number(value));
    } else {
        misuse("unknown option", std::string(option).c_str());
    }
}

bool take_flag(Options& options, std::string_view option) {
    if (option == "--polite-parent") {
        options.polite_parent = true;
    } else if (option == "--own-directory") {
        options.own_directory = true;
    } else if (option == "--plain-environment") {
        options.plain_environment = true;
    } else if (option == "--filter") {
        options.filter = true;
    } else {
        return false;
    }
    return true;
}

} // namespace

Options parse_options(int argc, char** argv) {
    Options options;
    options.mode = argc > 1 ? argv[1] : "";
    if (options.mode != "enter" && options.mode != "init") {
        misuse("usage", "lab-box enter|init [OPTION…] -- COMMAND…");
    }
    int i = 2;
    for (; i < argc && std::strcmp(argv[i], "--") != 0; ++i) {
        if (take_flag(options, argv[i])) {
            continue;
        }
        if (i + 1 == argc) {
            misuse("a value is missing after", argv[i]);
        }
        take(options, argv[i], argv[i + 1]);
        ++i;
    }
    for (++i; i < argc; ++i) {
        options.command.push_back(argv[i]);
    }
    if (options.command.empty()) {
        misuse("a command is missing after", "--");
    }
    options.command.push_back(nullptr);
    return options;
}

void fail(const char* what) {
    std::fprintf(stderr, "lab-box: %s: %s\n", what, std::strerror(errno));
    _exit(125);
}

} // namespace lab::box
