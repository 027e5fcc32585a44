// contract.cpp: how the program ends when a caller broke a promise, and how errors and warnings are
// told.
#include "aio/contract.hpp"

#include "aio/error.hpp"
#include "aio/trace.hpp"
#include "aio/unique_fd.hpp"

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <system_error>
#include <unistd.h>

namespace aio {

void detail::contract_broken(const char* condition, const char* file, int line) noexcept {
    std::fprintf(stderr, "aio: broken contract: %s (%s:%d)\n", condition, file, line);
    std::abort();
}

std::string describe(const std::exception_ptr& error) {
    if (error == nullptr) {
        return "no error";
    }
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& known) {
        return known.what();
    } catch (const CancelledError& cancelled) {
        return cancelled.message().empty() ? "cancelled" : "cancelled: " + cancelled.message();
    } catch (...) {
        return "an exception that is no std::exception";
    }
}

namespace {
WarningTarget warning_target = nullptr;
} // namespace

[[gnu::cold]] void detail::tell(std::string_view name, std::initializer_list<TraceField> fields) {
    static std::mutex one_at_a_time; // on a real clock, workers are traced while the loop is
    const std::lock_guard lock(one_at_a_time);
    tracer->event(name, fields);
}

void set_warning_target(WarningTarget target) noexcept { warning_target = target; }

void warn(std::string_view code, std::string_view text) {
    AIO_TRACE("warn", {{"code", code}, {"text", text}});
    if (warning_target != nullptr) {
        warning_target(code, text);
        return;
    }
    std::fprintf(stderr, "aio: %.*s\n", static_cast<int>(text.size()), text.data());
}

void detail::refuse(const std::string& what, int error) {
    throw std::system_error(error, std::generic_category(), what);
}

UniqueFd::~UniqueFd() {
    if (fd_ >= 0) {
        ::close(fd_);
    }
}

} // namespace aio
