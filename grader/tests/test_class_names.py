# File names for ids: readable, safe on every file system, and never the same for two ids.
from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.classroom.names import file_name

QUICK = settings(max_examples=150, derandomize=True, deadline=None, database=None)
ids = st.text(st.characters(), max_size=400) | st.sampled_from(
    [
        "",
        ".",
        "..",
        "CON",
        "con",
        "nul.txt",
        "a/b",
        "A/B",
        "a.",
        "a",
        "A",
        "é",
        "e\u0301",
        "~",
        "a~b",
    ]
)
DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@pytest.mark.parametrize(
    "id", ["1001", "ada", "ada.l-42", "ada+lab@example.org", "s1234567", "x" * 80]
)
def test_a_plain_id_is_its_own_file_name(id: str) -> None:
    assert file_name(id) == id


@pytest.mark.parametrize(
    "id, begins",
    [
        ("../x", "x~"),
        ("a/b\\c", "a-b-c~"),
        ("CON", "con~"),
        ("con", "con~"),
        ("aux.json", "aux-json~"),
        ("lpt1.a.b", "lpt1-a-b~"),
        ("Ada", "ada~"),
        ("x" * 300, "x" * 40 + "~"),
        ("", "id~"),
        (".hidden", "hidden~"),
        ("-rf", "rf~"),
        ("dot.", "dot~"),
        ("\ud800", "id~"),
    ],
)
def test_any_other_id_keeps_what_is_readable_of_it(id: str, begins: str) -> None:
    assert file_name(id).startswith(begins)


@given(ids)
@QUICK
def test_a_file_name_is_safe_everywhere(id: str) -> None:
    name = file_name(id)

    assert re.fullmatch(r"[a-z0-9][a-z0-9@+._~-]{0,79}", name)
    assert not name.endswith(".") and not DEVICE.fullmatch(name)


@given(ids, ids)
@QUICK
def test_different_ids_have_different_names_even_if_case_and_unicode_are_folded(
    one: str, other: str
) -> None:
    def folded(id: str) -> str:
        return unicodedata.normalize("NFKC", file_name(id)).casefold()

    assert (folded(one) == folded(other)) == (one == other)


@given(ids)
@QUICK
def test_variants_of_an_id_stay_apart(id: str) -> None:
    variants = {id, id.upper(), id.lower(), id + " ", id + ".", file_name(id), "./" + id}

    assert len({file_name(one).casefold() for one in variants}) == len(variants)


@pytest.mark.parametrize(
    "one, other", [("\ud800", "\ud801"), ("\ud800", "?"), ("\ufffd", "\udfff")]
)
def test_ids_that_are_no_unicode_stay_apart_too(one: str, other: str) -> None:
    assert file_name(one) != file_name(other)


def test_a_name_fits_where_a_file_is_written_atomically(tmp_path: Path) -> None:
    name = f".{file_name('ü' * 5000)}.json.{2**31}.new"

    (tmp_path / name).touch()

    assert os.listdir(tmp_path) == [name]
