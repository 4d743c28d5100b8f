"""A layer of the index that is changed has the bytes of one that is made from nothing, whatever was edited."""

import os
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from regesta.memory import Memory
from regesta.search import layer_change, layer_files
from regesta.search.difference import Difference
from regesta.search.documents import SearchDocument, numbered
from regesta.search.layering import BASE
from regesta.search.paper_rows import PaperRow, PaperRows
from regesta.search.remembered import TABLES, LayerMemory
from regesta.search.searchable import Searchable
from regesta.text.strings import digest

FOLDER = "search/base/"
_SYLLABLES = (
    "ba be bi bo da de di do ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro 大 é 𠀀 -".split()
)
STEPS = int(os.environ.get("REGESTA_STEPS", "60"))


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few papers fill many groups, blocks, shards and runs."""
    monkeypatch.setattr("regesta.search.documents._RUN", 6)
    monkeypatch.setattr("regesta.search.documents.GROUP", 8)
    monkeypatch.setattr("regesta.search.layer_files.GROUP", 8)
    monkeypatch.setattr("regesta.search.layer_files._SIZES", ((40, 200, 4), (70, 300, 4), (1000, 300, 8)))
    for table in layer_files.BLOCKS:
        monkeypatch.setitem(layer_files.BLOCKS, table, 200)
    monkeypatch.setattr("regesta.search.layer_files._RUN", 16)
    monkeypatch.setattr("regesta.search.line_change._AT_ONCE", 20)
    monkeypatch.setattr("regesta.search.difference._SHARE", 1)


def files_of(
    papers: Mapping[str, SearchDocument], labels: Mapping[str, str], memory: LayerMemory
) -> dict[str, bytes]:
    """Return the files of a layer, made from all of its papers."""
    documents = numbered(papers.values())
    return dict(layer_files.layer_files(FOLDER, documents, len(documents), labels, memory))


class Layer:
    """A layer whose papers are edited by chance.

    Args:
        home: where its memory goes.
        seed: which edits are made.
    """

    def __init__(self, home: Path, seed: int) -> None:
        self.home, self.random = home / "memory.db", random.Random(seed)
        self.papers: dict[str, SearchDocument] = {}
        self.labels: dict[str, str] = {}
        self.files: Mapping[str, bytes] = {}
        self.changed = 0
        self.words = [
            "".join(self.random.choices(_SYLLABLES, k=self.random.randint(1, 4))) for _ in range(120)
        ]

    def text(self, most: int) -> str:
        """Return some words; a few are frequent."""
        pick = (int(len(self.words) * self.random.random() ** 3) for _ in range(self.random.randint(0, most)))
        return " ".join(self.words[place] for place in pick)

    def write(self, paper_id: str) -> None:
        """Write a paper, or write it anew."""
        date = self.random.choice(["", "2024", "2024-05", "2024-05-01", "2025-01-02", "2026-07-07"])
        abstract, tags = self.text(25), tuple(self.text(1).split())
        names = tuple(sorted({"has/abstract", f"tag/{self.text(1) or 'x'}"}))
        text = Searchable(self.text(5), abstract, (self.text(2),), (), tags, (), date[:4], names)
        self.papers[paper_id] = SearchDocument(paper_id, date, text, (text.title, date, "", "", tags, "", ""))

    def edit(self) -> None:
        """Make an edit."""
        some = [*self.papers] and self.random.choice([*self.papers])
        kind = self.random.choice(
            ["add", "add", "write", "write", "word", "delete", "delete", "date", "label", "many"]
        )
        if kind == "add" or not some:
            self.write(f"p{self.random.randint(0, 400)}")
        elif kind == "write":
            self.write(some)
        elif kind == "word":
            text = self.papers[some].text
            self._set(some, text, abstract=f"{text.abstract} {self.text(2)}")
        elif kind == "delete":
            del self.papers[some]
        elif kind == "date":
            self.papers[some] = self.papers[some]._replace(date=self.random.choice(["", "2023-01", "2027"]))
        elif kind == "label":
            self.labels[f"tag/{self.text(1)}"] = self.text(2)
        else:
            self._many()

    def _set(self, paper_id: str, text: Searchable, **fields: str) -> None:
        self.papers[paper_id] = self.papers[paper_id]._replace(text=text._replace(**fields))

    def _many(self) -> None:
        if len(self.papers) > 60:
            for paper_id in self.random.sample([*self.papers], self.random.choice([3, 50])):
                del self.papers[paper_id]
        else:
            for number in range(self.random.choice([2, 12])):
                self.write(f"m{self.random.randint(0, 99)}-{number}")

    def build(self, *, anew: bool = False) -> None:
        """Make the files, from those before if that can be done, and remember what was made."""
        memory = Memory(self.home)
        memory.recall("search", "settings", TABLES)
        rows = PaperRows(memory)
        for paper_id in {*rows.ids(), *self.papers}:
            paper = self.papers.get(paper_id)
            rows.put(paper_id, paper and PaperRow(paper_id, paper.date, "", digest(repr(paper)), ""))
        layer = LayerMemory(memory, BASE)
        self.files = (not anew and self._changed(layer)) or self._whole(layer)
        memory.commit()

    def _whole(self, memory: LayerMemory) -> dict[str, bytes]:
        memory.begin()
        files = files_of(self.papers, self.labels, memory)
        memory.end("", self.labels)
        return files

    def _changed(self, memory: LayerMemory) -> dict[str, bytes]:
        try:
            _, labels = memory.recall()
            difference = Difference(memory, self.papers.__getitem__)
            change = layer_change.LayerChange(
                FOLDER, self.files.__getitem__, memory, difference, (labels, self.labels)
            )
            files = change.files()
        except LookupError:  # too much has changed, or blocks have another size
            return {}
        change.remember("", self.labels)
        self.changed += 1
        return {path: self.files[path] if data is None else data for path, data in files.items()}


@pytest.fixture
def layer(tmp_path: Path, seed: int) -> Iterator[Layer]:
    """A layer of some papers."""
    made = Layer(tmp_path, seed)
    for number in range(made.random.choice([0, 30, 60])):
        made.write(f"p{number}")
    made.build(anew=True)
    return made


@pytest.fixture(params=[6, 2])
def _short_names(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let blocks have names so short that two have the same one now and then."""
    for module in ("blocks", "table_change"):
        monkeypatch.setattr(f"regesta.search.{module}.NAME_SIZE", request.param)


