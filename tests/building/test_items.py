"""Items that are made once are found again: in memory, in the file, and by the next build if they are what they were."""

from contextlib import closing

import pytest

from regesta.building.items import Items
from regesta.memory import Memory
from regesta.pages.page import ListEntry


class Made:
    """Items, and the names of those that were made."""

    def __init__(self, memory, settings=""):
        self.items, self.made = Items(memory, settings), []

    def get(self, name, key=""):
        def make():
            self.made.append(name)
            return f"{name}: é \ud7ff 中 {key}" * 20

        return self.items.get(ListEntry(name, key, None), make)


@pytest.mark.parametrize("room", [0, 3, 100])
@pytest.mark.parametrize("count", [20, 250])
def test_each_item_is_made_once_and_comes_back_as_it_was(monkeypatch, room, count):
    monkeypatch.setattr("regesta.building.items._HELD", room)
    items = Made(Memory())
    for _ in range(3):
        for number in (*range(count), *reversed(range(count))):
            assert items.get(f"n{number}") == f"n{number}: é \ud7ff 中 " * 20
    assert items.made == [f"n{number}" for number in range(count)]


@pytest.fixture
def memory(tmp_path):
    """The memory of a build that made three items."""
    items = Made(Memory(tmp_path / "items.db"))
    for name in ("a", "a Ada", "ab"):
        items.get(name, "1")
    items.items.save()
    with closing(Memory(tmp_path / "items.db")) as memory:
        yield memory


def test_the_next_build_makes_only_what_is_other(memory):
    items = Made(memory)
    assert items.get("a Ada", "1") == "a Ada: é \ud7ff 中 1" * 20
    assert items.get("a", "2") == "a: é \ud7ff 中 2" * 20
    assert items.made == ["a"]


def test_items_of_a_paper_are_forgotten_and_no_others(memory):
    items = Made(memory)
    items.items.forget(["a"])
    for name in ("a", "a Ada", "ab"):
        items.get(name, "1")
    assert items.made == ["a", "a Ada"]


def test_other_settings_make_all_anew(memory):
    items = Made(memory, "other")
    items.get("ab", "1")
    assert items.made == ["ab"]
