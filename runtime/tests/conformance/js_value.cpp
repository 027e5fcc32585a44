// js_value.cpp: printing, comparing and reading the values of JavaScript scenarios.
#include "js_value.hpp"

#include <cctype>

namespace conformance::js {

bool Value::truthy() const {
    if (const auto* flag = std::get_if<bool>(&data)) {
        return *flag;
    }
    if (const auto* number = std::get_if<std::int64_t>(&data)) {
        return *number != 0;
    }
    if (const auto* text = std::get_if<std::string>(&data)) {
        return !text->empty();
    }
    return !std::holds_alternative<Undefined>(data) &&
           !std::holds_alternative<std::nullptr_t>(data);
}

std::int64_t Value::number() const {
    if (const auto* number = std::get_if<std::int64_t>(&data)) {
        return *number;
    }
    throw BadScenario("a number was needed, not " + print(*this));
}

Value value_of(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const Thrown& thrown) {
        return thrown.value;
    } catch (const BadScenario&) {
        throw;
    } catch (const aio::js::AggregateError& all) {
        return {std::make_shared<const ErrorData>(ErrorData{"AggregateError", "", all.errors})};
    } catch (const aio::js::TypeError&) {
        return make_error("TypeError", "");
    }
}

namespace {

template <class Items, class Print> std::string joined(const Items& items, Print print_one) {
    std::string text;
    for (const auto& item : items) {
        text += (text.empty() ? "" : ", ") + print_one(item);
    }
    return text;
}

std::string print_error(const ErrorData& error) {
    if (error.name == "AggregateError") {
        const auto one = [](const std::exception_ptr& e) { return print(value_of(e)); };
        return "AggregateError[" + joined(error.errors, one) + "]";
    }
    return error.message.empty() ? error.name : error.name + "(" + error.message + ")";
}

struct Printer {
    std::string operator()(Undefined) const { return "undefined"; }
    std::string operator()(std::nullptr_t) const { return "null"; }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(const std::shared_ptr<const List>& list) const {
        return "[" + joined(*list, print) + "]";
    }
    std::string operator()(const std::shared_ptr<const ErrorData>& error) const {
        return print_error(*error);
    }
    std::string operator()(const std::shared_ptr<const Entry>& entry) const {
        return entry->value ? "ok:" + print(*entry->value) : "err:" + print(value_of(entry->error));
    }
};

} // namespace

std::string print(const Value& value) { return std::visit(Printer(), value.data); }

Value::Value(List list) : data(std::make_shared<const List>(std::move(list))) {}

Value::Value(const std::vector<aio::js::Settled<Value>>& ends) {
    List list;
    for (const auto& end : ends) {
        auto value = end.value ? std::make_shared<const Value>(*end.value) : nullptr;
        list.push_back({std::make_shared<const Entry>(Entry{std::move(value), end.error})});
    }
    data = std::make_shared<const List>(std::move(list));
}

Value make_error(std::string name, std::string message) {
    if (name != "Error" && name != "TypeError" && name != "RangeError" && name != "AppError") {
        throw BadScenario("unknown error " + name);
    }
    return {std::make_shared<const ErrorData>(ErrorData{std::move(name), std::move(message), {}})};
}

Value add(const Value& a, const Value& b) {
    if (std::holds_alternative<std::string>(a.data) ||
        std::holds_alternative<std::string>(b.data)) {
        return {print(a) + print(b)};
    }
    return {a.number() + b.number()};
}

bool less(const Value& a, const Value& b) {
    const auto* left = std::get_if<std::string>(&a.data);
    const auto* right = std::get_if<std::string>(&b.data);
    return left != nullptr && right != nullptr ? *left < *right : a.number() < b.number();
}

Value& Scope::find(std::string_view name) {
    for (Scope* scope = this; scope != nullptr; scope = scope->parent.get()) {
        if (const auto found = scope->vars.find(name); found != scope->vars.end()) {
            return found->second;
        }
    }
    throw BadScenario("unknown variable " + std::string(name));
}

ScopePtr below(ScopePtr parent) { return std::make_shared<Scope>(Scope{std::move(parent), {}}); }

namespace {

// Returns the length of the name in "{name}" at `begin`, or 0 if there is none.
std::size_t length_of_name(std::string_view text, std::size_t begin) {
    std::size_t end = begin + 1;
    while (end < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_')) {
        ++end;
    }
    return end < text.size() && text[end] == '}' ? end - begin - 1 : 0;
}

} // namespace

std::string fill(const std::string& text, Scope& scope) {
    std::string filled;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t length = text[i] == '{' ? length_of_name(text, i) : 0;
        if (length == 0) {
            filled += text[i];
            continue;
        }
        filled += print(scope.find(std::string_view(text).substr(i + 1, length)));
        i += length + 1;
    }
    return filled;
}

Value evaluate(const Json& json, Scope& scope) {
    switch (json.type()) {
    case Json::value_t::null:
        return {nullptr};
    case Json::value_t::boolean:
        return {json.get<bool>()};
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
        return {json.get<std::int64_t>()};
    case Json::value_t::string: {
        const auto& text = json.get_ref<const std::string&>();
        const std::size_t length = text.starts_with('{') ? length_of_name(text, 0) : 0;
        if (length > 0 && length + 2 == text.size()) {
            return scope.find(std::string_view(text).substr(1, length));
        }
        return {fill(text, scope)};
    }
    case Json::value_t::array: {
        List items;
        for (const Json& item : json) {
            items.push_back(evaluate(item, scope));
        }
        return Value(std::move(items));
    }
    default:
        throw BadScenario("not a value: " + json.dump());
    }
}

} // namespace conformance::js
