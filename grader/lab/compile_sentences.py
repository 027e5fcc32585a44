# The table behind compile_errors: what g++ and clang say, and the plain sentence for it.
#
# The first sentence with a matching pattern speaks, so special cases stand above general ones.
# Quotes in the compiler's output have been made straight before the patterns see them.
from __future__ import annotations

import re
from dataclasses import dataclass

LAZY = r"(?:aio::)?(?:Coro|Task|Future)<"


@dataclass(frozen=True)
class Sentence:
    """One kind of mistake. Named groups of the pattern fill the sentence's {placeholders}."""

    id: str
    patterns: tuple[re.Pattern[str], ...]
    sentence: str


def kind(name: str, sentence: str, *patterns: str) -> Sentence:
    return Sentence(name, tuple(re.compile(p) for p in patterns), sentence)


TABLE = (
    kind(
        "await-in-catch",
        "`co_await` is not allowed inside a `catch` block: note there that it happened, and await"
        " after the block.",
        r"await expressions are not permitted in handlers",
        r"'co_(?:await|yield)' cannot be used in the handler of a try block",
    ),
    kind(
        "await-outside-coroutine",
        "this function uses `co_await` or `co_return` but does not return a `Coro<...>`: give it"
        " that return type (a lambda needs `-> Coro<...>`).",
        r"unable to find the promise type for this coroutine",
        r"this function cannot be a coroutine",
        r"'co_(?:await|return|yield)' cannot be used (?:outside a function|in )",
        r"coroutine_traits<.*has no member named 'promise_type'",
        r"'(?:main|auto)' .*cannot be .*coroutine",
        r"function with (?:a )?deduced return type .*cannot be .*coroutine",
        r"return type 'auto' .*coroutine",
    ),
    kind(
        "return-in-coroutine",
        "a coroutine gives its result with `co_return`, not with `return`.",
        r"return' statement is not allowed in coroutine",
        r"return statement not allowed in coroutine",
        rf"could not convert .* from '[^']*' to '{LAZY}",
        rf"no viable conversion from returned value of type '[^']*' to .* return type '{LAZY}",
    ),
    kind(
        "missing-return",
        "this function promises a value and ends without one: end it with `return` and the value"
        " (`co_return` is for functions whose result type is a `Coro<...>`).",
    ),
    kind(
        "missing-co-return",
        "this function ends without giving a result: end it with `co_return` and the value"
        " (`co_return;` for a `Coro<>`).",
        r"no return statement in (?:function|coroutine) returning non-void",
        r"control reaches end of non-void (?:function|coroutine)",
        r"non-void (?:function|coroutine|lambda) does not return a value",
        r"has no member named 'return_void'",
        r"no member named 'return_void'",
    ),
    kind(
        "value-from-void-coroutine",
        "`co_return` has a value here, but the function is a `Coro<>` and returns none: drop the"
        " value, or put its type between the angle brackets.",
        r"has no member named 'return_value'",
        r"no member named 'return_value'",
    ),
    kind(
        "coro-copied",
        "a coroutine object cannot be copied, only moved: pass it on with `std::move(...)`, or"
        " create it where it is used.",
        rf"use of deleted function '.*Coro<.*Coro\((?:const )?{LAZY}",
        rf"call to (?:implicitly-)?deleted (?:copy )?constructor of '(?:const )?{LAZY}",
        r"result type must be constructible from value type of input range",
        r"static assertion failed: result type must be constructible",
    ),
    kind(
        "coro-awaited-by-name",
        "a coroutine object is used up by `co_await`: write `co_await std::move(name)`, or make a"
        " task of it with `create_task` if it is to be awaited later.",
        rf"passing '(?:const )?{LAZY}[^']*' as 'this' argument discards qualifiers",
        rf"'this' argument to member function '[^']*' is an lvalue",
        rf"cannot bind (?:rvalue reference|non-const lvalue).*{LAZY}",
        rf"rvalue reference to type '{LAZY}",
    ),
    kind(
        "called-too-soon",
        "`run_in_executor` needs the function itself, not what it returns: write"
        " `run_in_executor(pool, f, 5)` for a worker's call of `f(5)`.",
        r"run_in_executor needs the function itself",
    ),
    kind(
        "text-for-an-exception",
        "`set_exception` needs an exception: put the text into one, as in `Error(text)`.",
        r"an exception is an object: set_exception",
    ),
    kind(
        "future-member",
        "a future has no `{name}`: it has `set_result`, `set_exception`, `cancel`, `done`,"
        " `result` and `add_done_callback`. If you meant its result, `co_await` it first.",
        r"'(?:class |struct |const )*(?:aio::)?Future<.*has no member named '(?P<name>\w+)'",
        r"no member named '(?P<name>\w+)' in '(?:aio::)?Future<",
    ),
    kind(
        "future-type",
        "`create_future()` makes a `Future<>`, which has no value: name the type of the value, as"
        " in `create_future<int>()`.",
        r"from '(?:aio::)?Future<void>' to (?:non-scalar type )?'(?:aio::)?Future<",
    ),
    kind(
        "missing-co-await",
        "here stands a coroutine, task or future where its result is needed: `co_await` turns one"
        " into the other.",
        rf"could not convert .* from '(?:const )?{LAZY}",
        rf"cannot convert '(?:const )?{LAZY}",
        rf"conversion from '(?:const )?{LAZY}.* to non-scalar type",
        rf"no viable conversion from '(?:const )?{LAZY}",
        rf"no matching (?:conversion|constructor).*{LAZY}",
        rf"no match for 'operator.*{LAZY}",
        rf"invalid operands (?:of types|to binary expression).*{LAZY}",
        rf"'(?:class |struct |const |value_type)*\s*{LAZY}.*has no member named",
        rf"no member named '\w+' in '{LAZY}",
        rf"no match for call to .*{LAZY}",
        rf"no matching function for call to '(?:std::.*|begin|to_string)\(.*{LAZY}",
        rf"invalid (?:conversion|initialization|cast).*{LAZY}",
        rf"assigning to '.*' from incompatible type '{LAZY}",
        rf"cannot initialize .* of type '{LAZY}",
        rf"invalid range expression of type '{LAZY}",
    ),
    kind(
        "braces-in-await",
        "g++ 12 cannot keep a list in braces inside a `co_await` expression: give the list a name"
        " on a line of its own, and use that name.",
        r"array used as initializer",
    ),
    kind(
        "sleep-without-unit",
        "a wait needs its unit: `sleep(100ms)` or `sleep(2s)`. With a bare number `sleep` is the"
        " operating system's, which stops the whole thread and cannot be awaited.",
    ),
    kind(
        "not-awaitable",
        "only a coroutine, a task, a future or `sleep(...)` can be awaited; this value is there"
        " already.",
        r"(?:has )?no member named 'await_ready'",
        r"no matching (?:member )?function for call to '.*await_transform",
        r"awaitable type",
    ),
    kind(
        "bare-template",
        "`{name}` is a template: say in angle brackets what it gives, such as"
        " `{name}<std::string>`.",
        r"expected a type, got '(?:aio::)?(?P<name>\w+)'",
        r"use of class template '(?:aio::)?(?P<name>\w+)' requires template arguments",
        r"deduced class type '(?P<name>\w+)' in function return type",
        r"use of template-name '(?:aio::)?(?P<name>\w+)' without an argument list",
        r"class template placeholder '(?:aio::)?(?P<name>\w+)' not permitted",
    ),
    kind(
        "foreign-word",
        "{said}",
    ),
    kind(
        "void-result",
        "this call gives no value, so there is nothing to store or to pass on.",
        r"void value not ignored as it ought to be",
        r"incomplete type 'void'",
        r"with an rvalue of type 'void'",
        r"'void \w+' has incomplete type",
        r"variable or field '\w+' declared void",
        r"argument type 'void' is incomplete",
        r"invalid use of void expression",
    ),
    kind(
        "no-such-file",
        "there is no header {name}: answers need no more than the standard library and"
        " `<aio/lab.hpp>` (`<ex.hpp>` in predict exercises).",
        r"^(?P<name>[^\s:']+): No such file or directory",
        r"^'(?P<name>[^']+)' file not found",
    ),
    kind(
        "own-main",
        "the checker has a `main` of its own: leave yours out. It calls your functions itself.",
        r"redefinition of '(?:int )?main\b",
    ),
    kind(
        "redefined",
        "`{name}` is there already, in this file, in the course's headers or in what the task"
        " gives: remove one of the two.",
        r"redefinition of '(?P<name>[^']+)'",
        r"redeclaration of '(?P<name>[^']+)'",
        r"conflicting declaration '(?P<name>[^']+)'",
        r"ambiguating new declaration of '(?P<name>[^']+)'",
        r"functions that differ only in their return type",
        r"call (?:of|to) .*?'?(?P<name2>\w+)\(?.* is ambiguous",
    ),
    kind(
        "unclosed-text",
        "a quotation mark or a comment is opened here and never closed.",
        r"missing terminating",
        r"unterminated (?:comment|raw string|#if)",
    ),
    kind(
        "missing-brace",
        "the braces do not match: a `{{` has no `}}`, somewhere above the place where the compiler"
        " noticed.",
        r"expected '\}'",
        r"function.definition is not allowed here",
        r"'?namespace'? definition is not allowed here",
        r"namespaces can only be defined in global",
        r"expected unqualified-id before 'namespace'",
    ),
    kind(
        "extra-brace",
        "there is one `}}` too many, here or just above.",
        r"expected declaration before '\}'",
        r"extraneous closing brace",
    ),
    kind(
        "missing-semicolon",
        "a `;` is missing, most likely at the end of the line before.",
        r"expected ';'",
        r"expected ',' or ';'",
        r"expected initializer before",
        r"expected '(?:,|=|,' or ';)' .*before",
    ),
    kind(
        "missing-bracket",
        "the compiler expected `{what}` here: count the brackets of this line and the one before.",
        r"expected '(?P<what>[)\](\[>])'",
    ),
    kind(
        "syntax",
        "this cannot be read as C++ from here on: look for a missing `;`, bracket or brace just"
        " before.",
        r"^expected ",
    ),
    kind(
        "unknown-name",
        "the compiler does not know `{name}` here: check the spelling, and that it is declared"
        " above this line.",
        r"'(?P<name>[\w:]+)' was not declared in this scope",
        r"'(?P<name>[\w:]+)' (?:is not a member of|has not been declared)",
        r"'(?P<name>[\w:]+)' does not name a (?:type|template)",
        r"'(?P<name>[\w:]+)' in namespace '[\w:]+' does not name a",
        r"use of undeclared identifier '(?P<name>[\w:]+)'",
        r"no (?:member|type|template) named '(?P<name>[\w:]+)' in namespace",
        r"unknown type name '(?P<name>[\w:]+)'",
        r"no template named '(?P<name>[\w:]+)'",
        r"there are no arguments to '(?P<name>[\w:]+)' that depend",
        r"implicit instantiation of undefined template '(?P<name>[\w:]+)",
        r"incomplete type '(?P<name>[\w:]+)",
    ),
    kind(
        "missing-include",
        "`{name}` belongs to the standard library: write `#include <{header}>` at the top"
        " (and `std::` before the name).",
    ),
    kind(
        "missing-preamble",
        "`{name}` belongs to the course: the stub's first lines, `#include <aio/lab.hpp>` (or"
        " `<ex.hpp>`) and `using namespace aio;`, must stay.",
    ),
    kind(
        "no-such-member",
        "there is no `{name}` in this type: check the spelling against the stub.",
        r"has no member named '(?P<name>[^']+)'",
        r"no member named '(?P<name>[^']+)' in",
    ),
    kind(
        "time-without-unit",
        "a time needs its unit here: write `0ms`, `300ms` or `2s`, not a bare number.",
        r"(?:could not|cannot) convert .*'(?:int|long int|double)'\}? to '(?:aio::)?(?:ms|dura)",
        r"conversion from '(?:int|long int|double)' to non-scalar type '(?:aio::)?(?:ms|duration)'",
        r"no viable conversion from '(?:int|long|double)' to '(?:aio::)?(?:ms|duration)'",
        r"no viable conversion from '[^']*' \(aka 'long'\) to '(?:aio::)?(?:ms|duration)'",
    ),
    kind(
        "wrong-arguments",
        "this call does not fit the function: compare the number, the order and the types of its"
        " arguments with the declaration.",
        r"no matching (?:member )?function for call to",
        r"too (?:few|many) arguments",
        r"cannot convert .* to .* in (?:argument|passing)",
        r"no known conversion",
    ),
    kind(
        "wrong-type",
        "a value of one type stands where another type is needed.",
        r"could not convert|cannot convert|no viable conversion|invalid conversion|conversion from",
        r"cannot initialize|incompatible type",
    ),
    kind(
        "wrong-signature",
        "Your file compiles, but the checker's call does not fit it: keep the name, the parameters"
        " and the result type of every function that the stub declares.",
    ),
    kind(
        "undefined",
        "`{name}` is called but defined nowhere: keep the name and the parameters that the stub"
        " gives, and define the function in your file.",
    ),
    kind(
        "dangling-lambda",
        "this lambda captures and is a coroutine: its captures live in the lambda object, which is"
        " often gone when the coroutine goes on. Use a named function with parameters by value.",
    ),
    kind("other", "The compiler stopped here; only the first error counts, mend it first."),
)

SENTENCES = {one.id: one for one in TABLE}
