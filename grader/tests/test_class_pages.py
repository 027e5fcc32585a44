# The pages of a class: the same facts in picture and table, nothing active, nothing from outside.
from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from class_hostile import EVERYTHING, SING, WAYS_OUT, hostile_report
from class_samples import EXERCISES, SECOND, answer, case, class_report, grade, stored, students
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError
from lab.classroom.model import Attempt, ClassReport, StudentReport
from lab.classroom.reports import html
from lab.classroom.reports.html_class import late_seconds, late_text, points_bins
from lab.classroom.reports.html_groups import survey
from lab.classroom.reports.html_page import (
    TEMPLATES,
    block,
    clip,
    environment,
    number,
    shown,
)
from lab.classroom.reports.html_picture import draw
from lab.classroom.reports.html_student import answer_bodies, student_page
from lab.text import needs_spelling, visible

html5lib = pytest.importorskip("html5lib", reason="python3-html5lib parses as browsers do")

TESTS = Path(__file__).parent
SVG = "{http://www.w3.org/2000/svg}"
ENV = environment()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    html.write(hostile_report(), folder)
    return folder


def parse(text: str) -> Any:
    """The page as a browser sees it; html5lib's own tree, without namespaces."""
    return html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def student_text(student: StudentReport, report: ClassReport) -> str:
    return student_page(ENV, report, student, answer_bodies(ENV, report))


def class_text(report: ClassReport) -> str:
    return html.class_page(ENV, report, survey(report))


def every_page(pages: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(pages.rglob("*.html"))]


def test_only_our_own_elements_and_attributes_reach_a_page(pages: Path) -> None:
    assert SING in EVERYTHING
    for text in every_page(pages):
        tree = parse(text)
        assert_inert(tree)
        assert "canary=1" in words(tree)  # the title is hostile: it stands on every page


def assert_inert(tree: Any) -> None:
    """One script, one style, no address but a page's own, no handler, no style attribute."""
    tags = [element.tag for element in tree.iter() if isinstance(element.tag, str)]
    assert tags.count("script") == tags.count("style") == tags.count("title") == 1
    assert not {"img", "iframe", "object", "embed", "base", "form", "link", "b"} & set(tags)
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not str(name).startswith("on") and name not in ("style", "src"), name
            if name == "href":
                assert re.fullmatch(r"#[\w-]+|students/[a-z0-9@+._%~-]+\.html|groups\.json", value)


@pytest.mark.parametrize("way", WAYS_OUT)
def test_hostile_texts_are_shown_and_not_obeyed(way: str) -> None:
    report = hostile_report(way)
    expected = " ".join(visible(way).split())
    for text in (class_text(report), student_text(report.students[-2], report)):
        tree = parse(text)
        assert_inert(tree)
        assert expected in words(tree)


def test_no_character_that_moves_text_or_cursor_reaches_a_page(pages: Path) -> None:
    for text in every_page(pages):
        assert not [c for c in set(text) - {"\n"} if needs_spelling(c)]


@settings(max_examples=25, deadline=None)
@given(st.text(st.sampled_from("<>&\"'/=-!`{}%# \n\t\x00\x1b\u202e\ud800scriptonload"), min_size=1))
def test_any_text_stays_text(text: str) -> None:
    report = hostile_report(text)
    for page in (class_text(report), student_text(report.students[-2], report)):
        page.encode("utf-8")
        assert_inert(parse(page))


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_a_printed_value_comes_back_from_the_parser(text: str) -> None:
    page = ENV.from_string("<!DOCTYPE html><title>{{ x }}</title><p a='{{ x }}'>{{ x }}")
    tree = parse(page.render(x=text))
    paragraph = next(tree.iter("p"))
    assert "".join(paragraph.itertext()) == paragraph.attrib["a"] == visible(text)
    assert next(tree.iter("title")).text in (visible(text), None)


def test_the_policy_allows_exactly_the_style_and_script_of_the_page(pages: Path) -> None:
    for text in every_page(pages):
        tree = parse(text)
        policy = next(
            meta.attrib["content"]
            for meta in tree.iter("meta")
            if meta.attrib.get("http-equiv") == "Content-Security-Policy"
        )
        hashes = {tag: sha256(next(tree.iter(tag)).text) for tag in ("style", "script")}
        assert policy == (
            f"default-src 'none'; style-src '{hashes['style']}'; script-src '{hashes['script']}'; "
            "base-uri 'none'; form-action 'none'"
        )
        assert text.index("Content-Security-Policy") < text.index("<style")


