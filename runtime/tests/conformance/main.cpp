// main.cpp: runs scenarios and prints their traces, or checks them, as the reference interpreters
// do.
#include "asyncio_scenario.hpp"
#include "js_scenario.hpp"

#include <nlohmann/json.hpp>

#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

enum class Mode { print, check, batch };

std::string name_of(const std::string& text) { return nlohmann::json::parse(text).at("name"); }

std::string run(const std::string& text, bool ticks) {
    const auto scenario = nlohmann::ordered_json::parse(text);
    return scenario.at("lang") == "js" ? run_js_scenario(nlohmann::json::parse(text))
                                       : run_asyncio_scenario(scenario, ticks);
}

std::string contents(const std::string& path) {
    std::ifstream file(path);
    if (!file) {
        throw std::runtime_error("cannot be opened");
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Returns: whether all went well. One wrong scenario does not keep the others from running.
bool run_batch(const std::string& path, bool ticks) {
    std::ifstream file(path);
    if (path != "-" && !file) {
        throw std::runtime_error("cannot be opened");
    }
    std::istream& rows = path == "-" ? std::cin : file;
    bool well = true;
    for (std::string row; std::getline(rows, row);) {
        if (row.find_first_not_of(" \t\r") == row.npos) {
            continue;
        }
        try {
            const std::string trace = run(row, ticks);
            std::cout << "== " << name_of(row) << "\n" << trace;
        } catch (const std::exception& error) {
            std::cerr << path << ": " << error.what() << "\n";
            well = false;
        }
    }
    return well;
}

bool agrees(const std::string& path) {
    const auto expected = path.substr(0, path.rfind('.')) + ".expected";
    const bool same = run(contents(path), false) == contents(expected);
    if (!same) {
        std::cout << "DIFFERS " << path << "\n";
    }
    return same;
}

bool run_file(const std::string& path, Mode mode, bool ticks, bool several) {
    try {
        if (mode == Mode::batch) {
            return run_batch(path, ticks);
        }
        if (mode == Mode::check) {
            return agrees(path);
        }
        const std::string text = contents(path);
        const std::string trace = run(text, ticks);
        std::cout << (several ? "== " + name_of(text) + "\n" : "") << trace;
        return true;
    } catch (const std::exception& error) {
        std::cerr << path << ": " << error.what() << "\n";
        return false;
    }
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string> files;
    Mode mode = Mode::print;
    bool ticks = false;
    for (const std::string& argument : std::vector<std::string>(argv + 1, argv + argc)) {
        if (argument == "--batch" || argument == "--check") {
            mode = argument == "--batch" ? Mode::batch : Mode::check;
        } else if (argument == "--ticks") {
            ticks = true;
        } else {
            files.push_back(argument);
        }
    }
    if (files.empty()) {
        std::cerr << "usage: conformance [--ticks] FILE.json ... | --check FILE.json ... "
                     "| --batch FILE.jsonl ...\n";
        return 2;
    }
    std::size_t failed = 0;
    for (const std::string& path : files) {
        failed += run_file(path, mode, ticks, files.size() > 1) ? 0 : 1;
    }
    if (mode == Mode::check) {
        std::cout << files.size() - failed << " of " << files.size() << " agree\n";
    }
    return failed == 0 ? 0 : 1;
}
