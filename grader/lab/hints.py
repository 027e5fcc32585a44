# Turns the judge's {"id", "rule", "facts"} into the text that a student reads.
from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from lab.course import Belief, Exercise
from lab.result import Hint
from lab.text import one_line

# Beliefs of the course's table whose text is the same in every exercise.
SAME_AS = {"M10": "nested-run"}

# A crash that the judge describes so was no signal: it has a text of its own.
EXCEPTION = "exception left your code"

PLACEHOLDER = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=1)
def built_in() -> dict[str, Belief]:
    """The hints of messages.toml, which belong to no exercise."""
    source = Path(__file__).with_name("messages.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        name: Belief(name, str(one.get("rule", "")), str(one["text"])) for name, one in data.items()
    }


def belief_for(ex: Exercise, hint_id: str) -> Belief | None:
    """The exercise's own text wins over the built-in one; M02-slug falls back to M02."""
    family = hint_id.split("-")[0]
    for name in (hint_id, family):
        found = ex.beliefs.get(name) or built_in().get(SAME_AS.get(name, name))
        if found is not None:
            return found
    return None


def render(ex: Exercise, verdict: str, told: Mapping[str, Any] | None) -> Hint | None:
    """The hint for a verdict: what the judge recognised, or else what the verdict itself says."""
    if verdict == "accepted":
        return None
    told = told or {}
    hint_id = str(told.get("id") or verdict)
    message = str(dict(told.get("facts") or {}).get("message", ""))
    belief = belief_for(ex, text_for(ex, hint_id, message))
    rule = str(told.get("rule") or (belief.rule if belief else ""))
    facts = {str(k): str(v) for k, v in dict(told.get("facts") or {}).items()}
    facts["said"] = sentence(facts.get("message", ""))
    text = fill(belief.text, facts) if belief else ""
    return Hint(hint_id, rule, text)


def text_for(ex: Exercise, hint_id: str, message: str) -> str:
    """Some verdicts mean different things: the name of the text that fits."""
    if hint_id == "crash" and EXCEPTION in message:
        return "error"
    if hint_id == "incomplete" and ex.kind == "predict" and hint_id not in ex.beliefs:
        return "incomplete-prediction"
    return hint_id


def sentence(text: str) -> str:
    """`text` with a capital and a full stop; nothing stays nothing."""
    text = one_line(text)
    if not text:
        return ""
    return text[:1].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Joins the lines of each paragraph; then puts the facts, blanks and all, in their places."""
    joined = (" ".join(p.split()) for p in re.split(r"\n\s*\n", text.strip()))
    filled = (PLACEHOLDER.sub(lambda m: one_line(facts.get(m[1], "?")), p) for p in joined)
    return "\n\n".join(p.strip() for p in filled)


def placeholders(text: str) -> set[str]:
    """The facts that a text asks for."""
    return set(PLACEHOLDER.findall(text))
