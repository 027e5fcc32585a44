// line.cpp: how a line of a transcript is written.
#include <judge/line.hpp>

#include <iomanip>
#include <sstream>

namespace lab {

std::ostream& operator<<(std::ostream& out, const Line& line) {
    return out << '[' << std::setw(5) << line.at.count() << "] " << line.text;
}

std::ostream& operator<<(std::ostream& out, const Transcript& lines) {
    for (const auto& line : lines) {
        out << line << '\n';
    }
    return out;
}

std::string to_text(const Line& line) {
    std::ostringstream out;
    out << line;
    return out.str();
}

} // namespace lab
