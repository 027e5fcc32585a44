from __future__ import annotations
from lab.sandbox import *


def probe(tools, stage, workers, cgroups, allow_reduced, trust):
    import shutil
    from lab.sandbox import make_shell, Sandbox

    return Sandbox(
        make_shell(stage, bwrap=shutil.which("bwrap")), stage, cgroups, Isolation("full")
    )
