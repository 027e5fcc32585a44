// js_world.hpp: a virtual world for JavaScript's half: a script, and a log of all reports.
#pragma once

#include "virtual_world.hpp"

namespace aio::testing {

struct JsWorld : VirtualWorld {
    JsWorld() {
        loop.set_exception_handler([this](const ErrorContext& context) {
            note(context.message + ": " + describe(context.error));
        });
    }

    /// Runs `script` as the first task, and then all that follows from it.
    template <class F> void run_script(F script) {
        loop.call_soon(script);
        run_until_idle();
    }

    /// An element whose listeners note their names, then again in a microtask.
    js::Element button(const std::vector<std::string>& names) {
        js::Element element;
        for (const std::string& name : names) {
            element.add_event_listener([this, name] {
                note("listener " + name);
                js::queue_microtask([this, name] { note("microtask " + name); });
            });
        }
        return element;
    }
};

} // namespace aio::testing
