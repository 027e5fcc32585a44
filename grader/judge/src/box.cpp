// box.cpp: reads the sandbox's report and the control groups' counters.
#include "box.hpp"

#include <charconv>
#include <fstream>
#include <sstream>

namespace lab::judge {

BoxReport read_box_report(std::string_view text) {
    BoxReport report;
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        if (line == "direct") {
            report.direct = true;
        } else if (line == "started") {
            report.problem = "was ended before its program";
        } else if (line.starts_with("ended ")) {
            const auto [end, error] =
                std::from_chars(line.data() + 6, line.data() + line.size(), report.status);
            report.ended = error == std::errc() && end == line.data() + line.size();
        } else if (line.starts_with("failed ")) {
            report.direct = false;
            report.problem = "did not start: " + line.substr(7);
        }
    }
    return report;
}

namespace {

/// Returns: the number behind `key` in a file of lines `key number`, 0 if there is none.
long counter(const std::filesystem::path& file, const std::string& key) {
    std::ifstream lines(file);
    std::string name;
    long value = 0;
    while (lines >> name >> value) {
        if (name == key) {
            return value;
        }
    }
    return 0;
}

} // namespace

Refusals refusals(const std::vector<std::filesystem::path>& cgroups) {
    Refusals sum;
    for (const auto& folder : cgroups) {
        sum.memory += counter(folder / "memory.events", "oom_kill") +
                      counter(folder / "memory.oom_control", "oom_kill");
        sum.processes += counter(folder / "pids.events", "max");
    }
    return sum;
}

std::size_t box_processes(const Box& box) {
    return box.used() ? 2 : 0; // bubblewrap, which waits outside, and the first process inside
}

} // namespace lab::judge
