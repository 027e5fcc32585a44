// value.hpp: what a scenario computes with: values, errors, scopes; shared by both languages.
#pragma once

#include <aio/aio.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace conformance {

using Json = nlohmann::ordered_json; // "objects" are made in the order in which they are written

class Value;
using List = std::vector<Value>;

/// A value that one language has and the other has not, such as a promise.
struct Opaque {
    std::string printed;
    std::shared_ptr<void> object;
};

/// null, true, a whole number, a string, a list, an error.
class Value {
public:
    Value() = default;
    Value(bool b) : data_(b) {}
    Value(std::int64_t n) : data_(n) {}
    Value(int n) : data_(std::int64_t{n}) {}
    Value(std::string s) : data_(std::move(s)) {}
    Value(const char* s) : data_(std::string(s)) {}
    Value(List list) : data_(std::make_shared<const List>(std::move(list))) {}
    Value(std::exception_ptr error) : data_(std::move(error)) {}
    Value(Opaque opaque) : data_(std::move(opaque)) {}

    bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
    /// Returns: the alternative, or null.
    template <class T> const T* get_if() const { return std::get_if<T>(&data_); }
    std::int64_t number() const;             ///< Throws: BadScenario; true is 1.
    const List& list() const;                ///< Throws: BadScenario.
    const std::exception_ptr& error() const; ///< Throws: BadScenario.
    bool truth() const;
    std::string printed() const; ///< Returns: what a trace shows.

    friend bool operator==(const Value& a, const Value& b);
    friend bool operator<(const Value& a, const Value& b); ///< for priority queues and `lt`

private:
    std::variant<std::monostate, bool, std::int64_t, std::string, std::shared_ptr<const List>,
                 std::exception_ptr, Opaque>
        data_;
};

Value to_value(const Json& json);

/// An error that a scenario raises; `what()` is its printed form.
class ScenarioError : public std::exception {
public:
    ScenarioError(std::string name, std::string message);
    const char* what() const noexcept override { return printed_.c_str(); }
    const std::string& name() const { return name_; }

private:
    std::string name_;
    std::string printed_;
};

/// SystemExit as a scenario raises it.
struct ScenarioExit : aio::SystemExit {
    std::string message;
};

/// The scenario as a whole is over; no step can catch it, and it leaves the loop at once.
struct Stop : aio::SystemExit {
    std::string why; ///< "overrun"
    explicit Stop(std::string text) : why(std::move(text)) {}
};

/// The scenario itself is wrong. No step can catch it, but a task may end with it.
struct BadScenario : std::runtime_error {
    using std::runtime_error::runtime_error;
};
[[noreturn]] void bad_scenario(const std::string& what);

/// Returns: "Name(message)", or "Name" without a message. Throws nothing of the error's own.
std::string printed(const std::string& name, const std::string& message);
std::string name_of(const std::exception_ptr& error); ///< "ValueError"
std::string printed(const std::exception_ptr& error); ///< "ValueError(x)"
bool is_stop(const std::exception_ptr& error);        ///< Stop, a deadlock, BadScenario
std::exception_ptr make_error(const std::string& name, const std::string& message);
bool matches(const std::string& pattern, const std::exception_ptr& error);

/// Variables, by name, and the scope around them.
class Scope {
public:
    explicit Scope(std::shared_ptr<Scope> parent = nullptr) : parent_(std::move(parent)) {}

    const Value& get(std::string_view name) const { return *find(name); }
    void set(const std::string& name, Value value) { own_[name] = std::move(value); }
    void add(std::string_view name, std::int64_t amount); ///< where the variable is
    std::string text(const std::string& pattern) const;   ///< fills in each {x}
    Value value(const Json& json) const;                  ///< ... in all strings of it

    std::exception_ptr handling; ///< the error of the `except` entry that runs

private:
    Value* find(std::string_view name) const;
    std::map<std::string, Value, std::less<>> own_;
    std::shared_ptr<Scope> parent_;
};
using ScopePtr = std::shared_ptr<Scope>;

/// How a list of steps ended.
struct Signal {
    enum class Kind { go_on, breaks, continues, returns };
    Kind kind = Kind::go_on;
    Value value{};
    explicit operator bool() const { return kind != Kind::go_on; }
};

} // namespace conformance
