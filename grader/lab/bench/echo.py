# A sample of a TCP server: the server on one core, the generator on another.
#
# The generator needs about as much time for a request as a good server does, so the rate alone
# does not tell good servers apart: the server's processor time for each request does.
from __future__ import annotations

import contextlib
import itertools
import socket
import subprocess
import time
from pathlib import Path

from lab import process
from lab.bench import machine
from lab.bench.catalog import Workload
from lab.bench.peers import Peer
from lab.bench.samples import Nonsense, read_generator

GENERATOR = "load-generator"
LOAD_SECONDS = 2.0
START_SECONDS = 10.0
LIMITS = process.Limits(cpu_seconds=60, wall_seconds=60.0)
PORTS = range(20000, 30000)  # below those that the kernel gives to outgoing connections
SERVER_CORE, GENERATOR_CORE = 0, 1

_ports = itertools.cycle(PORTS)


def sample(generator: Path, workload: Workload, peer: Peer) -> dict[str, float]:
    """Throws: Nonsense when the server cannot be reached, or the generator is not content."""
    assert workload.echo is not None
    load, port = workload.echo, free_port()
    numbers = (port, load.connections, load.size_bytes, load.pipeline, LOAD_SECONDS)
    serving = [*peer.serve, str(port)]
    quiet = subprocess.DEVNULL
    with process.started(serving, env=peer.environment, output=quiet, own_session=True) as server:
        machine.prefer(server.pid)
        machine.pin(server.pid, SERVER_CORE)
        process.limit(server, LIMITS)
        wait_for(server, port)
        before, begun = machine.process_seconds(server.pid), time.monotonic()
        command = [str(generator), *map(str, numbers)]
        with process.started(command, own_session=True) as child:
            machine.prefer(child.pid)
            machine.pin(child.pid, GENERATOR_CORE)
            done = process.finish(child, LIMITS, begun)
        used = machine.process_seconds(server.pid) - before
        if server.poll() is not None:
            raise Nonsense("the server ended under load")
    if done.status != 0:
        said = (done.errors.strip().splitlines() or [f"status {done.status}"])[0]
        raise Nonsense(f"the load generator gave up: {said}")
    return read_generator(workload.name, done.output, used)


def free_port() -> int:
    """The next port that nobody listens on."""
    for port in itertools.islice(_ports, len(PORTS)):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise Nonsense("no port is free")


def wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    """Returns when the server accepts connections. Throws: Nonsense when that does not come."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            raise Nonsense("the server ended at once")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1.0):
            return
        time.sleep(0.01)
    raise Nonsense("the server does not listen")
