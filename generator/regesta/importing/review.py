"""`content/review.yaml`: entries that may be papers of the archive, held back until a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regesta.content import canonical_yaml as canonical
from regesta.content.curated_files import read_entries
from regesta.content.fields import PAPER
from regesta.content.paper import KINDS, Paper, value_of
from regesta.content.schema import filled, list_of, mapping, name, written
from regesta.content.text_files import TextFileError, read_text, write

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

REVIEW_FILE = "review.yaml"
_HEAD = (
    "# Entries that may be papers the archive has already. `regesta review` lists and settles them. "
    "Do not edit by hand.\n\n"
)
_RESTORE = "restore the file from Git, or delete it: the next import asks again"


@dataclass(frozen=True, slots=True)
class Held:
    """A doubtful entry.

    Attributes:
        texts: the `text_hash` of each of its copies; the first names it.
        like: the id of the paper that it may be.
        why: the reasons for and against that.
        paper: the entry, its copies merged; without id.
    """

    texts: tuple[str, ...]
    like: str
    why: str
    paper: Paper

    @property
    def name(self) -> str:
        """The name of the entry for people: eight hexadecimal digits."""
        return self.texts[0][:8]


def _held(value: Any, _line: int) -> Held:
    entry = _ENTRY(value)
    paper = Paper(**entry["paper"], abstract=entry.get("abstract", ""))
    return Held(entry["texts"], entry["like"], entry["why"], paper)


_ENTRY = mapping(
    {
        "texts": filled(list_of(written, "write a list of texts")),
        "like": name,
        "why": written,
        "paper": PAPER,
        "abstract": written,
    },
    *("texts", "like", "why", "paper"),
    others=True,
)


def load_review(content: Path) -> list[Held]:
    """Return the entries held back, in the file's order.

    Raises:
        RegestaError: the file cannot be understood.
    """
    path, file = content / REVIEW_FILE, f"{content.name}/{REVIEW_FILE}"
    if not path.exists():
        return []
    held, problems = read_entries(read_text(path, file), file, _held, _RESTORE)
    if problems:
        what = "is not an entry held for review ({0.what}: {0.remedy})"
        raise TextFileError(
            problem._replace(what=what.format(problem), remedy=_RESTORE) for problem in problems
        )
    return held


def save_review(content: Path, entries: Iterable[Held]) -> None:
    """Write the entries held back, sorted by title, each once; without any, remove the file, or empty the one linked to."""
    path = content / REVIEW_FILE
    latest = {entry.texts[0]: entry for entry in entries}.values()
    text = "\n".join(map(_text, sorted(latest, key=lambda entry: (entry.paper.title, entry.texts))))
    if text or path.is_symlink():
        if not path.exists() or path.read_text(encoding="utf-8") != _HEAD + text:
            write(path, _HEAD + text)
    else:
        path.unlink(missing_ok=True)


def _text(entry: Held) -> str:
    lines = [("texts", list(entry.texts)), ("like", entry.like), ("why", entry.why)]
    values = {key: value for key in KINDS if (value := value_of(entry.paper, key)) is not None}
    written = [canonical.entry(key, value) for key, value in lines]
    paper = [
        "paper:",
        *(f"  {line}" for key, value in values.items() for line in canonical.entry(key, value).split("\n")),
    ]
    abstract = [canonical.entry("abstract", entry.paper.abstract)] if entry.paper.abstract else []
    first, *others = "\n".join([*written, *paper, *abstract]).split("\n")
    return "\n".join([f"- {first}", *(f"  {line}" for line in others), ""])
