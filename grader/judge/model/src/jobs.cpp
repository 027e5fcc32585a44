// jobs.cpp: what a job does on its worker, how its outcome comes back, and the end of a pool.
#include "interpreter.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

namespace lab::model {

using Op = Step::Op;

Pool& Interpreter::open_pool(std::size_t workers, bool separate_memory) {
    if (switches_.one_worker) {
        workers = 1;
    } else if (switches_.unlimited_pool) {
        workers = std::numeric_limits<std::size_t>::max();
    }
    return pools_.open(workers, separate_memory);
}

/// A body's pool ends with that body.
void Interpreter::make_pool(Task& task, const Step& step) {
    Pool& pool = open_pool(static_cast<std::size_t>(step.number), step.op == Op::process_pool);
    pool_names_[step.name] = &pool;
    task.frames.back().pools.push_back(&pool);
}

/// Returns: null if nothing has that name.
Pool* Interpreter::pool_named(const std::string& name) {
    if (!name.empty()) {
        const auto found = pool_names_.find(name);
        return found != pool_names_.end() ? found->second : nullptr;
    }
    if (default_pool_ == nullptr) {
        default_pool_ = &open_pool(32, false); // as many workers as the runtime's has
    }
    return default_pool_;
}

void Interpreter::run_in_executor(Task& task, const Step& step) {
    Pool* const pool = pool_named(step.text);
    if (pool == nullptr) {
        return;
    }
    if (pool->closed) {
        raise(task, {.cancelled = false,
                     .text = pool == default_pool_ ? "the default executor has been shut down"
                                                   : "cannot schedule new jobs after shutdown"});
        return;
    }
    auto made = std::make_unique<JobFuture>();
    JobFuture& future = *made;
    owned_.push_back(std::move(made));
    names_[step.name] = {.future = &future, .callback = 0};
    const auto job = [this, &body = step.body, next = std::size_t{0}, &future,
                      lines = !pool->separate_memory]() mutable {
        return go_on_with_job(body, next, future, lines);
    };
    future.job = pools_.submit(*pool, job, loop_.now());
    if (switches_.job_holds_loop) {
        loop_.block_until([&] { return pools_.has_ended(future.job); });
    }
}

/// On the worker, from where it stopped to the next block or the end. Returns: when it goes on.
std::optional<ms> Interpreter::go_on_with_job(const Body& body, std::size_t& next,
                                              JobFuture& future, bool lines) {
    std::string value;
    std::optional<Thrown> thrown;
    while (next < body.size()) {
        const Step& step = body[next++];
        if (step.op == Op::block) {
            return loop_.now() + std::max(step.delay, ms{0});
        }
        if (step.op == Op::co_return_) {
            value = step.text;
            break;
        }
        if (step.op == Op::fail) {
            thrown = Thrown{.cancelled = false, .text = step.text};
            break;
        }
        if (step.op == Op::say) {
            if (lines) {
                observed_.transcript.push_back({loop_.now(), step.text});
            }
        } else if (step.op == Op::call_soon_threadsafe && lines) {
            loop_.post([this, &step] { run_callback(step.body); });
        } else {
            throw std::invalid_argument("a job says, blocks, fails, returns or posts");
        }
    }
    loop_.post([this, &future, value, thrown] {
        if (!future.done) { // or else it was cancelled meanwhile
            complete(future, value, thrown);
        }
    });
    return std::nullopt;
}

/// A future of a job was cancelled: the job is taken out of the queue on the next turn.
void Interpreter::cancel_job(JobFuture& future) {
    if (switches_.cancel_stops_job) {
        pools_.stop(future.job, loop_.now());
    } else {
        loop_.soon([this, job = future.job] { pools_.drop(job); });
    }
}

/// executor_overlaps: a function waits for what it awaits from a worker when it uses the result,
/// and at its end. Returns: what it has to wait for now, or null.
JobFuture* Interpreter::due_at_last(Task& task) {
    Frame* const function = call_frame(task);
    if (function == nullptr || function->put_off.empty()) {
        return nullptr;
    }
    const Frame& frame = task.frames.back();
    const bool over = &frame == function && frame.next == frame.body->size();
    if (!over) {
        if (frame.next == frame.body->size()) {
            return nullptr;
        }
        const Step& next = (*frame.body)[frame.next];
        if (next.op != Op::co_return_ && next.text.find("{}") == std::string::npos) {
            return nullptr;
        }
    }
    JobFuture* const due = function->put_off.front();
    function->put_off.pop_front();
    return due;
}

/// Leaving a body destroys its pools, and that waits for their jobs.
Frame Interpreter::leave(Task& task) {
    Frame left = std::move(task.frames.back());
    task.frames.pop_back();
    for (auto pool = left.pools.rbegin(); pool != left.pools.rend(); ++pool) {
        (*pool)->closed = true;
        if ((*pool)->busy()) {
            loop_.block_until([pool] { return !(*pool)->busy(); });
        }
    }
    return left;
}

/// The end of run() waits for the default pool's jobs, but no longer than five minutes.
void Interpreter::shut_down_default_pool() {
    Future& idle = new_future();
    Future& ended = new_future();
    const auto is_idle = [this, &idle] {
        if (!idle.done) {
            complete(idle, {}, {});
        }
    };
    Loop::Number limit = 0;
    loop_.soon([&, this] {
        default_pool_->closed = true;
        const auto tell = [this, is_idle] { loop_.post(is_idle); };
        if (default_pool_->busy()) {
            default_pool_->when_idle.emplace_back(tell);
        } else {
            tell();
        }
        limit = loop_.later(std::chrono::minutes(5), is_idle);
    });
    listen(idle, nullptr, [&, this] {
        loop_.cancel(limit);
        complete(ended, {}, {});
    });
    turn_until(ended);
    default_pool_->when_idle.clear();
}

} // namespace lab::model
