# The columns of CPython: asyncio, and uvloop (the same interface on libuv) with AIO_PEER_UVLOOP=1.
#
#   asyncio_peer.py list | WORKLOAD | echo PORT | echo_protocol PORT
#
# Where the cost is linear, a sample does less than in the compiled programs, so that it stays near
# a second. Each workload has a fresh process, and a loop that has done nothing before.
from __future__ import annotations

import asyncio
import gc
import os
import random
import resource
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import cast

Loop = asyncio.AbstractEventLoop

CHAIN = 300_000
BURST = 300_000
TIMERS = 300_000
LIVE_TIMERS = 10_000
CHURN_MOVES = 300_000
YIELDS = 300_000
TASKS = 100_000
AWAITS = 3_000_000
POSTS = 200_000
ROUND_TRIPS = 10_000
BATCHED_JOBS = 50_000
BATCH = 1_000


def new_loop() -> Loop:
    if os.environ.get("AIO_PEER_UVLOOP") == "1":
        import uvloop

        return uvloop.new_event_loop()
    return asyncio.new_event_loop()


def report(workload: str, value: float, unit: str = "ns") -> None:
    print(f"{workload} {value:.3f} {unit}", flush=True)


def memory_bytes() -> int:
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def peak_memory_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def nothing() -> None:
    pass


def chain(workload: str, loop: Loop) -> None:
    left = CHAIN

    def step() -> None:
        nonlocal left
        left -= 1
        if left:
            loop.call_soon(step)
        else:
            loop.stop()

    loop.call_soon(step)
    begin = time.perf_counter_ns()
    loop.run_forever()
    report(workload, (time.perf_counter_ns() - begin) / CHAIN)


def call_soon_chain(loop: Loop) -> None:
    chain("call_soon_chain", loop)


def call_soon_chain_io(loop: Loop) -> None:
    """The same beside a pipe in which nothing comes, and a far timer."""
    reading, _ = os.pipe()
    loop.add_reader(reading, nothing)
    loop.call_later(3600, nothing)
    chain("call_soon_chain_io", loop)


def burst(workload: str, loop: Loop) -> None:
    total = 0

    def add_up(a: int, b: int, c: int) -> None:
        nonlocal total
        total += a + b + c

    gc.collect()
    begin = time.perf_counter_ns()
    for i in range(BURST):
        loop.call_soon(add_up, i, i + 1, i + 2)
    loop.call_soon(loop.stop)
    loop.run_forever()
    report(workload, (time.perf_counter_ns() - begin) / BURST)


def call_soon_burst(loop: Loop) -> None:
    before = memory_bytes()
    burst("call_soon_burst_cold", loop)
    report("call_soon_burst_bytes", (peak_memory_bytes() - before) / BURST, "B")
    burst("call_soon_burst", loop)


def timers_fire(loop: Loop) -> None:
    numbers = random.Random(1)
    delays = [numbers.random() * 0.05 for _ in range(TIMERS)]
    fired = 0

    def count() -> None:
        nonlocal fired
        fired += 1
        if fired == TIMERS:
            loop.stop()

    begin, begin_processor = time.perf_counter_ns(), time.process_time_ns()
    for delay in delays:
        loop.call_later(delay, count)
    loop.run_forever()
    report("timers_fire", (time.perf_counter_ns() - begin) / TIMERS)
    report("timers_fire_cpu", (time.process_time_ns() - begin_processor) / TIMERS)


def timers_cancel(loop: Loop) -> None:
    order = list(range(TIMERS))
    random.Random(1).shuffle(order)
    begin = time.perf_counter_ns()
    handles = [loop.call_later(60, nothing) for _ in range(TIMERS)]
    for i in order:
        handles[i].cancel()
    report("timers_cancel", (time.perf_counter_ns() - begin) / TIMERS)


async def move_timers(loop: Loop) -> None:
    numbers = random.Random(1)
    handles = [loop.call_later(1 + numbers.random() * 60, nothing) for _ in range(LIVE_TIMERS)]
    moves = [
        (numbers.randrange(LIVE_TIMERS), 1 + numbers.random() * 60) for _ in range(CHURN_MOVES)
    ]
    begin = time.perf_counter_ns()
    for number, (i, delay) in enumerate(moves):
        handles[i].cancel()
        handles[i] = loop.call_later(delay, nothing)
        if number % 64 == 0:
            await asyncio.sleep(0)
    report("timers_churn", (time.perf_counter_ns() - begin) / CHURN_MOVES)


def timers_churn(loop: Loop) -> None:
    loop.run_until_complete(move_timers(loop))


async def yield_often() -> None:
    begin = time.perf_counter_ns()
    for _ in range(YIELDS):
        await asyncio.sleep(0)
    report("coro_yield", (time.perf_counter_ns() - begin) / YIELDS)


def coro_yield(loop: Loop) -> None:
    loop.run_until_complete(yield_often())


