"""Pieces that are made once are found again: in memory, in the file, and by the next build if they are what they were."""

from contextlib import closing

import pytest

from regesta.memory import Memory
from regesta.pages.kept import Kept


class Made:
    """Pieces, and the names of those that were made."""

    def __init__(self, memory, settings=""):
        self.kept, self.made = Kept(memory, settings), []

    def get(self, name, key=""):
        def make():
            self.made.append(name)
            return f"{name}: é \ud7ff 中 {key}" * 20

        return self.kept.get(name, key, make)


@pytest.mark.parametrize("count", [20, 250])
@pytest.mark.parametrize("known", [0, 150, 50_000])
def test_each_piece_is_made_once_and_comes_back_as_it_was(monkeypatch, count, known):
    monkeypatch.setattr("regesta.pages.kept._KNOWN", known)
    pieces = Made(Memory())
    for _ in range(3):
        for number in (*range(count), *reversed(range(count))):
            assert pieces.get(f"n{number}") == f"n{number}: é \ud7ff 中 " * 20
    assert pieces.made == [f"n{number}" for number in range(count)]


@pytest.fixture
def memory(tmp_path):
    """The memory of a build that made four pieces."""
    pieces = Made(Memory(tmp_path / "pieces.db"))
    for name in ("a", "a Ada", "a\tfeed.xml", "ab"):
        pieces.get(name, "1")
    pieces.kept.save()
    with closing(Memory(tmp_path / "pieces.db")) as memory:
        yield memory


def test_the_next_build_makes_only_what_is_other(memory):
    pieces = Made(memory)
    assert pieces.get("a Ada", "1") == "a Ada: é \ud7ff 中 1" * 20
    assert pieces.get("a", "2") == "a: é \ud7ff 中 2" * 20
    assert pieces.made == ["a"]


def test_pieces_of_a_paper_are_forgotten_and_no_others(memory):
    pieces = Made(memory)
    pieces.kept.forget(["a"])
    for name in ("a", "a Ada", "a\tfeed.xml", "ab"):
        pieces.get(name, "1")
    assert pieces.made == ["a", "a Ada", "a\tfeed.xml"]


def test_other_settings_make_all_anew(memory):
    pieces = Made(memory, "other")
    pieces.get("ab", "1")
    assert pieces.made == ["ab"]
