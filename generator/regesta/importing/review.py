"""`content/review.yaml`: entries that may be papers of the archive, held back until a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regesta.content import canonical_yaml as canonical
from regesta.content.fields import FieldError, is_name, read_field
from regesta.content.frontmatter import FrontMatterError, load_items
from regesta.content.paper import KINDS, Paper, value_of
from regesta.content.text_files import TextFileError, read_text, write
from regesta.errors import Problem, RegestaError

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


def load_review(content: Path) -> list[Held]:
    """Return the entries held back, in the file's order.

    Raises:
        RegestaError: the file cannot be understood.
    """
    path, name = content / REVIEW_FILE, f"{content.name}/{REVIEW_FILE}"
    if not path.exists():
        return []
    try:
        return [_held(line, item, name) for line, item in load_items(read_text(path, name))]
    except TextFileError as error:
        raise RegestaError(error.problems) from error
    except FrontMatterError as error:
        raise RegestaError([Problem(name, error.line - 1, str(error), _RESTORE)]) from error


def _held(line: int, item: Any, name: str) -> Held:
    try:
        values = {key: read_field(key, value) for key, value in item["paper"].items() if key in KINDS}
        texts, like, why, abstract = item["texts"], item["like"], item["why"], item.get("abstract", "")
        are_texts = isinstance(texts, list) and all(
            isinstance(text, str) for text in (*texts, like, why, abstract)
        )
        if not (are_texts and texts and is_name(like) and values["title"]):
            raise KeyError("texts, like, why and a paper with a title")  # noqa: TRY301 - one handler for all
        return Held(tuple(texts), like, why, Paper(**values, abstract=abstract))
    except (FieldError, KeyError, TypeError, AttributeError) as error:
        what = f"is not an entry held for review ({error})"
        raise RegestaError([Problem(name, line - 1, what, _RESTORE)]) from error


def save_review(content: Path, entries: Iterable[Held]) -> None:
    """Write the entries held back, sorted by title, each once; without any, remove the file."""
    path = content / REVIEW_FILE
    latest = {entry.texts[0]: entry for entry in entries}.values()
    text = "\n".join(map(_text, sorted(latest, key=lambda entry: (entry.paper.title, entry.texts))))
    if text:
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