def sha256(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_every_link_leads_somewhere_and_every_id_is_unique(pages: Path) -> None:
    for path in pages.rglob("*.html"):
        tree = parse(path.read_text(encoding="utf-8"))
        ids = [e.attrib["id"] for e in tree.iter() if "id" in e.attrib]
        assert len(ids) == len(set(ids)), path.name
        for element in tree.iter():
            for name in ("aria-labelledby", "aria-describedby", "for"):
                assert element.attrib.get(name, ids[0]) in ids
            target = element.attrib.get("href", "#main")
            if target.startswith("#"):
                assert target[1:] in ids
            else:
                assert (path.parent / unquote(target)).is_file()


def test_headings_step_down_one_at_a_time(pages: Path) -> None:
    for text in every_page(pages):
        levels = [int(e.tag[1]) for e in parse(text).iter() if re.fullmatch("h[1-6]", str(e.tag))]
        assert levels.count(1) == 1 and levels[0] == 1
        assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))


def test_the_same_class_makes_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys; from class_hostile import hostile_report\n"
        "from lab.classroom.reports import html\n"
        "html.write(hostile_report(), pathlib.Path(sys.argv[1]))\n"
    )
    made = []
    for seed, zone, umask in (("0", "UTC", 0o022), ("1", "Asia/Tokyo", 0o077), ("2", "UTC", 0)):
        folder = tmp_path / seed
        paths = os.pathsep.join([str(TESTS.parent), str(TESTS)])
        env = {"PYTHONPATH": paths, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        subprocess.run(
            [sys.executable, "-c", program, str(folder)], env=env, umask=umask, check=True
        )
        made.append({p.relative_to(folder): p.read_bytes() for p in folder.rglob("*.*")})
    assert made[0] == made[1] == made[2]
    assert len(made[0]) == len(hostile_report().students) + 2


def test_write_names_what_it_wrote(tmp_path: Path) -> None:
    written = html.write(class_report(), tmp_path)
    assert sorted(written) == sorted(path for path in tmp_path.rglob("*.*"))


EXPECTED = [(0, "a"), (0, "b"), (100, "c"), (250, "b")]
ACTUAL = [(0, "a"), (100, "c"), (100, "b"), (100, "b"), (900, "x")]


def made_case(expected: Any, actual: Any, first: int | None) -> dict[str, Any]:
    lines = ([{"t_ms": t, "text": text} for t, text in lane] for lane in (expected, actual))
    return dict(case("wrong-order"), expected=next(lines), actual=next(lines)) | {
        "first_difference": first
    }


def timeline_of(made: dict[str, Any]) -> Any:
    results = stored() | {"b" * 64: answer(SECOND, "wrong-order", cases=[made], shown=0)}
    report = class_report(results=results)
    student = next(one for one in students() if one.id == "1003")
    return parse(student_text(student, report))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from("abc")), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from("abc")), max_size=40),
)
def test_the_table_says_the_same_as_the_picture(expected: Any, actual: Any) -> None:
    first = next(
        (i for i, pair in enumerate(zip(expected, actual, strict=False)) if pair[0] != pair[1]),
        min(len(expected), len(actual)),
    )
    tree = timeline_of(made_case(expected, actual, first))
    figure = next(tree.iter("figure"))
    drawn = set()
    for g in figure.iter(f"{SVG}g"):
        lane, line, time_text = words(g.find(f"{SVG}title")).split(", ", 2)
        time, text = time_text.split(": ", 1)
        drawn.add((lane, int(line.removeprefix("line ")), time, text, "diamond" in g.get("class")))
        assert words(g.find(f"{SVG}text")) == line.removeprefix("line ")
    told = set()
    for row in next(figure.iter("tbody")):
        cells = list(row)
        if len(cells) != 3:
            continue
        marked = "first difference" in words(cells[0])
        line = int(re.sub(r"\D", "", words(cells[0])))
        for lane, cell in zip(("expected", "came"), cells[1:], strict=True):
            if words(cell) != "nothing":
                time, text = words(cell).rsplit(" ", 1)
                told.add((lane, line, time, text, marked))
    assert drawn == told
    caption = words(next(figure.iter("figcaption")))
    assert caption.startswith(f"First difference: line {first + 1}. ")
    assert caption.split(" Above")[0] in words(next(figure.iter(f"{SVG}title")))
    whole = {("expected", i + 1, f"{t} ms", x) for i, (t, x) in enumerate(expected)}
    whole |= {("came", i + 1, f"{t} ms", x) for i, (t, x) in enumerate(actual)}
    assert {fact[:4] for fact in drawn} <= whole
    if max(len(expected), len(actual)) <= 16:
        assert {fact[:4] for fact in drawn} == whole


