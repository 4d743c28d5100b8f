"""Problems say where, what, and what to do."""

import re

import pytest

from regesta.errors import Problem, RegestaError, fail, hint, system_problem
from regesta.text.strings import some


def test_a_problem_is_file_line_what_and_remedy():
    assert str(Problem("papers/a.md", 3, "has no title", "add one")) == "papers/a.md:3: has no title: add one"
    assert str(Problem("papers/a.md", 0, "is empty", "fill it")) == "papers/a.md: is empty: fill it"


def test_a_problem_cannot_drive_the_terminal():
    assert "\x1b" not in str(Problem("a\x1b[2J.md", 1, "holds \x1b[31m", "take \u202eit out"))
    fake = Problem("a\nb.md:7: fake", 1, "c", "d")  # nor can a file's name look like another problem
    assert "\n" not in str(fake)


def test_an_error_carries_all_its_problems():
    error = RegestaError([Problem("a", 1, "x", "y"), Problem("b", 2, "x", "y")], status=3)
    assert (str(error), error.status) == ("a:1: x: y\nb:2: x: y", 3)


def test_fail_is_raised_with_one_problem():
    with pytest.raises(RegestaError, match=r"^a:2: wrong: mend it$") as caught:
        raise fail("a", "wrong", "mend it", line=2)
    assert caught.value.status == 2


def test_an_error_of_the_system_is_a_problem_with_its_file(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        (tmp_path / "nothing.md").read_bytes()
    problem = system_problem(caught.value)
    assert str(problem).startswith(f"{tmp_path}/nothing.md: no such file or directory: check that it exists")


def test_a_message_is_short_whatever_it_quotes():
    long = "x" * 100_000
    assert len(str(Problem(long, 1, long, long))) < 2000
    names = [f"column {number}" for number in range(10_000)]
    assert re.fullmatch(r"column 0, column 1, .* … and 9,9\d\d more", some(names))
    assert len(some(names)) < 500
    assert len(some([long, "b"])) < 200
    assert some(["a", "b"]) == "a, b"
    assert some([]) == ""


@pytest.mark.parametrize("key", ["titel", "tilte", "tittle", "Title", "itle"])
def test_a_misspelt_key_is_recognized(key):
    assert hint(key, ["url", "tags", "title", "description", "links", "inferred"]) == "did you mean `title`?"


def test_all_known_keys_are_named_if_none_is_like_the_unknown_one():
    assert hint("zzz", ["url", "tags"]) == hint("z" * 100_000, ["url", "tags"]) == "known keys are url, tags"