@pytest.mark.usefixtures("_short_names")
@pytest.mark.parametrize("seed", range(int(os.environ.get("REGESTA_SEEDS", "6"))))
def test_after_any_edit_a_layer_is_what_all_papers_make(layer: Layer, seed: int) -> None:
    """Papers come, go and change, in texts, dates and names; words appear and disappear; groups and blocks merge."""
    for step in range(STEPS):
        for _ in range(layer.random.choice([1, 1, 1, 4])):
            layer.edit()
        layer.build()
        memory = Memory()
        memory.recall("search", "", TABLES)
        expected = files_of(layer.papers, layer.labels, LayerMemory(memory, BASE))
        assert layer.files == expected, f"seed {seed}, step {step}"
    assert layer.changed > STEPS / 2


@pytest.mark.parametrize("seed", [1])
def test_a_layer_does_not_depend_on_its_runs(layer: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run has them all, is just full, or is one too small; or there are many runs."""
    for number in range(24):
        layer.write(f"p{number}")
    made = []
    for papers in (100, 24, 23, 7):
        monkeypatch.setattr("regesta.search.layer_files._RUN", papers)
        memory = Memory()
        memory.recall("search", "", TABLES)
        made.append(files_of(layer.papers, layer.labels, LayerMemory(memory, BASE)))
    assert made == [made[0]] * len(made)
