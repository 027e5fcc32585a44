// value.cpp: printing, comparing, and filling in variables.
#include "value.hpp"

#include <cctype>

namespace conformance {

void bad_scenario(const std::string& what) { throw BadScenario("bad scenario: " + what); }

std::int64_t Value::number() const {
    if (const auto* flag = get_if<bool>()) {
        return *flag ? 1 : 0;
    }
    const auto* number = get_if<std::int64_t>();
    return number != nullptr ? *number : (bad_scenario("not a number: " + printed()), 0);
}

const List& Value::list() const {
    const auto* list = get_if<std::shared_ptr<const List>>();
    if (list == nullptr) {
        bad_scenario("not a list: " + printed());
    }
    return **list;
}

const std::exception_ptr& Value::error() const {
    const auto* error = get_if<std::exception_ptr>();
    if (error == nullptr) {
        bad_scenario("not an error: " + printed());
    }
    return *error;
}

bool Value::truth() const {
    if (const auto* text = get_if<std::string>()) {
        return !text->empty();
    }
    if (const auto* list = get_if<std::shared_ptr<const List>>()) {
        return !(*list)->empty();
    }
    return get_if<bool>() || get_if<std::int64_t>() ? number() != 0 : !is_null();
}

std::string Value::printed() const {
    struct Printer {
        std::string operator()(std::monostate) const { return "null"; }
        std::string operator()(bool b) const { return b ? "true" : "false"; }
        std::string operator()(std::int64_t n) const { return std::to_string(n); }
        std::string operator()(const std::string& s) const { return s; }
        std::string operator()(const std::shared_ptr<const List>& list) const {
            std::string text;
            for (const Value& item : *list) {
                text += (text.empty() ? "" : ", ") + item.printed();
            }
            return "[" + text + "]";
        }
        std::string operator()(const std::exception_ptr& error) const {
            return conformance::printed(error);
        }
        std::string operator()(const Opaque& opaque) const { return opaque.printed; }
    };
    return std::visit(Printer{}, data_);
}

bool operator==(const Value& a, const Value& b) {
    const auto numeric = [](const Value& v) {
        return v.get_if<bool>() || v.get_if<std::int64_t>();
    };
    if (numeric(a) && numeric(b)) {
        return a.number() == b.number(); // as in Python, true is 1
    }
    if (const auto* list = a.get_if<std::shared_ptr<const List>>();
        list != nullptr && b.get_if<std::shared_ptr<const List>>()) {
        return **list == b.list();
    }
    if (const auto* mine = a.get_if<Opaque>()) {
        const auto* other = b.get_if<Opaque>();
        return other != nullptr && mine->printed == other->printed && mine->object == other->object;
    }
    if (const auto* text = a.get_if<std::string>()) {
        return b.get_if<std::string>() && *text == *b.get_if<std::string>();
    }
    if (const auto* error = a.get_if<std::exception_ptr>()) {
        return b.get_if<std::exception_ptr>() && *error == b.error();
    }
    return a.is_null() && b.is_null();
}

bool operator<(const Value& a, const Value& b) {
    if (a.get_if<std::string>() && b.get_if<std::string>()) {
        return *a.get_if<std::string>() < *b.get_if<std::string>();
    }
    if (a.get_if<std::shared_ptr<const List>>() && b.get_if<std::shared_ptr<const List>>()) {
        return a.list() < b.list();
    }
    return a.number() < b.number();
}

Value to_value(const Json& json) {
    switch (json.type()) {
    case Json::value_t::null:
        return {};
    case Json::value_t::boolean:
        return json.get<bool>();
    case Json::value_t::string:
        return json.get<std::string>();
    case Json::value_t::array: {
        List list;
        for (const Json& item : json) {
            list.push_back(to_value(item));
        }
        return list;
    }
    default:
        return json.get<std::int64_t>();
    }
}

std::string printed(const std::string& name, const std::string& message) {
    return message.empty() ? name : name + "(" + message + ")";
}

ScenarioError::ScenarioError(std::string name, std::string message)
    : name_(std::move(name)), printed_(conformance::printed(name_, message)) {}

Value* Scope::find(std::string_view name) const {
    for (const Scope* scope = this; scope != nullptr; scope = scope->parent_.get()) {
        if (const auto found = scope->own_.find(name); found != scope->own_.end()) {
            return const_cast<Value*>(&found->second);
        }
    }
    bad_scenario("unknown variable " + std::string(name));
}

void Scope::add(std::string_view name, std::int64_t amount) {
    Value* variable = find(name);
    *variable = variable->number() + amount;
}

namespace {
/// Returns: the end of the name that begins behind the brace at `begin`, or npos if none does.
std::size_t end_of_name(const std::string& pattern, std::size_t begin) {
    std::size_t end = begin + 1;
    while (end < pattern.size() &&
           (std::isalnum(static_cast<unsigned char>(pattern[end])) || pattern[end] == '_')) {
        ++end;
    }
    return end > begin + 1 && end < pattern.size() && pattern[end] == '}' ? end : pattern.npos;
}
} // namespace

std::string Scope::text(const std::string& pattern) const {
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const std::size_t end = pattern[i] == '{' ? end_of_name(pattern, i) : pattern.npos;
        if (end == pattern.npos) {
            text += pattern[i];
        } else {
            text += get(std::string_view(pattern).substr(i + 1, end - i - 1)).printed();
            i = end;
        }
    }
    return text;
}

Value Scope::value(const Json& json) const {
    if (json.is_string()) {
        const auto& pattern = json.get_ref<const std::string&>();
        if (pattern.starts_with('{') && end_of_name(pattern, 0) == pattern.size() - 1) {
            return get(std::string_view(pattern).substr(1, pattern.size() - 2));
        }
        return text(pattern);
    }
    if (json.is_array()) {
        List list;
        for (const Json& item : json) {
            list.push_back(value(item));
        }
        return list;
    }
    return to_value(json);
}

} // namespace conformance