def test_a_picture_puts_lines_at_their_times_and_apart_from_each_other() -> None:
    picture = draw(made_case(EXPECTED, ACTUAL, 1))
    assert picture is not None
    assert [(s.x, s.level) for s in picture.expected] == [(4, 0), (4, 1), (14, 0), (29, 0)]
    assert [(s.x, s.level) for s in picture.actual] == [(4, 0), (14, 0), (14, 1), (14, 2), (94, 0)]
    assert [s.shape for s in picture.expected] == ["circle", "diamond", "circle", "circle"]
    assert [s.shape for s in picture.actual][1:] == ["diamond", "circle", "circle", "square"]
    assert [(k.start, k.end, k.moved) for k in picture.links] == [
        (4, 4, False),
        (4, 14, True),
        (14, 14, False),
        (29, 14, True),
    ]
    assert picture.difference == (
        "First difference: line 2. Expected “b” at 0 ms; came “c” at 100 ms."
    )


@pytest.mark.parametrize(
    "end, ticks",
    [(0, [0]), (3, [0, 1, 2, 3]), (900, [0, 500]), (10**12, [0, 5 * 10**11, 10**12])],
)
def test_ticks_are_round_and_few(end: int, ticks: list[int]) -> None:
    picture = draw(made_case([(end, "a")], [], 0))
    assert picture is not None
    assert len(picture.ticks) <= 4
    assert [t for _, t in picture.ticks][0] == 0
    steps = {b - a for (_, a), (_, b) in zip(picture.ticks, picture.ticks[1:], strict=False)}
    assert len(steps) <= 1 and all(str(s).rstrip("0") in ("1", "2") for s in steps)


def test_a_run_that_was_not_compared_shows_its_last_lines_alone() -> None:
    tree = timeline_of(made_case([], [(t, f"line at {t}") for t in range(30)], None))
    figure = next(tree.iter("figure"))
    assert "22 lines before" in words(figure) and "expected" not in words(figure).lower()
    assert "line at 29" in words(figure) and "line at 21" not in words(figure)


def test_two_long_lines_are_cut_where_they_differ() -> None:
    long = "x" * 100_000
    picture = draw(made_case([(0, f"{long}left")], [(0, f"{long}right")], 0))
    assert picture is not None
    assert "xleft”" in picture.difference and "xright”" in picture.difference
    assert len(picture.difference) < 600


def test_a_student_sees_no_seed_and_nobody_else() -> None:
    report = class_report()
    people = {one.id: one for one in report.students}
    text = student_text(people["1003"], report)
    assert "8713" not in text and "fresh 1" in text
    assert "Lovelace" not in text and "1001" not in text and "unistd" not in text
    assert 'href="../' not in text


def test_a_fault_of_the_grader_is_no_zero() -> None:
    report = class_report()
    student = next(one for one in report.students if one.id == "1004")
    page = words(parse(student_text(student, report)))
    assert "1 exercise is not graded yet: a fault of the grader." in page
    assert "0 of 5" not in page and "status 70" not in page
    tree = parse(class_text(report))
    main = next(tree.iter("main"))
    assert words(main[0]).startswith("! 1 grade is missing: a fault of the grader")
    assert "the checker ended with status 70" in words(main[0])
    row = next(row for row in tree.iter("tr") if "1004" in words(row))
    assert words(row[2]) == "5 and 1 not graded yet"


def test_who_is_not_graded_at_all_has_no_points_and_counts_in_no_rate() -> None:
    only = grade(SECOND, "grader-error", "e")
    rest = grade(SECOND, "accepted", "f")
    people = tuple(
        StudentReport(id, "", attempts=(Attempt(1, "x"),), grades=(given,))
        for id, given in (("1", only), ("2", rest))
    )
    report = replace(class_report(people=people), exercises=EXERCISES[1:2])
    assert "–" == words(next(parse(student_text(people[0], report)).iter("strong")))
    table = parse(class_text(report))
    row = next(row for row in table.iter("tr") if "01-4" in words(row) and "of" in words(row))
    assert words(row[1]) == "1 of 1" and words(row[2]) == "100.0 %"
    assert sum(one.count for one in points_bins(report)) == 1
    last = [row for row in table.iter("tr")][-2]
    assert words(last[2]) == "not graded yet"


def test_lateness_notes_problems_and_steps_are_told() -> None:
    report = class_report()
    pages = {one.id: words(parse(student_text(one, report))) for one in report.students}
    assert "Late: what counts was handed in 1 day 2 hours after the deadline." in pages["1001"]
    assert "-0.5: 2 days late" in pages["1001"] and "19.5 of" not in pages["1001"]
    assert "the folder held 3 other files" in pages["1002"]
    assert "the file is larger than 4 MiB" in pages["1005"]
    assert "no name given" in pages["0042"]
    assert "Programs ran in reduced isolation" in pages["0042"] and "not writable" in pages["0042"]


