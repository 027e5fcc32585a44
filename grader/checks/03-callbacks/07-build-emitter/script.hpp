// script.hpp: what the driver needs of an answer, whatever it looks like.
#pragma once
#include <lab/driver.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace exercise {

/// An Emitter of any making.
class AnyEmitter {
public:
    virtual ~AnyEmitter() = default;
    virtual int on(std::string event, std::function<void(int)> f) = 0;
    virtual int once(std::string event, std::function<void(int)> f) = 0;
    virtual bool off(int id) = 0;
    virtual int emit(std::string event, int value) = 0;
    virtual aio::Coro<int> wait_event(std::string event) = 0;
};

using MakeEmitter = std::unique_ptr<AnyEmitter> (*)();

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, MakeEmitter make);

} // namespace exercise
