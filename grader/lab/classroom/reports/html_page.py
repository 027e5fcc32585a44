# What every page shares: the templates, how a value becomes text, and the security policy.
from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from lab.text import visible, visible_lines

TEMPLATES = Path(__file__).parents[1] / "templates"
LONGEST_TEXT = 200  # characters of one line of a transcript, of a name, of a message
LONGEST_BLOCK = 16 * 1024  # characters of feedback, of the compiler's messages, of a source
KINDS = {"accepted": "ok", "not-attempted": "none", "grader-error": "fault"}
SIGNS = {"ok": "✓", "none": "○", "fault": "!", "bad": "✗"}
NOT_GRADED = "not graded yet: a fault of the grader"


def environment() -> Environment:
    """Jinja for the pages: escapes by default, spells control characters, fails on a wrong name."""
    style = Markup((TEMPLATES / "page.css").read_text(encoding="utf-8"))
    script = Markup((TEMPLATES / "page.js").read_text(encoding="utf-8"))
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(style=style, script=script, policy_header=content_policy(style, script))
    filters: dict[str, Callable[..., Any]] = {
        "block": block,
        "clip": clip,
        "kind": kind,
        "number": number,
        "percent": percent,
        "sign": sign,
        "verdict": verdict_text,
    }
    env.filters.update(filters)
    return env


def content_policy(style: str, script: str) -> str:
    """The policy of a page: nothing is loaded, and only our own style and script may be active."""
    return (
        f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    hashed = hashlib.sha256(text.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(hashed).decode("ascii")


def shown(value: Any) -> Any:
    """What a template prints for `value`. Jinja escapes it afterwards, unless it is Markup.

    Throws: UndefinedError for a name that the page was not given.
    """
    if isinstance(value, Markup):
        return value
    text = str(value)
    return text if text.isprintable() else visible(text)


def clip(text: str, most: int = LONGEST_TEXT) -> str:
    """The beginning of a long text, and how much of it is missing."""
    if len(text) <= most:
        return text
    return f"{text[:most]} … ({len(text) - most} characters more)"


def block(text: str, most: int = LONGEST_BLOCK) -> Markup:
    """Text of several lines, escaped, with its line ends kept."""
    lines = clip(text, most).replace("\r\n", "\n").rstrip("\n")
    return escape(visible_lines(lines))


def number(value: float) -> str:
    """`9.5`, `12`, `1,204`: at most two digits after the point, and no zeros that say nothing."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(part: float, whole: float) -> str:
    """`62.4 %`; an empty whole has nothing of it."""
    return f"{100 * part / whole:.1f} %" if whole else "–"


def kind(verdict: str) -> str:
    return KINDS.get(verdict, "bad")


def sign(verdict: str) -> str:
    """A mark that needs no colour."""
    return SIGNS[kind(verdict)]


def verdict_text(verdict: str) -> str:
    return "not graded yet" if verdict == "grader-error" else verdict
