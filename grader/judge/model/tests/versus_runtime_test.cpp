// versus_runtime_test.cpp: with all switches off, the model prints exactly what the runtime prints.
//
// Model and runtime share no code, so where they agree on programs that nobody thought of, both are
// likely right. A difference is cut down to the smallest program that shows it.
// MODEL_SEEDS=FIRST:LAST tries other programs.
#include "model/model.hpp"
#include "on_runtime.hpp"
#include "random_program.hpp"
#include "shrink.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <sstream>
#include <string>

using namespace lab::model;

namespace {

std::string to_text(const Observed& observed) {
    static const char* const ends[] = {"ok", "error", "cancelled", "deadlock"};
    std::ostringstream text;
    text << observed.transcript;
    for (const Warned& warned :
         observed.warnings) { // the runtime knows its own function's name only
        text << "warning at " << warned.at.count() << ": " << warned.code << '\n';
    }
    text << "end: " << ends[static_cast<int>(observed.end)] << ' ' << observed.error << '\n';
    return text.str();
}

bool differs(const Program& program) {
    return !waits_for_the_kernel(program) &&
           to_text(observe(program)) != to_text(on_runtime(program));
}

struct Seeds {
    std::uint64_t first = 1;
    std::uint64_t last = 10'000;
};

Seeds seeds() {
    Seeds wanted;
    if (const char* text = std::getenv("MODEL_SEEDS")) {
        unsigned long long first = 0;
        unsigned long long last = 0;
        if (std::sscanf(text, "%llu:%llu", &first, &last) == 2) {
            wanted = {first, last};
        }
    }
    return wanted;
}

} // namespace

TEST_CASE("10,000 random programs: the model prints what the runtime prints") {
    REQUIRE(std::freopen("/dev/null", "w", stderr) !=
            nullptr); // the runtime's warnings, many thousand lines
    int different = 0;

    for (std::uint64_t seed = seeds().first; seed <= seeds().last && different < 3; ++seed) {
        const Program program = random_program(seed);
        if (differs(program)) {
            ++different;
            const Program small = shrink(program, differs);
            FAIL_CHECK("seed " << seed << "\n"
                               << lab::model::to_text(small) << "--- the model:\n"
                               << to_text(observe(small)) << "--- the runtime:\n"
                               << to_text(on_runtime(small)));
        }
    }

    CHECK(different == 0);
}

TEST_CASE("the random programs are worth comparing") {
    std::size_t lines = 0;
    std::set<End> ends;
    std::set<std::string> warnings;

    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        const Observed seen = observe(random_program(seed));
        lines += seen.transcript.size();
        ends.insert(seen.end);
        for (const Warned& warned : seen.warnings) {
            warnings.insert(warned.code);
        }
    }

    MESSAGE("lines: " << lines);
    CHECK(lines > 300 * 8);
    CHECK(ends.size() == 4);
    CHECK(warnings.size() == 3);
}

TEST_CASE("a difference is cut down to what shows it") {
    const auto says_two = [](const Program& program) {
        const auto lines = run(program);
        return !lines.empty() && lines.back().text == "two";
    };
    const Program program{say("one"), sleep(ms{30}),
                          attempt({await(Coro{"f", {say("one"), say("two")}})}, Catch::error, {})};

    CHECK(lab::model::to_text(shrink(program, says_two)) ==
          "const Program program{\n    say(\"two\"),\n};\n");
}
