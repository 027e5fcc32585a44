# Who is in the class: a CSV as people keep it, or a gradebook that Canvas or Moodle exported.
from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from lab.classroom.manifest import plain_text, utc_time
from lab.classroom.shelf import MEBIBYTE, BadArchive, read_regular, shown
from lab.classroom.submission import Student
from lab.errors import LabError

MOST_BYTES = 10 * MEBIBYTE
# What each column may be called, written small and with blanks; the first that is filled counts.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id",
        "id number",
        "student id",
        "studentid",
        "student number",
        "matriculation number",
        "matrikelnummer",
        "sis user id",
        "sis login id",
        "username",
        "identifier",
    ),
    "name": ("name", "full name", "student name", "student"),
    "first": ("first name", "firstname", "given name", "vorname"),
    "last": ("last name", "lastname", "surname", "family name", "nachname"),
    "email": ("email", "email address", "e mail", "mail"),
    "submitted": ("submitted", "submitted at", "submission time", "time of hand in"),
}
MADE_UP = ("Student, Test", "Test Student")  # whom Canvas adds to every course


@dataclass(frozen=True)
class Entry:
    """One student of the class. `columns` are the row's own, for exports to the same gradebook.

    `other_ids` are further names by which a learning platform knows the student.
    """

    student: Student
    submitted: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    other_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roster:
    """The class, in the order of the file. `headers` are as they stood there."""

    entries: tuple[Entry, ...]
    headers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def students(self) -> tuple[Student, ...]:
        return tuple(entry.student for entry in self.entries)


def read_roster(path: Path) -> Roster:
    """Reads a roster. Throws LabError, with one line that names the row, for what is unclear."""
    try:
        content = read_regular(path.resolve(), path.name, MOST_BYTES)
    except BadArchive as error:
        raise LabError(f"roster: {error}") from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise LabError(f"cannot read the roster {path}: {why}") from error
    return parse_roster(content, path.name)


def parse_roster(content: bytes, name: str = "roster") -> Roster:
    """The class that the bytes of a CSV describe. Throws LabError."""
    text, notes = decode(content, name)
    rows = list(read_rows(text, name))
    if not rows:
        raise LabError(f"{name} is empty: it needs a line of headers such as id,name,email")
    headers = tuple(cell.strip() for cell in rows[0][1])
    columns = find_columns(headers, name)
    entries, seen = [], dict[str, int]()
    for line, cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            if line != rows[-1][0]:
                notes.append(f"{name}, row {line}: empty, left out")
            continue
        row = dict(zip(headers, cells + [""] * (len(headers) - len(cells))))
        if is_no_student(row, columns):
            continue
        if any(cell.strip() for cell in cells[len(headers) :]):
            count = f"{len(cells)} cells for {len(headers)} headers"
            raise LabError(f"{name}, row {line}: {count}: quote a cell that holds the separator")
        entry = read_entry(row, columns, f"{name}, row {line}")
        folded = entry.student.id.casefold()
        if folded in seen:
            twice = f"the id {shown(entry.student.id)} stands in row {seen[folded]} already"
            raise LabError(f"{name}, row {line}: {twice}: each student needs an id of their own")
        seen[folded] = line
        entries.append(entry)
    if not entries:
        raise LabError(f"{name} names no student: below its headers there is one row for each")
    return Roster(tuple(entries), headers, tuple(notes))


def decode(content: bytes, name: str) -> tuple[str, list[str]]:
    """The text, whatever the spreadsheet saved it as, and a note if that had to be guessed."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16"), []
        if b"\0" in content[:200]:  # UTF-16 without a mark: in ASCII text, every other byte is 0
            return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be"), []
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise LabError(f"{name} is no text: save the table as CSV, in UTF-8") from error
    text = content.decode("cp1252", errors="replace")
    return text, [f"{name} is no UTF-8: read as Windows text (cp1252), check names with accents"]


def read_rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their line numbers. Throws LabError for what is no CSV."""
    delimiter = find_delimiter(text)
    skip = bool(re.match(r"sep=.\r?\n", text))  # which Excel writes for itself
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader):
            if number > 0 or not skip:
                yield reader.line_num, cells
    except csv.Error as error:
        raise LabError(f"{name}, row {reader.line_num}: no CSV: {error}") from error


