// compare_test.cpp: two transcripts, where they part, and what that is called.
#include <judge/compare.hpp>

#include <doctest/doctest.h>

using namespace lab;
using namespace lab::judge;
using namespace std::chrono_literals;

namespace {

const Transcript abc = {{0ms, "a"}, {10ms, "b"}, {10ms, "c"}};

void differs(const std::vector<Said>& actual, std::size_t line, Verdict kind) {
    const auto difference = compare(abc, actual);
    REQUIRE(difference.has_value());
    CHECK(difference->line == line);
    CHECK(name(difference->kind) == name(kind));
}

} // namespace

TEST_CASE("equal transcripts do not differ") {
    CHECK_FALSE(compare(abc, {{0ms, "a"}, {10ms, "b"}, {10ms, "c"}}).has_value());
    CHECK_FALSE(compare({}, {}).has_value());
}

TEST_CASE("the kind of a difference") {
    differs({{0ms, "a"}, {10ms, "c"}, {10ms, "b"}}, 1, Verdict::wrong_order);
    differs({{0ms, "b"}, {10ms, "a"}, {20ms, "c"}}, 0, Verdict::wrong_order);
    differs({{0ms, "a"}, {10ms, "b"}, {20ms, "c"}}, 2, Verdict::wrong_time);
    differs({{0ms, "a"}, {10ms, "b"}, {10001us, "c"}}, 2, Verdict::wrong_time);
    differs({{0ms, "a"}, {10ms, "b"}}, 2, Verdict::incomplete);
    differs({{0ms, "a"}, {10ms, "c"}}, 1, Verdict::incomplete);
    differs({}, 0, Verdict::incomplete);
    differs({{0ms, "a"}, {10ms, "b"}, {10ms, "c"}, {10ms, "c"}}, 3, Verdict::wrong_content);
    differs({{0ms, "a"}, {10ms, "x"}, {10ms, "c"}}, 1, Verdict::wrong_content);
    differs({{0ms, "a"}, {10ms, "a"}}, 1, Verdict::wrong_content); // one "a" too many
}

TEST_CASE("on the real clock a line may be a little late, not early and not much too late") {
    const Tolerance real{2ms, 100ms, 15};

    CHECK_FALSE(compare({{1000ms, "a"}}, {{1200ms, "a"}}, real).has_value());
    CHECK_FALSE(compare({{1000ms, "a"}}, {{999ms, "a"}}, real).has_value());
    CHECK(compare({{1000ms, "a"}}, {{990ms, "a"}}, real).has_value());
    CHECK(compare({{1000ms, "a"}}, {{1300ms, "a"}}, real).has_value());
}

TEST_CASE("ties take the order of what came out, as far as it has the same lines") {
    const Transcript expected = {{0ms, "a"}, {5ms, "b"}, {5ms, "c"}, {5ms, "d"}, {9ms, "e"}};
    const auto arranged = [&](const std::vector<Said>& actual) {
        std::string order;
        for (const auto& line : with_ties_as_in(expected, actual)) {
            order += line.text;
        }
        return order;
    };

    CHECK(arranged({{0ms, "a"}, {5ms, "d"}, {5ms, "b"}, {5ms, "c"}, {9ms, "e"}}) == "adbce");
    CHECK(arranged({{0ms, "a"}, {5ms, "d"}, {5ms, "x"}, {5ms, "c"}, {9ms, "e"}}) == "adbce");
    CHECK(arranged({{0ms, "b"}, {5ms, "a"}}) == "abcde"); // lines of other instants stay apart
    CHECK(arranged({}) == "abcde");
}

TEST_CASE("from the first difference on, ties are shown in the order of the task") {
    const Transcript expected = {{0ms, "a"}, {5ms, "b"}, {5ms, "c"}, {5ms, "d"}, {9ms, "e"}};
    const auto shown = [&](const std::vector<Said>& actual) {
        const Transcript arranged = with_ties_as_in(expected, actual);
        const auto difference = compare(arranged, actual);
        REQUIRE(difference.has_value());
        std::string order;
        for (const auto& line : published_from(difference->line, arranged, expected)) {
            order += line.text;
        }
        return std::to_string(difference->line) + order;
    };

    CHECK(shown({{0ms, "d"}, {5ms, "c"}, {5ms, "b"}}) == "0abcde");
    CHECK(shown({{0ms, "a"}, {5ms, "d"}, {5ms, "x"}, {5ms, "b"}}) == "2adbce");
    CHECK(shown({{0ms, "a"}, {5ms, "c"}, {6ms, "d"}, {6ms, "b"}}) == "2acbde");
    CHECK(shown({{0ms, "a"}, {5ms, "d"}, {5ms, "c"}, {5ms, "b"}}) == "4adcbe");
}
