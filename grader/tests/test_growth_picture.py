# The picture of how costs grow: what it says, that it says the same every time, and in every light.
from __future__ import annotations

import random
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

from lab.bench import growth_picture
from lab.bench.growth_picture import Point, bounds, draw
from lab.errors import LabError

pytest.importorskip("matplotlib", reason="pictures need python3-matplotlib")

SVG = "{http://www.w3.org/2000/svg}"
SIZES = (100, 1_000, 10_000, 100_000)
POINTS: list[Point] = [
    *(("callbacks", n, 10.0, "ns") for n in SIZES),
    *(("requests_poll", n, 2.0 * n, "ns") for n in SIZES),
    ("timers_fire", 100, 90.0, "ns"),
    ("bytes_kept", 100, 64.0, "B"),
]


def drawn(tmp_path: Path, points: list[Point], name: str = "growth.svg") -> str:
    draw(points, tmp_path / name)
    return (tmp_path / name).read_text(encoding="utf-8")


def heights(svg: str, curve: str) -> list[float]:
    """How far down from the top the curve's points are, by n."""
    found = [
        group
        for group in ElementTree.fromstring(svg).iter(f"{SVG}g")
        if group.get("id") == f"points-{curve}"
    ]
    assert len(found) == 1
    return [float(mark.get("y", "")) for mark in found[0].iter(f"{SVG}use")]


def texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_each_curve_has_a_panel_that_names_what_the_documentation_promises(tmp_path: Path) -> None:
    said = texts(drawn(tmp_path, POINTS))

    assert "call_soon, and its turn: O(1)" in said
    assert "a request, n idle: poll: O(n)" in said
    assert "bytes_kept" in said  # a curve that nobody has described yet is shown all the same
    assert said.count("n") == 4
    assert "0.2" not in said  # the two places that are left have no axes


def test_a_cost_that_stays_is_flat_and_one_that_grows_rises_evenly(tmp_path: Path) -> None:
    svg = drawn(tmp_path, POINTS)

    flat, rising = heights(svg, "callbacks"), heights(svg, "requests_poll")
    assert len(flat) == len(rising) == len(SIZES)
    assert max(flat) - min(flat) < 0.01
    steps = [before - after for before, after in zip(rising, rising[1:])]
    assert min(steps) > 5 and max(steps) - min(steps) < 0.01


def test_the_order_of_the_points_does_not_change_a_byte(tmp_path: Path) -> None:
    shuffled = POINTS.copy()
    random.Random(4).shuffle(shuffled)

    assert drawn(tmp_path, shuffled) == drawn(tmp_path, POINTS, "again.svg")
    assert not re.search(r"<dc:date>|20\d\d-\d\d-\d\d", drawn(tmp_path, POINTS))


def test_its_lines_have_the_colour_of_the_readers_page(tmp_path: Path) -> None:
    svg = drawn(tmp_path, POINTS)

    assert "prefers-color-scheme:dark" in svg and "currentColor" in svg
    colours = set(re.findall(r"#[0-9a-f]{6}\b", svg.replace(growth_picture.STYLE, "")))
    assert colours <= {growth_picture.MARK}, "another one is dark on dark, or light on light"


def test_the_promise_goes_through_the_last_point(tmp_path: Path) -> None:
    points = [("requests_poll", n, 5.0 + n, "ns") for n in SIZES]
    svg = drawn(tmp_path, points)

    group = re.search(r'<g id="promise-requests_poll">\s*<path d="([^"]*)"', svg)
    assert group
    ends = [float(y) for _, y in re.findall(r"[ML] (\S+) (\S+)", group[1])]
    assert ends[-1] == pytest.approx(heights(svg, "requests_poll")[-1])
    assert ends[0] > heights(svg, "requests_poll")[0]  # what a request costs at least


def test_noise_does_not_look_like_growth() -> None:
    low, high = bounds([100.0, 110.0])

    assert high / low >= 99
    assert low < 100 < 110 < high


@pytest.mark.parametrize(
    "points",
    [
        [],
        [("callbacks", 0, 1.0, "ns")],
        [("callbacks", 1, 0.0, "ns")],
        [("t", 1, float("nan"), "")],
    ],
)
def test_what_cannot_be_drawn_leaves_no_picture(tmp_path: Path, points: list[Point]) -> None:
    with pytest.raises(ValueError):
        draw(points, tmp_path / "growth.svg")

    assert list(tmp_path.iterdir()) == []


def test_without_matplotlib_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules: dict[str, Any] = sys.modules
    monkeypatch.setitem(modules, "matplotlib", None)  # how Python marks what cannot be imported

    with pytest.raises(LabError, match="python3-matplotlib"):
        draw(POINTS, tmp_path / "growth.svg")
