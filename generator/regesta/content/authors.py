"""Authors, `content/authors.yaml`: joins the spellings of a name, and tells people of the same name apart."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.content.curated_files import read_entries
from regesta.content.find_files import AUTHORS_FILE
from regesta.content.schema import filled, line, mapping, unfit, words
from regesta.content.text_files import TextFileError, read_text
from regesta.text.identifiers import orcid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from regesta.errors import Problem


class Person(NamedTuple):
    """An author of papers, who has a page on the site.

    Attributes:
        name: as pages show it.
        id: tells two people of the same name apart; "" if none is needed.
        aliases: other spellings of the name.
        orcid: the ORCID iD, "" if unknown.
        sort: the name as the index has it (`Goot, Rob van der`), "" if the rule of `text.names` is right.
    """

    name: str
    id: str = ""
    aliases: tuple[str, ...] = ()
    orcid: str = ""
    sort: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every form of the name, each once."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))


def _orcid(value: Any) -> str:
    number = line(value)
    if number and not orcid(number):
        raise unfit(f"{number!r} is not an ORCID iD: write it as 0000-0002-1825-0097")
    return orcid(number)


_PERSON = mapping({"name": filled(line), "id": line, "aliases": words, "orcid": _orcid, "sort": line}, "name")


def load_authors(content: Path) -> tuple[list[Person], list[Problem]]:
    """Return the authors of `content/authors.yaml`, and its problems; an entry with a problem is left out."""
    if not os.path.lexists(content / AUTHORS_FILE):
        return [], []
    known: dict[Person, int] = {}

    def person(entry: Any, place: int) -> Person:
        made = Person(**_PERSON(entry))
        _refuse_other_words(made)
        _refuse_duplicate(made, known)
        known[made] = place
        return made

    try:
        text = read_text(content / AUTHORS_FILE, AUTHORS_FILE)
        return read_entries(text, AUTHORS_FILE, person, "begin each author with `- name: …`")
    except TextFileError as error:
        return [], [*error.problems]


def _refuse_other_words(person: Person) -> None:
    """Refuse a `sort` that is not the name itself, with the family name first."""
    if person.sort and sorted(person.sort.replace(",", " ").split()) != sorted(
        person.name.replace(",", " ").split()
    ):
        remedy = "write the words of the name, the family name first, as `Goot, Rob van der`"
        raise unfit(remedy, f"sorts {person.name!r} as {person.sort!r}")


def _refuse_duplicate(person: Person, others: Mapping[Person, int]) -> None:
    """Refuse a person whose id, ORCID iD or name another entry has; two people with different ids may share a name.

    The others are given with the line of each.
    """
    for other, place in others.items():
        what = f"has the {{}}, as the entry of line {place} has"
        if person.id and person.id == other.id:
            raise unfit("join them, or change one", what.format(f"id {person.id!r}"))
        if person.orcid and person.orcid == other.orcid:
            raise unfit("join them", what.format(f"ORCID iD {person.orcid}"))
        shared = set(person.spellings) & set(other.spellings)
        if shared and not (person.id and other.id):
            raise unfit("join them, or give each an id", what.format(f"name {min(shared)!r}"))
