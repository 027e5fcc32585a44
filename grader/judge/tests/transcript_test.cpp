// transcript_test.cpp: what is read from a channel, and what is not believed.
#include <judge/run.hpp>
#include <judge/transcript.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace lab;
using namespace lab::judge;
using namespace std::chrono_literals;

namespace {

const std::string nonce = "00112233445566778899aabbccddeeff";
const std::string say =
    R"({"seq":1,"t":1500,"turn":1,"lane":"loop","ev":"say","text":"hello","task":2})"
    "\n";
const std::string end = R"({"seq":9,"t":1500,"turn":2,"lane":"loop","ev":"trace.end","exit":"ok"})"
                        "\n";

std::string closing(int events, const std::string& with = nonce) {
    return R"({"closing":")" + with + R"(","events":)" + std::to_string(events) + "}\n";
}

Closing closing_of(const std::string& bytes) { return read_record(bytes, nonce).closing; }

} // namespace

TEST_CASE("a good record") {
    const Record record = read_record(say + end + closing(2), nonce);

    CHECK(record.closing == Closing::right);
    CHECK(record.ending == Ending::ok);
    REQUIRE(record.said.size() == 1);
    CHECK(record.said[0].at == 1500us);
    CHECK(record.transcript() == Transcript{{1ms, "hello"}});
    CHECK(record.events.size() == 2);
    CHECK(record.events[0].number("task") == 2);
    CHECK(record.events[0].text("task") == "2");
    CHECK(record.events[0].lane == "loop");
    CHECK_FALSE(record.events[0].has("src"));
}

TEST_CASE("a record counts only with its own closing line at the very end") {
    CHECK(closing_of("") == Closing::missing);
    CHECK(closing_of(say + end) == Closing::missing);
    CHECK(closing_of(say + end + closing(2, "ffeeddccbbaa99887766554433221100")) ==
          Closing::forged);
    CHECK(closing_of(say + end + closing(2, "")) == Closing::forged);
    CHECK(closing_of(say + end + closing(1)) == Closing::miscounted);
    CHECK(closing_of(say + end + closing(2) + say) == Closing::damaged);
    CHECK(closing_of(say + closing(1) + end) == Closing::damaged);
    CHECK(closing_of(say + end + closing(2) + "\n") == Closing::damaged);
    CHECK(closing_of(say + end + closing(2) + closing(2)) == Closing::miscounted);
    CHECK(closing_of(say + "garbage\n" + closing(2)) == Closing::damaged);
    CHECK(closing_of(say + "[1]\n" + closing(2)) == Closing::damaged);
    CHECK(closing_of(say + "{}\n" + closing(2)) == Closing::damaged);
    CHECK(closing_of(say + say + closing(2)) == Closing::damaged); // one seq twice
    CHECK(closing_of(end + end + closing(2)) == Closing::damaged);
    std::string cut = say + end + closing(2);
    cut.pop_back();
    CHECK(closing_of(cut) == Closing::damaged);
}

TEST_CASE("odd bytes, numbers and nesting do not break the reader") {
    const std::string odd =
        "{\"seq\":1,\"t\":0,\"turn\":1,\"lane\":\"loop\",\"ev\":\"say\",\"text\":\"\xff\xfe\"}\n";
    CHECK(read_record(odd, nonce).transcript().at(0).text == "\xef\xbf\xbd\xef\xbf\xbd");

    CHECK(closing_of("{\"seq\":1.5,\"ev\":\"say\"}\n" + closing(1)) == Closing::damaged);
    CHECK(closing_of("{\"seq\":\"1\",\"ev\":\"say\"}\n" + closing(1)) == Closing::damaged);
    CHECK(closing_of("{\"seq\":1,\"ev\":7}\n" + closing(1)) == Closing::damaged);
    CHECK(closing_of("{\"closing\":5,\"events\":\"x\"}\n") == Closing::missing);
    CHECK(closing_of(std::string(100'000, '[') + "\n") == Closing::missing);
    CHECK(closing_of("{\"seq\":99999999999999999999999,\"ev\":\"say\"}\n" + closing(1)) ==
          Closing::damaged);
}

TEST_CASE("a hang's account is its sentence, else who waits for what") {
    const std::string start =
        R"({"seq":1,"t":0,"turn":1,"lane":"loop","ev":"trace.end","exit":"deadlock")";

    CHECK(read_record(start + R"(,"text":"a sentence","waiting":[]})"
                              "\n",
                      nonce)
              .account == "a sentence");
    CHECK(read_record(start + R"(,"waiting":[{"task":"A","on":"future 3"},{"task":"B"}]})"
                              "\n",
                      nonce)
              .account == "A waits for future 3; B waits for ?");
    CHECK(read_record(start + R"(,"waiting":"nobody"})"
                              "\n",
                      nonce)
              .account.empty());
}

TEST_CASE("a run answers questions about its record") {
    const std::string warn =
        R"({"seq":2,"t":0,"turn":1,"lane":"loop","ev":"warn","code":"never_awaited","text":"x"})"
        "\n";
    const std::string timer =
        R"({"seq":3,"t":0,"turn":1,"lane":"loop","ev":"handle.add","h":1,"kind":"timer"})"
        "\n";
    const Run run(std::make_shared<Record>(read_record(say + warn + timer, nonce)), "out", "err");

    CHECK(run.contains("hello"));
    CHECK_FALSE(run.contains("hell"));
    CHECK(run.when("hello") == 1ms);
    CHECK(run.lines_with("hello") == 1);
    CHECK(run.lines_at(1ms).size() == 1);
    CHECK(run.lines_at(0ms).empty());
    CHECK(run.warned("never_awaited"));
    CHECK_FALSE(run.warned("real_sleep"));
    CHECK(run.timers_added() == 1);
    CHECK(run.count("handle.add", "kind", "soon") == 0);
    CHECK(run.stdout_text() == "out");
}
