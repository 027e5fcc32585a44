// aio.hpp: the whole runtime, in reading order. Start with the first line and follow them down.
#pragma once

// Floor 0: durations, errors, ownership
#include "aio/contract.hpp"
#include "aio/time.hpp"
#include "aio/error.hpp"
#include "aio/callback.hpp"
#include "aio/plain_array.hpp"
#include "aio/unique_fd.hpp"
#include "aio/trace.hpp"
// Floor 1: something to call later
#include "aio/clock.hpp"
#include "aio/handle.hpp"
#include "aio/spin.hpp"
// Floor 2: order, readiness
#include "aio/ready_queue.hpp"
#include "aio/inbox.hpp"
#include "aio/timer_slots.hpp"
#include "aio/timer_queue.hpp"
#include "aio/selector.hpp"
// Floor 3: one turn of the loop
#include "aio/event_loop.hpp"
#include "aio/epoll_selector.hpp"
// Floor 4: a result that is not there yet
#include "aio/recycled.hpp"
#include "aio/future.hpp"
// Floor 4 too, and on its own: JavaScript's queues and promises
#include "aio/js/queues.hpp"
#include "aio/js/promise_state.hpp"
#include "aio/js/promise.hpp"
#include "aio/js/combine.hpp"
#include "aio/js/async.hpp"
#include "aio/js/element.hpp"
// Floor 5: suspension, cancellation
#include "aio/coro.hpp"
#include "aio/task.hpp"
// Floor 6: structure
#include "aio/sleep.hpp"
#include "aio/gather.hpp"
#include "aio/wait.hpp"
#include "aio/timeout.hpp"
#include "aio/task_group.hpp"
// Floor 7: waiting for each other
#include "aio/waiting_line.hpp"
#include "aio/event.hpp"
#include "aio/lock.hpp"
#include "aio/semaphore.hpp"
#include "aio/condition.hpp"
#include "aio/barrier.hpp"
#include "aio/queue.hpp"
#include "aio/as_completed.hpp"
#include "aio/async_generator.hpp"
// Floor 8: the outside
#include "aio/uring_selector.hpp"
#include "aio/channel.hpp"
#include "aio/stream.hpp"
#include "aio/sim_network.hpp"
#include "aio/signals.hpp"
#include "aio/subprocess.hpp"
#include "aio/job.hpp"
#include "aio/thread_pool.hpp"
#include "aio/executor.hpp"
#include "aio/threadsafe.hpp"
#include "aio/wire.hpp"
#include "aio/fork_server.hpp"
#include "aio/process_pool.hpp"
// Floor 9: a program
#include "aio/run.hpp"
