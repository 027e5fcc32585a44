# Typical slips in an answer, each with the id of the plain sentence that must be shown.
#
# Every text stands after `#include <aio/lab.hpp>` and `using namespace aio;`, and before a driver
# that calls `Coro<int> total(std::vector<int>)`; RIGHT is what it would be without a slip.
from __future__ import annotations

GIVEN = "Coro<int> fetch(int id);\n"
RIGHT = "Coro<int> total(std::vector<int> ids) { co_return static_cast<int>(ids.size()); }\n"

CASES: list[tuple[str, str, str]] = [
    ("no co_return", "missing-co-return", "Coro<int> total(std::vector<int> ids) { }"),
    (
        "return in a coroutine",
        "return-in-coroutine",
        "Coro<int> total(std::vector<int> ids) { int n = co_await fetch(ids[0]); return n; }",
    ),
    (
        "return and no co_ word",
        "return-in-coroutine",
        "Coro<int> total(std::vector<int> ids) { int n = 3; return n; }",
    ),
    (
        "no return in a plain function",
        "missing-return",
        "std::vector<int> helper(int n) { if (n > 0) { } }\n" + RIGHT,
    ),
    (
        "no return in a plain function before a coroutine",
        "missing-return",
        "Coro<int> first() {\n  co_return 1;\n}\nint helper(const std::vector<int>& n)\n{\n  (void)n;\n}\n"
        + RIGHT,
    ),
    (
        "no return in a lambda coroutine",
        "missing-co-return",
        "Coro<int> total(std::vector<int> ids) { auto f = []() -> Coro<int> { }; co_return 1; }",
    ),
    (
        "await as in Python",
        "foreign-word",
        "Coro<int> total(std::vector<int> ids) { int n = await fetch(1); co_return n; }",
    ),
    (
        "await as a statement",
        "foreign-word",
        "Coro<int> total(std::vector<int> ids) { await sleep(10ms); co_return 1; }",
    ),
    ("async as in Python", "foreign-word", "async Coro<int> helper();\n" + RIGHT),
    (
        "a list of Task",
        "bare-template",
        "Coro<int> total(std::vector<int> ids) { std::vector<Task> all; co_return 1; }",
    ),
    ("a result type without its own", "bare-template", "Task helper(int n);\n" + RIGHT),
    (
        "result used as a value",
        "missing-co-await",
        "Coro<int> total(std::vector<int> ids) { int n = fetch(ids[0]); co_return n; }",
    ),
    (
        "result added up",
        "missing-co-await",
        "Coro<int> total(std::vector<int> ids) {"
        " int n = 0; n += fetch(1); co_return 1 + fetch(2); }",
    ),
    (
        "result pushed into a list",
        "missing-co-await",
        "Coro<int> total(std::vector<int> ids) {"
        " std::vector<int> out; out.push_back(fetch(1)); co_return 0; }",
    ),
    (
        "member of a result",
        "missing-co-await",
        "Coro<std::string> word();\n"
        "Coro<int> total(std::vector<int> ids) { co_return int(word().size()); }",
    ),
    (
        "text from a coroutine",
        "missing-co-await",
        "Coro<std::string> word();\n"
        "Coro<int> total(std::vector<int> ids) { std::string s = word(); co_return 1; }",
    ),
    (
        "loop over a coroutine",
        "missing-co-await",
        "Coro<std::vector<int>> all();\n"
        "Coro<int> total(std::vector<int> ids) {"
        " int n = 0; for (int x : all()) n += x; co_return n; }",
    ),
    (
        "printed",
        "missing-co-await",
        "#include <iostream>\nCoro<int> total(std::vector<int> ids) {"
        " std::cout << fetch(1); co_return 1; }",
    ),
    (
        "co_await in an int function",
        "await-outside-coroutine",
        "int helper() { return co_await fetch(1); }\n" + RIGHT,
    ),
    (
        "co_await in a void function",
        "await-outside-coroutine",
        "void helper() { co_await sleep(10ms); }\n" + RIGHT,
    ),
    (
        "lambda without a result type",
        "await-outside-coroutine",
        "Coro<int> total(std::vector<int> ids) {"
        " auto one = []() { co_await sleep(10ms); }; co_return 1; }",
    ),
    (
        "co_await in catch",
        "await-in-catch",
        "Coro<int> total(std::vector<int> ids) {"
        " try { co_await fetch(1); } catch (...) { co_await sleep(10ms); } co_return 1; }",
    ),
    (
        "Coro passed by copy",
        "coro-copied",
        "Coro<int> twice(Coro<int> c) { co_return co_await std::move(c); }\n"
        "Coro<int> total(std::vector<int> ids) {"
        " Coro<int> c = fetch(1); co_return co_await twice(c); }",
    ),
    (
        "Coro copied into a list",
        "coro-copied",
        "Coro<int> total(std::vector<int> ids) {"
        " std::vector<Coro<int>> all{fetch(1), fetch(2)};"
        " co_await gather(std::move(all)); co_return 1; }",
    ),
    (
        "Coro copied from a list",
        "coro-copied",
        "Coro<int> total(std::vector<int> ids) { std::vector<Coro<int>> all;"
        " Coro<int> c = fetch(1); all.push_back(c); co_return 1; }",
    ),
    (
        "named Coro handed over",
        "coro-copied",
        "Coro<int> total(std::vector<int> ids) {"
        " Coro<int> c = fetch(1); Task<int> t = create_task(c); co_return co_await t; }",
    ),
    (
        "awaited a number",
        "not-awaitable",
        "Coro<int> total(std::vector<int> ids) { co_return co_await ids[0]; }",
    ),
    (
        "value out of a Coro<>",
        "void-result",
        "Coro<> rest();\n"
        "Coro<int> total(std::vector<int> ids) { int n = co_await rest(); co_return n; }",
    ),
    (
        "auto out of a Coro<>",
        "void-result",
        "Coro<> rest();\n"
        "Coro<int> total(std::vector<int> ids) { auto n = co_await rest(); co_return 1; }",
    ),
    ("value from a Coro<>", "value-from-void-coroutine", "Coro<> p() { co_return 3; }\n" + RIGHT),
    ("no value from a Coro<int>", "missing-co-return", "Coro<int> p() { co_return; }\n" + RIGHT),
    (
        "missing include",
        "missing-include",
        "Coro<int> total(std::vector<int> ids) { std::mt19937 chance; co_return 1; }",
    ),
    (
        "missing include of a function",
        "missing-include",
        "Coro<int> total(std::vector<int> ids) {"
        " std::cout << std::accumulate(ids.begin(), ids.end(), 0); co_return 1; }",
    ),
    (
        "missing std::",
        "unknown-name",
        "Coro<int> total(std::vector<int> ids) { co_return co_await fetsh(1); }",
    ),
    (
        "unknown type",
        "unknown-name",
        "Korro<int> helper();\n" + RIGHT,
    ),
    (
        "missing semicolon",
        "missing-semicolon",
        "Coro<int> total(std::vector<int> ids) {\n  int n = 1\n  co_return n;\n}",
    ),
    (
        "missing semicolon after a call",
        "missing-semicolon",
        'Coro<int> total(std::vector<int> ids) {\n  say("x")\n  co_return 1;\n}',
    ),
    (
        "missing brace",
        "missing-brace",
        "Coro<int> total(std::vector<int> ids) {\n  if (ids.empty()) {\n  co_return 1;\n}\n",
    ),
    (
        "extra brace",
        "extra-brace",
        "Coro<int> total(std::vector<int> ids) {\n  co_return 1;\n}\n}\n",
    ),
    (
        "missing bracket",
        "missing-bracket",
        "Coro<int> total(std::vector<int> ids) {\n  co_return (1 + 2;\n}",
    ),
    (
        "open quotation mark",
        "unclosed-text",
        'Coro<int> total(std::vector<int> ids) {\n  say("x);\n  co_return 1;\n}',
    ),
    ("removed function", "wrong-signature", "Coro<int> other() { co_return 1; }"),
    ("other parameters", "wrong-signature", "Coro<int> total(std::string ids) { co_return 1; }"),
    ("other result", "wrong-signature", "int total(std::vector<int> ids) { return 1; }"),
    (
        "wrong arguments",
        "wrong-arguments",
        "Coro<int> total(std::vector<int> ids) { co_return co_await fetch(1, 2); }",
    ),
    ("defined twice", "redefined", RIGHT + RIGHT),
    ("missing header", "no-such-file", "#include <nosuch.hpp>\n" + RIGHT),
    (
        "a time without a unit",
        "time-without-unit",
        "Coro<int> total(std::vector<int> ids) { ms pause = 0; co_await sleep(300); co_return 1; }",
    ),
    (
        "a sleep without a unit",
        "sleep-without-unit",
        "Coro<int> total(std::vector<int> ids) { co_await sleep(300); co_return 1; }",
    ),
    (
        "the count of a time for a time",
        "time-without-unit",
        "Coro<int> total(std::vector<int> ids) { ms d = 5ms;"
        " get_running_loop().call_later(d.count(), [] {}); co_return 1; }",
    ),
    (
        "a call for a function",
        "called-too-soon",
        "int peel(int n);\nCoro<int> total(std::vector<int> ids) {"
        " co_return co_await get_running_loop().run_in_executor(nullptr, peel(3)); }",
    ),
    (
        "a text for an exception",
        "text-for-an-exception",
        "Coro<int> total(std::vector<int> ids) { auto f ="
        " get_running_loop().create_future<int>(); f.set_exception(std::string()); co_return 1; }",
    ),
    (
        "a future's wrong member",
        "future-member",
        "Coro<int> total(std::vector<int> ids) { auto f ="
        " get_running_loop().create_future<int>(); f.reject(1); co_return co_await f; }",
    ),
    (
        "a future without its type",
        "future-type",
        "Coro<int> total(std::vector<int> ids) {"
        " Future<int> f = get_running_loop().create_future(); co_return co_await f; }",
    ),
    (
        "a number for a time",
        "time-without-unit",
        "Coro<> nap(ms d);\nCoro<int> total(std::vector<int> ids) { co_await nap(300); co_return 1; }",
    ),
    ("own main", "own-main", "int main() { return 0; }\n" + RIGHT),
    ("only declared", "undefined", "Coro<int> total(std::vector<int> ids);"),
]
