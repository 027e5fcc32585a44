# Reads a policy file strictly: the published schema decides, and one line says what is wrong.
#
# The schema (schemas/policy.schema.json) is the only list of keys and limits: what an error calls
# allowed is read from it. What a schema cannot say, such as which exercises there are, comes after.
from __future__ import annotations

import difflib
import json
import math
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from lab.classroom.policy import Attempts, Late, Partial, Policy, Rounding, Run, SelfTold
from lab.course import Course
from lab.errors import LabError, LabFault

SCHEMA_FILE = Path(__file__).parent / "schemas" / "policy.schema.json"
MOST_BYTES = 4 << 20
LOCAL = "is a local time, and nobody knows whose: add an offset, as in 2026-12-01T23:59:00+01:00"
TYPES = {
    "object": "a table",
    "array": "a list",
    "string": "a text in quotes",
    "boolean": "true or false",
    "number": "a number",
    "integer": "a whole number",
}


def load(path: Path, course: Course) -> Policy:
    """Reads `path`; names of exercises and lessons become keys of `course`.

    Throws: LabError, one line that names the file, the key and what is allowed.
    """
    try:
        with open(path, "rb") as source:
            text = source.read(MOST_BYTES + 1)
        if len(text) > MOST_BYTES:
            raise LabError(f"{path} is larger than 4 MiB: a policy is a small TOML file")
        data = tomllib.loads(text.decode("utf-8"), parse_float=Decimal)
    except OSError as error:
        raise LabError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        raise LabError(f"{path} is no UTF-8 text (line {line}): save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise LabError(f"{path} is no TOML: {error or 'too deep'}") from error
    return read(data, str(path), course)


def read(data: Mapping[str, Any], name: str, course: Course | None = None) -> Policy:
    """Checks `data`, of a file called `name`, and makes a Policy of it."""
    data = simple(data, "", name)
    complain_about_shape(data, name)
    if course is not None:
        data = with_keys(data, name, course)
    complain_about_sense(data, name)
    about = data.get("course", {})
    late = dict(data.get("late", {}))
    if "due" in late:
        late["due"] = instant(late["due"], name, "late.due")
    for table in ("lessons", "extensions"):
        if table in late:
            late[table] = {
                key: instant(one, name, f"late.{table}.{key}") if isinstance(one, str) else one
                for key, one in late[table].items()
            }
    return Policy(
        title=about.get("title", ""),
        exercises=tuple(about.get("exercises", ())),
        points=exact(data.get("points", {})),
        partial=Partial(**exact(data.get("partial", {}))),
        late=Late(**exact(late, "percent", "most_percent")),
        attempts=Attempts(**exact(data.get("attempts", {}), "extra_percent")),
        rounding=Rounding(**exact(data.get("rounding", {}))),
        run=Run(**data.get("run", {})),
        self_told=SelfTold(**data.get("self-told", {})),
    )


def simple(value: Any, where: str, name: str) -> Any:
    """TOML's values as JSON has them: times as text; a float as JSON printed it."""
    if isinstance(value, Mapping):
        return {str(k): simple(v, f"{where}.{k}".lstrip("."), name) for k, v in value.items()}
    if isinstance(value, list):
        return [simple(one, where, name) for one in value]
    if isinstance(value, datetime):
        if value.tzinfo is None:
            refuse(name, where, LOCAL)
        return value.isoformat()
    if isinstance(value, (date, time)):
        refuse(name, where, "needs a date, a time and an offset, as in 2026-12-01T23:59:00+01:00")
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal) and not value.is_finite():
        refuse(name, where, f"is {value}, which is no number that one can count with")
    return value


def refuse(name: str, where: str, problem: str) -> NoReturn:
    raise LabError(f"{name}: {where} {problem}")


@lru_cache(maxsize=1)
def schema() -> Any:
    return json.loads(SCHEMA_FILE.read_text(encoding="utf-8"), parse_float=Decimal)


def complain_about_shape(data: Mapping[str, Any], name: str) -> None:
    """Throws LabError for the first thing that the schema forbids; an unknown key comes first."""
    try:
        from jsonschema import Draft202012Validator, validators
    except ImportError as error:
        raise LabError(
            "a policy needs the Python library jsonschema: apt-get install python3-jsonschema"
        ) from error

    def number(checker: Any, value: Any) -> bool:
        return isinstance(value, (int, Decimal)) and not isinstance(value, bool)

    types = Draft202012Validator.TYPE_CHECKER.redefine("number", number)
    validator = validators.extend(Draft202012Validator, type_checker=types)(schema())
    errors = list(validator.iter_errors(data))
    if errors:
        first = min(errors, key=lambda e: str(e.validator) != "additionalProperties")
        refuse(name, *explain(first))


def explain(error: Any) -> tuple[str, str]:
    """Where a schema's error is, and what is wrong there and allowed."""
    path = [str(part) for part in error.absolute_path if not isinstance(part, int)]
    if error.validator == "additionalProperties":
        known = list(error.schema["properties"])
        key = next(key for key in error.instance if key not in known)
        return ".".join([*path, key]), f"is no key of a policy: {did_you_mean(key, known)}"
    where = ".".join(path) or "the file"
    return where, f"is {shown(error.instance)}: it must be {allowed(error.schema)}"


