// errors.cpp: which name of the language an error of the runtime has, and which patterns it
// matches.
#include "value.hpp"

#include <array>

namespace conformance {
namespace {

struct Known {
    std::string name;
    std::string printed;
    bool stop = false;
    bool exception = true; ///< matched by "Exception"
    bool group = false;
};

Known plain(const std::string& name) { return {.name = name, .printed = name}; }

Known grouped(const aio::ExceptionGroup& group) {
    std::string list;
    for (const auto& error : group.errors) {
        list += (list.empty() ? "" : ", ") + printed(error);
    }
    return {.name = "ExceptionGroup", .printed = "ExceptionGroup[" + list + "]", .group = true};
}

Known know(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const ScenarioError& e) {
        return {.name = e.name(), .printed = e.what()};
    } catch (const aio::CancelledError& e) {
        return {.name = "CancelledError",
                .printed = printed("CancelledError", e.message()),
                .exception = false};
    } catch (const ScenarioExit& e) {
        return {
            .name = "SystemExit", .printed = printed("SystemExit", e.message), .exception = false};
    } catch (const Stop& e) {
        return {.name = "Stop", .printed = e.why, .stop = true};
    } catch (const BadScenario&) {
        return {.name = "BadScenario", .printed = "BadScenario", .stop = true};
    } catch (const aio::DeadlockError&) {
        return {.name = "deadlock", .printed = "deadlock", .stop = true};
    } catch (const aio::ExceptionGroup& e) {
        return grouped(e);
    } catch (const aio::InvalidStateError&) {
        return plain("InvalidStateError");
    } catch (const aio::TimeoutError&) {
        return plain("TimeoutError");
    } catch (const aio::ValueError&) {
        return plain("ValueError");
    } catch (const aio::QueueEmpty&) {
        return plain("QueueEmpty");
    } catch (const aio::QueueFull&) {
        return plain("QueueFull");
    } catch (const aio::Error&) {
        return plain("RuntimeError");
    } catch (const std::exception& e) {
        return plain(e.what());
    } catch (...) {
        return plain("unknown error");
    }
}

} // namespace

std::string name_of(const std::exception_ptr& error) { return know(error).name; }
std::string printed(const std::exception_ptr& error) { return know(error).printed; }
bool is_stop(const std::exception_ptr& error) { return error != nullptr && know(error).stop; }

bool matches(const std::string& pattern, const std::exception_ptr& error) {
    const Known known = know(error);
    if (known.stop) {
        return false;
    }
    return pattern == "BaseException" || (pattern == "Exception" && known.exception) ||
           pattern == known.name;
}

std::exception_ptr make_error(const std::string& name, const std::string& message) {
    if (name == "CancelledError") {
        return std::make_exception_ptr(aio::CancelledError(message));
    }
    if (name == "SystemExit") {
        ScenarioExit exit;
        exit.message = message;
        return std::make_exception_ptr(exit);
    }
    return std::make_exception_ptr(ScenarioError(name, message));
}

} // namespace conformance
