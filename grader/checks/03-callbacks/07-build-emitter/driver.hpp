// driver.hpp: hands the student's Emitter to the script of the case.
#pragma once
#include "script.hpp"

namespace exercise {

class TheirEmitter final : public AnyEmitter {
public:
    int on(std::string event, std::function<void(int)> f) override {
        return emitter_.on(std::move(event), std::move(f));
    }
    int once(std::string event, std::function<void(int)> f) override {
        return emitter_.once(std::move(event), std::move(f));
    }
    bool off(int id) override { return emitter_.off(id); }
    int emit(std::string event, int value) override {
        return emitter_.emit(std::move(event), value);
    }
    aio::Coro<int> wait_event(std::string event) override {
        return emitter_.wait_event(std::move(event));
    }

private:
    Emitter emitter_;
};

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    exercise::run_script(seed, []() -> std::unique_ptr<exercise::AnyEmitter> {
        return std::make_unique<exercise::TheirEmitter>();
    });
}
