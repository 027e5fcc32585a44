// jobs_on_runtime.cpp: interprets jobs on the runtime's workers; signals.
#include "jobs_on_runtime.hpp"

#include "on_runtime.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace lab::model;
using Op = Step::Op;

Text run_job(World& world, aio::EventLoop& loop, const Body& body) {
    for (const Step& step : body) {
        switch (step.op) {
        case Op::say:
            world.observed.transcript.push_back({aio::now(), step.text});
            break;
        case Op::block:
            aio::block_for(step.delay);
            break;
        case Op::call_soon_threadsafe:
            if (!world.over) { // then the loop is gone
                loop.call_soon_threadsafe([&world, &step] { run_callback(world, step.body); });
            }
            break;
        case Op::fail:
            throw aio::Error(step.text);
        default:
            return step.text;
        }
    }
    return {};
}

/// In the worker's process, which gets what can be written down.
Text run_in_process(const std::vector<std::int64_t>& blocks, bool fails, Text result) {
    for (const std::int64_t span : blocks) {
        aio::block_for(ms(span));
    }
    if (fails) {
        throw aio::Error(result);
    }
    return result;
}

aio::Future<Text> submit(aio::ProcessPool& pool, const Body& body) {
    std::vector<std::int64_t> blocks;
    for (const Step& step : body) {
        if (step.op == Op::block) {
            blocks.push_back(step.delay.count());
        } else if (step.op == Op::fail || step.op == Op::co_return_) {
            return aio::get_running_loop().run_in_executor(&pool, &run_in_process, blocks,
                                                           step.op == Op::fail, step.text);
        }
    }
    return aio::get_running_loop().run_in_executor(&pool, &run_in_process, blocks, false, Text());
}

/// The pool ends with `body`.
void make_pool(World& world, PoolsOfBody& body, const Step& step) {
    const auto workers = static_cast<std::size_t>(step.number);
    if (step.op == Op::thread_pool) {
        body.pools.emplace_back(std::make_shared<aio::ThreadPool>(workers));
    } else {
        body.pools.emplace_back(std::make_shared<aio::ProcessPool>(workers));
    }
    world.pools[step.name] = body.pools.back();
}

/// Without effect if the pool has not been made.
void run_in_executor(World& world, const Step& step) {
    auto& loop = aio::get_running_loop();
    const auto job = [&world, &loop, &step] { return run_job(world, loop, step.body); };
    if (step.text.empty()) {
        world.names[step.name] = loop.run_in_executor(nullptr, job);
    } else if (const auto found = world.pools.find(step.text); found != world.pools.end()) {
        if (const auto* threads = std::get_if<std::shared_ptr<aio::ThreadPool>>(&found->second)) {
            world.names[step.name] = loop.run_in_executor(threads->get(), job);
        } else {
            auto& processes = *std::get<std::shared_ptr<aio::ProcessPool>>(found->second);
            world.names[step.name] = submit(processes, step.body);
        }
    }
}

/// A signal that nobody has asked for would end this program.
void raise_at(World& world, const Step& step) {
    auto& loop = aio::get_running_loop();
    if (world.signals.insert(step.number).second) {
        loop.add_signal_handler(step.number, [] {});
    }
    loop.raise_at(aio::time_point(step.delay), step.number);
}

void on_signal(World& world, const Step& step) {
    world.signals.insert(step.number);
    aio::get_running_loop().add_signal_handler(step.number,
                                               [&world, &step] { run_callback(world, step.body); });
}

} // namespace

PoolsOfBody::~PoolsOfBody() {
    for (auto pool = pools.rbegin(); pool != pools.rend(); ++pool) {
        std::visit([](auto& made) { made->shutdown(); }, *pool);
    }
    scope.pools = outer;
}

bool run_outside_step(World& world, const Scope& scope, const Step& step) {
    switch (step.op) {
    case Op::thread_pool:
    case Op::process_pool:
        make_pool(world, *scope.pools, step);
        return true;
    case Op::run_in_executor:
        run_in_executor(world, step);
        return true;
    case Op::call_soon_threadsafe:
        aio::get_running_loop().call_soon_threadsafe(
            [&world, &step] { run_callback(world, step.body); });
        return true;
    case Op::on_signal:
        on_signal(world, step);
        return true;
    case Op::raise_at:
        raise_at(world, step);
        return true;
    default:
        return false;
    }
}