def find_delimiter(text: str) -> str:
    """The mark between cells: the one that makes most headers known in the first line."""
    told = re.match(r"sep=(.)\r?\n(.*)", text)
    first = told[2] if told else re.split(r"[\r\n]", text, maxsplit=1)[0]

    def known(delimiter: str) -> int:
        cells = [plain_header(cell.strip().strip('"')) for cell in first.split(delimiter)]
        return sum(cell in names for cell in cells for names in HEADERS.values())

    return max((",", ";", "\t"), key=lambda mark: (known(mark), first.count(mark)))


def plain_header(header: str) -> str:
    return re.sub(r"[\s_-]+", " ", header).strip().casefold()


def find_columns(headers: Sequence[str], name: str) -> dict[str, list[str]]:
    """For each kind of column the headers that the file has for it, best first."""
    by_plain: dict[str, str] = {}
    for header in headers:
        known = any(plain_header(header) in names for names in HEADERS.values())
        if known and plain_header(header) in by_plain:
            raise LabError(f"{name}, row 1: two columns are called {shown(header)}: rename one")
        by_plain[plain_header(header)] = header
    found = {
        kind: [by_plain[wanted] for wanted in names if wanted in by_plain]
        for kind, names in HEADERS.items()
    }
    if is_canvas(by_plain):  # whose own ID means nothing outside of it
        found["id"].append(found["id"].pop(0))
    if not found["id"] or "id number" in by_plain:  # Moodle need not know a number of everybody
        found["id"] += found["email"]
    if not found["id"]:
        there = ", ".join(shown(header) for header in headers[:6])
        raise LabError(f"{name}, row 1: no column is called id (there are: {there})")
    return found


def is_canvas(plain_headers: Iterable[str]) -> bool:
    return {"student", "id", "section"} <= set(plain_headers)


def is_no_student(row: Mapping[str, str], columns: Mapping[str, list[str]]) -> bool:
    """Canvas's own rows: how many points each column has, how it is posted, the test student."""
    if not is_canvas(map(plain_header, row)):
        return False
    named = first_filled(row, columns["name"])
    nobody = not named and not first_filled(row, columns["id"])
    return nobody or named.casefold().startswith("points possible") or named in MADE_UP


def read_entry(row: Mapping[str, str], columns: Mapping[str, list[str]], where: str) -> Entry:
    ids = [text for column in columns["id"] if (text := plain_text(row[column]))]
    name = full_name(row, columns)
    if not ids:
        raise LabError(f"{where}: no id for {shown(name) if name else 'this student'}: add one")
    if not name and (columns["name"] or columns["first"] or columns["last"]):
        raise LabError(f"{where}: no name for the id {shown(ids[0])}: add one")
    written = first_filled(row, columns["submitted"])
    submitted = utc_time(written)
    if written and not submitted:
        raise LabError(f"{where}: {shown(written)} is no time such as 2026-01-31T23:59:00Z")
    if written and (local := datetime.fromisoformat(written)).tzinfo is None:
        example = f"{local.isoformat(timespec='minutes')}+01:00"
        raise LabError(f"{where}: {shown(written)} has no offset; write {example}")
    email = first_filled(row, columns["email"])
    return Entry(Student(ids[0], name, email), submitted, dict(row), tuple(ids[1:]))


def full_name(row: Mapping[str, str], columns: Mapping[str, list[str]]) -> str:
    """`Ada Lovelace`, also of `Lovelace, Ada`, and of first and last name apart."""
    whole = first_filled(row, columns["name"])
    if not whole:
        parts = (first_filled(row, columns["first"]), first_filled(row, columns["last"]))
        return " ".join(part for part in parts if part)
    last, comma, first = whole.partition(",")
    return f"{first.strip()} {last.strip()}".strip() if comma else whole


def first_filled(row: Mapping[str, str], headers: Sequence[str]) -> str:
    return next((text for header in headers if (text := plain_text(row[header]))), "")