def test_only_the_attempt_that_counts_can_be_late() -> None:
    attempts = (Attempt(1, "a"), Attempt(2, "b", "", 60))
    rows = [grade(SECOND, "accepted", "f", attempt=counted) for counted in (1, 2)]
    people = [StudentReport("s", attempts=attempts, name="", grades=(row,)) for row in rows]
    assert [late_seconds(one) for one in people] == [0, 60]


def test_groups_share_the_first_difference_and_all_of_their_students() -> None:
    found = survey(class_report())
    facts = [
        (g.difference.verdict, g.difference.index, [s.id for s in g.students]) for g in found.groups
    ]
    assert facts == [
        ("wrong-order", 0, ["1003", "1004"]),
        ("bad-submission", -1, ["1005"]),
        ("wrong-content", 0, ["1002"]),
        ("does-not-compile", -1, ["1002"]),
    ]
    assert [(b.id, b.count) for b in found.beliefs] == [("M14", 3)]
    assert [(text, [s.id for s in who]) for text, who in found.flags] == [
        ("includes <unistd.h>", ["1002"])
    ]
    tree = parse(class_text(class_report()))
    assert next(tree.iter("textarea")).text == "1003\n1004\n"


def test_answers_that_differ_only_far_out_are_two_groups() -> None:
    far = [case("wrong-content", actual="x" * 5_000 + end) for end in "ab"]
    results = {
        str(n) * 64: answer(SECOND, "wrong-content", cases=[one], shown=0)
        for n, one in enumerate(far)
    }
    people = tuple(
        StudentReport(f"s{n}", "", grades=(grade(SECOND, "wrong-content", str(n)),)) for n in (0, 1)
    )
    report = replace(class_report(people=people, results=results), exercises=EXERCISES[1:2])
    assert len(survey(report).groups) == 2


def test_groups_json_has_every_group_that_the_page_leaves_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "MOST_GROUPS", 1)
    html.write(class_report(), tmp_path)
    data = json.loads((tmp_path / "groups.json").read_text(encoding="utf-8"))
    assert [group["count"] for group in data["groups"]] == [2, 1, 1, 1]
    assert data["groups"][0]["students"] == ["1003", "1004"]
    page = words(parse((tmp_path / "index.html").read_text(encoding="utf-8")))
    assert "3 smaller groups with 3 answers are not shown here." in page


def test_many_exercises_are_a_strip_of_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "FEW_EXERCISES", 0)
    monkeypatch.setattr("lab.classroom.reports.html_class.FEW_EXERCISES", 0)
    page = words(parse(class_text(class_report())))
    assert "✓✗!" in page and "✓✗○" in page and "✓ accepted, ✗ not accepted, ○ not attempted" in page


def test_tries_are_called_the_students_word() -> None:
    page = words(parse(class_text(class_report())))
    assert "3 (most 3)" in page and "their word, not a measurement" in page


def test_every_text_has_contrast_enough_in_light_dark_and_print() -> None:
    css = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    light, dark, printed = (colours(part) for part in css.split(":root {")[1:])
    for palette in (light, light | dark, light | printed):
        for text in ("ink", "soft", "link", "ok", "bad", "fault"):
            for ground in ("paper", "card", "first-paper", "fault-paper"):
                assert contrast(palette[text], palette[ground]) >= 4.5, (text, ground)
        assert contrast(palette["edge"], palette["paper"]) >= 3


def colours(rule: str) -> dict[str, str]:
    found = re.findall(r"--([\w-]+): #([0-9a-f]{3,6});", rule.split("}")[0])
    return {name: "".join(c * (6 // len(code)) for c in code) for name, code in found}


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's ratio of two colours."""
    lights = sorted(luminance(colour) + 0.05 for colour in (one, other))
    return lights[1] / lights[0]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_name_that_a_template_was_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        ENV.from_string("{{ nothing }}").render()


def test_small_words() -> None:
    assert [number(x) for x in (0, 5.0, 9.5, 1234.25, -0.001)] == ["0", "5", "9.5", "1,234.25", "0"]
    assert [late_text(s) for s in (0, 59, 3_600, 93_600)] == [
        "",
        "59 seconds",
        "1 hour",
        "1 day 2 hours",
    ]
    assert clip("abcdef", 4) == "abcd … (2 characters more)"
    assert block("a\tb\r\n<c>\x1b\n\n") == "a   b\n&lt;c&gt;\\x1b"
    assert shown("\u202ea") == "\\u{202e}a"
