// runtime_world.hpp: what a program has made so far when it runs on the real runtime.
#pragma once

#include "model/model.hpp"

#include <aio/lab.hpp>

#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using Text = std::string;

/// Takes down the warnings that the model knows too.
class Listening final : public aio::Tracer {
public:
    explicit Listening(lab::model::Observed& observed) : observed_(observed) {
        aio::set_tracer(this);
    }
    ~Listening() override { aio::set_tracer(nullptr); }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;

    void event(std::string_view name, std::initializer_list<aio::TraceField> fields) override {
        if (name != "warn") {
            return;
        }
        const Text code(fields.begin()->text);
        if (code == "never_awaited" || code == "nested_run" || code == "exception_in_callback") {
            observed_.warnings.push_back({aio::now(), code, Text((fields.begin() + 1)->text)});
        }
    }

private:
    lab::model::Observed& observed_;
};

using AnyPool = std::variant<std::shared_ptr<aio::ThreadPool>, std::shared_ptr<aio::ProcessPool>>;

struct World {
    std::map<Text, std::variant<aio::Task<Text>, aio::Future<Text>, aio::Handle, aio::TimerHandle,
                                aio::AnyTask>>
        names;
    std::map<Text, AnyPool> pools; ///< also those that have been shut down
    lab::model::Observed observed;
    std::set<int> signals; ///< that have a handler
    bool over = false;     ///< the loop is closed

    std::optional<aio::Future<Text>> future(const Text& name) const {
        const auto found = names.find(name);
        if (found == names.end()) {
            return std::nullopt;
        }
        if (const auto* task = std::get_if<aio::Task<Text>>(&found->second)) {
            return *task;
        }
        const auto* future = std::get_if<aio::Future<Text>>(&found->second);
        return future != nullptr ? std::optional(*future) : std::nullopt;
    }
};

struct PoolsOfBody;

/// What one call of a function knows.
struct Scope {
    Text result;                    ///< of the latest await
    std::exception_ptr caught = {}; ///< in a handler
    Text returned = {};
    PoolsOfBody* pools = nullptr; ///< of the innermost body
};

/// The pools that a body has made. They end with it.
struct PoolsOfBody {
    explicit PoolsOfBody(Scope& of) : scope(of), outer(std::exchange(of.pools, this)) {}
    ~PoolsOfBody();
    PoolsOfBody(const PoolsOfBody&) = delete;
    PoolsOfBody& operator=(const PoolsOfBody&) = delete;

    Scope& scope;
    PoolsOfBody* const outer;
    std::vector<AnyPool> pools = {};
};

inline Text list_of(const std::vector<Text>& values) {
    Text list;
    for (const Text& value : values) {
        list += (&value == values.data() ? "" : ", ") + value;
    }
    return "[" + list + "]";
}

inline Text filled(const Scope& scope, Text text) {
    for (auto place = text.find("{}"); place != text.npos;
         place = text.find("{}", place + scope.result.size())) {
        text.replace(place, 2, scope.result);
    }
    return text;
}
