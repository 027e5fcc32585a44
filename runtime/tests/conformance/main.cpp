// main.cpp: runs scenarios and prints their traces, as the reference interpreters do.
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

std::string run(const std::string& text, bool ticks, std::string& name) {
    const auto scenario = nlohmann::ordered_json::parse(text);
    name = scenario.at("name");
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

void run_batch(const std::string& path, bool ticks) {
    std::ifstream file;
    if (path != "-") {
        file.open(path);
        if (!file) {
            throw std::runtime_error("cannot be opened");
        }
    }
    std::istream& rows = path == "-" ? std::cin : file;
    std::string name;
    for (std::string row; std::getline(rows, row);) {
        if (row.find_first_not_of(" \t\r") != row.npos) {
            const std::string trace = run(row, ticks, name);
            std::cout << "== " << name << "\n" << trace;
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string> files;
    bool batch = false;
    bool ticks = false;
    for (const std::string& argument : std::vector<std::string>(argv + 1, argv + argc)) {
        if (argument == "--batch") {
            batch = true;
        } else if (argument == "--ticks") {
            ticks = true;
        } else {
            files.push_back(argument);
        }
    }
    if (files.empty()) {
        std::cerr << "usage: conformance [--ticks] FILE.json ... | --batch FILE.jsonl ...\n";
        return 2;
    }
    int status = 0;
    for (const std::string& path : files) {
        try {
            if (batch) {
                run_batch(path, ticks);
                continue;
            }
            std::string name;
            const std::string trace = run(contents(path), ticks, name);
            std::cout << (files.size() > 1 ? "== " + name + "\n" : "") << trace;
        } catch (const std::exception& error) {
            std::cerr << path << ": " << error.what() << "\n";
            status = 1;
        }
    }
    return status;
}
