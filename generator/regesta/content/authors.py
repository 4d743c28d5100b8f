"""Who is who: `content/authors.yaml`, which gathers the spellings of a name and tells namesakes apart, and what papers say themselves."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regesta.content.curated_files import read_entries
from regesta.content.find_files import AUTHORS_FILE
from regesta.content.schema import filled, line, mapping, unfit, words
from regesta.content.text_files import TextFileError, read_text
from regesta.text.identifiers import orcid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from regesta.errors import Problem


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wrote papers, with a page of their own.

    Attributes:
        name: as the page shows it.
        id: tells two people of one name apart, "" if none is needed.
        aliases: other spellings of the name.
        orcid: the ORCID iD, "" if unknown.
    """

    name: str
    id: str = ""
    aliases: tuple[str, ...] = ()
    orcid: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every form of the name, each once."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))


def _orcid(value: Any) -> str:
    number = line(value)
    if number and not orcid(number):
        raise unfit(f"{number!r} is not an ORCID iD: write it as 0000-0002-1825-0097")
    return orcid(number)


_PERSON = mapping({"name": filled(line), "id": line, "aliases": words, "orcid": _orcid}, "name")


def load_authors(content: Path) -> tuple[list[Person], list[Problem]]:
    """Return what the curator says of authors, and a problem for each thing that is wrong; its entry is left out."""
    if not os.path.lexists(content / AUTHORS_FILE):
        return [], []
    known: dict[Person, int] = {}

    def person(entry: Any, place: int) -> Person:
        made = Person(**_PERSON(entry))
        _refuse_twin(made, known)
        known[made] = place
        return made

    try:
        text = read_text(content / AUTHORS_FILE, AUTHORS_FILE)
        return read_entries(text, AUTHORS_FILE, person, "begin each author with `- name: …`")
    except TextFileError as error:
        return [], [*error.problems]


def _refuse_twin(person: Person, others: Mapping[Person, int]) -> None:
    """Make sure that none of the others (each with its line) is known by what a person is known by; namesakes with ids are."""
    for other, place in others.items():
        what = f"has the {{}}, as the entry of line {place} has"
        if person.id and person.id == other.id:
            raise unfit("join them, or change one", what.format(f"id {person.id!r}"))
        if person.orcid and person.orcid == other.orcid:
            raise unfit("join them", what.format(f"ORCID iD {person.orcid}"))
        shared = set(person.spellings) & set(other.spellings)
        if shared and not (person.id and other.id):
            raise unfit("join them, or give each an id", what.format(f"name {min(shared)!r}"))
