// js_value.hpp: the dynamic values of JavaScript scenarios, how they are printed, and their scopes.
#pragma once

#include <aio/aio.hpp>

#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace conformance::js {

using Json = nlohmann::json;

/// The scenario itself is wrong; no statement of it may catch this.
struct BadScenario : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// An error of the scenario, or of the library: then without a message, or with several causes.
struct ErrorData {
    std::string name;
    std::string message;
    std::vector<std::exception_ptr> errors; ///< AggregateError
};

struct Undefined {
    friend bool operator==(Undefined, Undefined) = default;
};
struct Value;
using List = std::vector<Value>;

/// One element of an allSettled result.
struct Entry {
    std::shared_ptr<const Value> value; ///< null: rejected with `error`
    std::exception_ptr error;
};

/// Invariant of equality: primitives by value, lists, errors and entries by identity, as `===`
/// does.
struct Value {
    using Data = std::variant<Undefined, std::nullptr_t, bool, std::int64_t, std::string,
                              std::shared_ptr<const List>, std::shared_ptr<const ErrorData>,
                              std::shared_ptr<const Entry>>;
    Data data;

    Value() = default;
    Value(Data any) : data(std::move(any)) {} // NOLINT(google-explicit-constructor)
    explicit Value(List list);
    explicit Value(const std::vector<aio::js::Settled<Value>>& ends); ///< an allSettled result

    friend bool operator==(const Value&, const Value&) = default;
    bool truthy() const;
    std::int64_t number() const; ///< Throws: BadScenario if it is none.
};

/// What a scenario throws: any value, as in JavaScript.
struct Thrown {
    Value value;
};

/// Returns: the value that a scenario sees where `error` was thrown. Throws: BadScenario unchanged.
Value value_of(const std::exception_ptr& error);
std::string print(const Value& value);
Value make_error(std::string name, std::string message);
/// Returns: `a += b` of JavaScript.
Value add(const Value& a, const Value& b);
/// Returns: `a < b` of JavaScript, for two numbers or two strings.
bool less(const Value& a, const Value& b);

/// Variables, and where to look for those that are not here.
struct Scope {
    std::shared_ptr<Scope> parent;
    std::map<std::string, Value, std::less<>> vars;

    /// Returns: the nearest scope's variable. Throws: BadScenario if there is none.
    Value& find(std::string_view name);
};
using ScopePtr = std::shared_ptr<Scope>;

ScopePtr below(ScopePtr parent);

/// Returns: `text` with each {x} replaced by the printed form of variable x.
std::string fill(const std::string& text, Scope& scope);
/// Returns: the value that is written as `json`; "{x}" alone is the value of x itself.
Value evaluate(const Json& json, Scope& scope);

} // namespace conformance::js
