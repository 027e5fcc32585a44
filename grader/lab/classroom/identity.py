# Whose submission is it? What the learning platform named the file, the manifest, the roster.
#
# A platform knows who uploaded a file; a manifest only says so. Where the two disagree the platform
# is believed, so that nobody can hand something in under another's name, and a note says so.
from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.classroom.manifest import Manifest, plain_id, plain_text
from lab.classroom.roster import Entry, Roster
from lab.classroom.shelf import shown
from lab.classroom.submission import Student

SUFFIXES = re.compile(r"(\.tar\.(gz|bz2|xz|zst)|\.(tgz|tbz2?|txz|tar|zip|gz|7z|rar|bz2|xz))$", re.I)
MOODLE = re.compile(r"(?P<name>[^/]+?)_(?P<number>\d+)_assignsubmission_file(_.*)?")
MOST_WORDS = 60  # of a file name
MOST_WORDS_OF_ID = 8  # as an e-mail address may have
CANVAS = re.compile(r"(?P<name>[^/_]+)(?P<late>_LATE)?_(?P<number>\d+)_(?P<upload>\d+)(_.*)?")


@dataclass(frozen=True)
class Claim:
    """Who a name or a manifest says it is. `platform` is that which gave a file its name.

    `text` is a name that somebody chose freely: a roster may know any part of it.
    """

    id: str = ""
    name: str = ""
    platform: str = ""
    late: bool = False
    text: str = ""


def claim_of(name: str) -> Claim:
    """What a file's or folder's name tells: Moodle's, Canvas's, `ada-lovelace_s001`, or an id."""
    stem = SUFFIXES.sub("", name)
    if found := MOODLE.fullmatch(stem):
        return Claim(found["number"], plain_text(found["name"]), "moodle")
    if found := CANVAS.fullmatch(stem):
        late = found["late"] is not None
        return Claim(found["number"], plain_text(found["name"]), "canvas", late)
    text = plain_text(stem)
    before, mark, after = text.rpartition("_")
    if mark and before and plain_id(after):
        return Claim(plain_id(after), spoken(before), text=text)
    return Claim(plain_id(text.removeprefix("lab-")) or plain_id(safe(text)), text=text)


def uploaded_name(name: str) -> tuple[str, str] | None:
    """Of a loose .cpp that a platform renamed: what it put before, and the name underneath.

    Canvas appends -1 and so on when a file is handed in again.
    """
    if not name.endswith(".cpp"):
        return None
    found = re.fullmatch(r"(.+?_\d+_assignsubmission_file)_(.+)", name)
    found = found or re.fullmatch(r"([^_]+(?:_LATE)?_\d+_\d+)_(.+)", name)
    return (found[1], re.sub(r"-\d{1,2}\.cpp$", ".cpp", found[2])) if found else None


def spoken(name: str) -> str:
    """`Ada Lovelace` of `ada-lovelace`; a name that has capitals of its own stays as it is."""
    words = re.split(r"[-_\s]+", name)
    return " ".join(w.capitalize() if name == name.lower() else w for w in words if w)


def safe(text: str) -> str:
    return re.sub(r"[^\w@+.-]+", "-", text).strip("-.") or "unknown"


