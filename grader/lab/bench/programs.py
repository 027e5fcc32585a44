# Builds the benchmarks: a CMake project of its own, since they are compiled as fast as can be.
from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from lab import build
from lab.places import Places
from lab.state import locked

SOURCE = Path("runtime/bench")


def folder(places: Places) -> Path:
    return places.state / "bench"


def prepare(places: Places, targets: Sequence[str]) -> Path:
    """Configures and builds. Returns: the folder with the programs.

    Configures each time: a library that was installed since brings its peer.
    Throws: LabError without compiler or CMake; LabFault when it does not build.
    """
    cmake, made = build.require_tools(), folder(places)
    with locked(places.state / "bench.lock", "lab: another ./lab is building; waiting for it"):
        if build.was_made_elsewhere(made, places.root / SOURCE):
            shutil.rmtree(made, ignore_errors=True)
        progress = build.Progress(False, "the benchmarks (-O3, about a minute the first time)")
        source = str(places.root / SOURCE)
        configuring = [cmake, "-S", source, "-B", str(made), "-G", "Ninja"]
        build.step(places, progress, configuring, "configure")
        building = [cmake, "--build", str(made)]
        build.step(places, progress, [*building, "--target", *targets], "build")
        progress.done()
    return made / "bin"
