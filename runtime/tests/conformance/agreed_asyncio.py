# The reference, with each difference that DIFFERENCES.md lists, under its number.
"""The reference with what DIFFERENCES.md lists: one change for each entry, by its number."""
import contextlib
import heapq

import run_asyncio


class AgreedLoop(run_asyncio.VirtualLoop):
    due = None  # the time of the outside event that happens now

    def set_debug(self, enabled):
        """D1: CPython also posts a callback, which turns the tracking of coroutines on."""
        self._debug = enabled

    def _check_callback(self, callback, method):
        """D1: the reference's jobs are no callables, which CPython minds in debug mode."""

    def select(self, timeout):
        """D2: events that a block has passed happen at their own time, not at its end."""
        events, self._external = self._external, []
        if events:
            left = max(0, events[0][0] - self.now)
            timeout = left if timeout is None else min(timeout, left)
        super().select(timeout)
        self._external = events
        while events and events[0][0] <= self.now:
            self.due, _, happen = heapq.heappop(events)
            happen()
        self.due = None
        return []


class AgreedPool(run_asyncio._Pool):
    def _start(self):
        """D2: a job begins when its worker is free, also while the loop is blocked."""
        while self.free and self.waiting:
            future, job = self.waiting.pop(0)
            if not future.set_running_or_notify_cancel():
                continue
            self.free -= 1
            loop = self.env.loop
            begin = loop.now if loop.due is None else loop.due
            loop.external(begin + job[0], lambda f=future, j=job: self._finish(f, j))


@contextlib.contextmanager
def differences():
    """Scenarios that run in this block run by the agreed rules."""
    before = run_asyncio.VirtualLoop, run_asyncio._Pool
    run_asyncio.VirtualLoop, run_asyncio._Pool = AgreedLoop, AgreedPool
    try:
        yield
    finally:
        run_asyncio.VirtualLoop, run_asyncio._Pool = before