def did_you_mean(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    meant = f"did you mean {close[0]}? " if close else ""
    return f"{meant}Allowed here: {', '.join(known)}"


def shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    return "a table" if isinstance(value, dict) else json.dumps(value, ensure_ascii=False)[:80]


def allowed(rule: Mapping[str, Any]) -> str:
    """What a part of the schema lets through, in words."""
    if "anyOf" in rule:
        return " or ".join(allowed(one) for one in rule["anyOf"])
    if "$ref" in rule:
        return allowed(schema()["$defs"][rule["$ref"].rpartition("/")[2]])
    if "const" in rule:
        return f'"{rule["const"]}"'
    if "enum" in rule:
        return "one of " + ", ".join(f'"{one}"' for one in rule["enum"])
    if "pattern" in rule:
        return str(rule["description"])
    kind = TYPES[rule["type"]]
    if "minimum" in rule:
        places = ", at most two decimal places" if "multipleOf" in rule else ""
        return f"{kind} from {rule['minimum']} to {rule['maximum']}{places}"
    if "minItems" in rule:
        return "a list with at least one name in quotes"
    longest = f" of at most {rule['maxLength']} characters" if "maxLength" in rule else ""
    return kind + longest + (", not an empty one" if "minLength" in rule else "")


def with_keys(data: Mapping[str, Any], name: str, course: Course) -> dict[str, Any]:
    """`data` with keys in place of whatever names the teacher used."""
    data = {key: dict(one) if isinstance(one, dict) else one for key, one in data.items()}
    if "exercises" in data.get("course", {}):
        asked = data["course"]["exercises"]
        keys = {ex.key for one in asked for ex in found(course.find, one, name, "course.exercises")}
        data["course"]["exercises"] = [ex.key for ex in course.exercises if ex.key in keys]

    def key_of(one: str, where: str) -> str:
        return str(found(course.find_one, one, name, where).key)

    def lesson_of(one: str, where: str) -> str:
        lesson = course.lesson_named(one)
        if lesson is None:
            known = ", ".join(each.name for each in course.lessons)
            refuse(name, where, f"is no lesson: the lessons are {known}")
        return lesson.name

    if "points" in data:
        data["points"] = renamed(data["points"], key_of, name, "points")
    for table, key, rename in (("partial", "exercises", key_of), ("late", "lessons", lesson_of)):
        if key in data.get(table, {}):
            data[table][key] = renamed(data[table][key], rename, name, f"{table}.{key}")
    return data


def found(find: Callable[[str], Any], one: str, name: str, where: str) -> Any:
    try:
        return find(one)
    except LabError as error:
        raise LabError(f"{name}: {where}: {error}") from error


def renamed(
    table: Mapping[str, Any], rename: Callable[[str, str], str], name: str, where: str
) -> dict[str, Any]:
    new: dict[str, Any] = {}
    for one, value in table.items():
        key = rename(one, f"{where}.{one}")
        if key in new:
            refuse(name, f"{where}.{one}", f"names {key} a second time: keep one of the two")
        new[key] = value
    return new


def complain_about_sense(data: Mapping[str, Any], name: str) -> None:
    """What each key allows and together makes no sense: it would be silently without effect."""
    late, partial = data.get("late", {}), data.get("partial", {})
    dated = "due" in late or late.get("lessons")
    for key in ("percent", "zero_after_days", "grace_minutes", "extensions"):
        if late.get(key) and not dated:
            refuse(name, f"late.{key}", "has no effect without a date: add late.due")
    credits = {partial.get("credit", "none"), *partial.get("exercises", {}).values()}
    if "verdicts" in credits and not partial.get("verdicts"):
        refuse(name, "partial.verdicts", 'is missing: credit = "verdicts" reads this table')
    if partial.get("verdicts") and "verdicts" not in credits:
        refuse(name, "partial.verdicts", 'has no effect without partial.credit = "verdicts"')
    attempts = data.get("attempts", {})
    if attempts.get("extra_percent") and attempts.get("count") == "first":
        refuse(name, "attempts.extra_percent", 'has no effect where count = "first"')


def instant(text: str, name: str, where: str) -> datetime:
    try:
        value = datetime.fromisoformat(text.upper())
    except ValueError:
        refuse(name, where, f'is "{text}", and there is no such date and time')
    if not 1970 <= value.year <= 9000:  # far from both ends of what can be added to
        refuse(name, where, f'is "{text}": it must be a year from 1970 to 9000')
    return value


def exact(table: Mapping[str, Any], *only: str) -> dict[str, Any]:
    """`table` with Decimal for its numbers: for those keys, or for all."""
    return {
        key: decimal(value) if not only or key in only else value for key, value in table.items()
    }


def decimal(value: Any) -> Any:
    if isinstance(value, dict):
        return exact(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return value