async def trivial(i: int) -> int:
    return i


async def start_and_await_all(workload: str) -> None:
    gc.collect()
    begin = time.perf_counter_ns()
    await asyncio.gather(*[trivial(i) for i in range(TASKS)])
    report(workload, (time.perf_counter_ns() - begin) / TASKS)


def spawn_join(loop: Loop) -> None:
    before = memory_bytes()
    loop.run_until_complete(start_and_await_all("spawn_join_cold"))
    report("spawn_join_bytes", (peak_memory_bytes() - before) / TASKS, "B")
    loop.run_until_complete(start_and_await_all("spawn_join"))


async def leaf(x: int) -> int:
    return x + 1


async def call_often() -> None:
    x = 0
    begin = time.perf_counter_ns()
    for _ in range(AWAITS):
        x = await leaf(x)
    report("nested_await", (time.perf_counter_ns() - begin) / AWAITS)


def nested_await(loop: Loop) -> None:
    loop.run_until_complete(call_often())


def post_threadsafe(loop: Loop) -> None:
    left = POSTS

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            loop.stop()

    def post_all() -> None:
        for _ in range(POSTS):
            loop.call_soon_threadsafe(count)

    begin = time.perf_counter_ns()
    poster = threading.Thread(target=post_all)
    poster.start()
    loop.run_forever()
    report("post_threadsafe", (time.perf_counter_ns() - begin) / POSTS)
    poster.join()


def loop_pingpong(here: Loop) -> None:
    there = new_loop()
    left = ROUND_TRIPS

    def ping() -> None:
        nonlocal left
        left -= 1
        if left >= 0:
            there.call_soon_threadsafe(pong)
        else:
            there.call_soon_threadsafe(there.stop)
            here.stop()

    def pong() -> None:
        here.call_soon_threadsafe(ping)

    other = threading.Thread(target=there.run_forever)
    begin = time.perf_counter_ns()
    other.start()
    here.call_soon(ping)
    here.run_forever()
    report("loop_pingpong", (time.perf_counter_ns() - begin) / ROUND_TRIPS)
    other.join()


async def jobs_one_by_one(loop: Loop) -> None:
    with ThreadPoolExecutor(1) as pool:
        begin = time.perf_counter_ns()
        for _ in range(ROUND_TRIPS):
            await loop.run_in_executor(pool, int)
        report("executor_roundtrip", (time.perf_counter_ns() - begin) / ROUND_TRIPS)


def executor_roundtrip(loop: Loop) -> None:
    loop.run_until_complete(jobs_one_by_one(loop))


async def jobs_in_batches(loop: Loop) -> None:
    with ThreadPoolExecutor(1) as pool:
        begin = time.perf_counter_ns()
        for _ in range(BATCHED_JOBS // BATCH):
            await asyncio.gather(*[loop.run_in_executor(pool, int) for _ in range(BATCH)])
        report("executor_batch", (time.perf_counter_ns() - begin) / BATCHED_JOBS)


def executor_batch(loop: Loop) -> None:
    loop.run_until_complete(jobs_in_batches(loop))


async def send_back(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while received := await reader.read(64 * 1024):
            writer.write(received)
    except ConnectionError:
        pass
    writer.close()


async def serve_streams(port: int) -> None:
    server = await asyncio.start_server(send_back, "127.0.0.1", port)
    await server.serve_forever()


class SendBack(asyncio.Protocol):
    """The layer below streams: the loop calls it with what came, and there is no task at all."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.WriteTransport, transport)  # uvloop's is no subclass

    def data_received(self, data: bytes) -> None:
        self.transport.write(data)


async def serve_protocol(port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(SendBack, "127.0.0.1", port)
    await server.serve_forever()


WORKLOADS: tuple[Callable[[Loop], None], ...] = (
    call_soon_chain,
    call_soon_chain_io,
    call_soon_burst,
    timers_fire,
    timers_cancel,
    timers_churn,
    coro_yield,
    spawn_join,
    nested_await,
    post_threadsafe,
    loop_pingpong,
    executor_roundtrip,
    executor_batch,
)
SERVERS: dict[str, Callable[[int], Awaitable[None]]] = {
    "echo": serve_streams,
    "echo_protocol": serve_protocol,
}


def main(arguments: list[str]) -> int:
    wish = arguments[1] if len(arguments) > 1 else "list"
    workloads = {workload.__name__: workload for workload in WORKLOADS}
    loop = new_loop()
    asyncio.set_event_loop(loop)
    if wish in SERVERS and len(arguments) > 2:
        loop.run_until_complete(SERVERS[wish](int(arguments[2])))
    elif wish in workloads:
        workloads[wish](loop)
        os._exit(0)  # a million handles need long to be collected, and nobody waits for that
    else:
        print("\n".join([*workloads, *SERVERS]))
        return 0 if wish == "list" else 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
