// js_main.cpp: prints the traces of JavaScript scenarios: FILE.json ..., or --batch FILE.jsonl.
#include "js_scenario.hpp"

#include <fstream>
#include <iostream>

namespace {

using Json = nlohmann::json;

bool print_trace(const Json& scenario, bool with_name) {
    try {
        const std::string trace = run_js_scenario(scenario);
        if (with_name) {
            std::cout << "== " << scenario.at("name").get<std::string>() << "\n";
        }
        std::cout << trace;
        return true;
    } catch (const std::exception& bad) {
        std::cerr << scenario.value("name", "?") << ": bad scenario: " << bad.what() << "\n";
        return false;
    }
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    bool good = true;
    if (arguments.size() == 2 && arguments[0] == "--batch") {
        std::ifstream file(arguments[1]);
        for (std::string line; std::getline(file, line);) {
            if (line.find_first_not_of(" \t\r") != std::string::npos) {
                good = print_trace(Json::parse(line), true) && good;
            }
        }
    } else {
        for (const std::string& name : arguments) {
            std::ifstream file(name);
            good = print_trace(Json::parse(file), arguments.size() > 1) && good;
        }
    }
    return good ? 0 : 1;
}