def squeezed(name: str) -> str:
    """Letters and digits alone, small and without accents: `lovelaceada` of `Lovelace, Ada`."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in plain if c.isalnum())


def parts_of(text: str) -> list[str]:
    """The runs of words in `text`, the longest first: all of it, then `s003`, `linus` and so on.

    A number of one or two digits counts the attempts more often than it is somebody's id, so it is
    one only at the beginning, before a `_`.
    """
    words = list(itertools.islice(re.finditer(r"[^\W_]+", text), MOST_WORDS))
    runs = [
        text[first.start() : last.end()]
        for at, first in enumerate(words)
        for last in words[at : at + MOST_WORDS_OF_ID]
    ]
    kept = [run for run in runs if not re.fullmatch(r"\d{1,2}", run)]
    if found := re.match(r"(\d{1,2})(_|$)", text):
        kept.append(found[1])
    return sorted(kept, key=lambda run: (-len(run), run))


class Register:
    """Finds students of a roster by whatever they are called."""

    def __init__(self, roster: Roster | None) -> None:
        self._exact: dict[str, Entry] = {}
        self._other: dict[str, list[Entry]] = {}
        self.known = roster is not None
        for entry in roster.entries if roster else ():
            self._exact[entry.student.id.casefold()] = entry
            for text in {*self.other_names(entry)}:
                self._other.setdefault(text, []).append(entry)

    @staticmethod
    def other_names(entry: Entry) -> Iterator[str]:
        for one in entry.other_ids:
            yield one.casefold()
        yield entry.student.email.casefold()
        words = entry.student.name.split()
        yield "=" + squeezed(entry.student.name)
        if len(words) > 1:  # Canvas puts the last name first
            yield "=" + squeezed(words[-1] + "".join(words[:-1]))
            yield "=" + squeezed("".join(words[1:]) + words[0])

    def find(self, claim: Claim) -> Entry | None:
        """The one student whom `claim` means: by id, by another id, or by a name no other has.

        Of a name that somebody chose freely every part may be the id, else the full name.
        Moodle's number counts the participants of one assignment, so it is nobody's id.
        """
        number = claim.id.casefold()
        if claim.platform == "moodle":
            number = f"participant {number}"
        elif number in self._exact and claim.platform != "canvas" and not claim.text:
            return self._exact[number]
        if entry := self.find_part(parts_of(claim.text)):
            return entry
        for text in (number, "=" + squeezed(claim.name)):
            found = self._other.get(text, []) if text not in ("", "=") else []
            if len(found) == 1:
                return found[0]
        return self._exact.get(number)

    def find_part(self, parts: Sequence[str]) -> Entry | None:
        """Whom the parts of a name mean, the longest first: ids before what else people have."""
        ids = ([self._exact[part]] for one in parts if (part := one.casefold()) in self._exact)
        others = (self._other.get(one.casefold(), []) for one in parts)
        for found in (*ids, *others, *self.named(parts)):
            if len(found) == 1:
                return found[0]
        return None

    def named(self, parts: Sequence[str]) -> list[list[Entry]]:
        """The students who have a part for their full name, of two words at least."""
        found = (self._other.get("=" + squeezed(one), []) for one in parts if one)
        return [some for some in found if some and " " in some[0].student.name]

    def namesakes(self, claim: Claim) -> list[Entry]:
        """The students of one name, if `claim` tells no more than that name."""
        whole = self._other.get("=" + squeezed(claim.name), []) if squeezed(claim.name) else []
        found = [whole, *self.named(parts_of(claim.text))]
        return next((some for some in found if len(some) > 1), [])


@dataclass(frozen=True)
class Identity:
    """Who it is, with the roster's entry if there is one, and what to say about it.

    `namesakes` are those of the roster who share the name, where that is all that is known.
    """

    student: Student
    entry: Entry | None = None
    notes: tuple[str, ...] = ()
    namesakes: tuple[Entry, ...] = ()


def identify(claims: list[Claim], manifest: Manifest | None, register: Register) -> Identity:
    """Decides whose a submission is. `claims` come from its names, the outermost folder first."""
    told = Claim(manifest.id, manifest.name) if manifest else Claim()
    named = next((claim for claim in claims if claim.platform), None)  # inner names are students'
    order = [*([named] if named else []), told, *reversed(claims)]
    entries = [entry for claim in order if (entry := register.find(claim))]
    notes = ["the platform marks it late"] if named and named.late else []
    namesakes: list[Entry] = []
    if entries:
        student, entry = entries[0].student, entries[0]
        other = told.id and register.find(told) is not entry
        if not other and any(one is not entry for one in entries):
            notes.append(f"its file name points to another student than {shown(student.id)}")
    else:
        student, entry = without_roster(named, claims, told), None
        namesakes = next((found for claim in order if (found := register.namesakes(claim))), [])
        other = named is not None and told.id not in ("", student.id)
        if register.known:
            notes.append(f"{shown(student.id)} is not in the roster")
    if other:
        notes.append(f"its manifest names another student: {describe(told)}")
    return Identity(student, entry, tuple(notes), tuple(namesakes))


def without_roster(named: Claim | None, claims: list[Claim], told: Claim) -> Student:
    """The manifest's student, unless the platform knows that somebody else uploaded it."""
    if named and not (told.id and same_person(named.name, told.name)):
        return Student(named.id, named.name)
    last = next((claim for claim in reversed(claims) if claim.id), Claim("unknown"))
    return Student(told.id or last.id, told.name or last.name)


def same_person(left: str, right: str) -> bool:
    """Whether two spellings have the same letters: Canvas swaps and joins first and last name."""
    return sorted(squeezed(left)) == sorted(squeezed(right))


def describe(claim: Claim) -> str:
    return shown(f"{claim.name} ({claim.id})" if claim.name else claim.id)
