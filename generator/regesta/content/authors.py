"""Who is who: `content/authors.yaml`, which gathers the spellings of a name and tells namesakes apart, and what papers say themselves."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regesta.content import frontmatter
from regesta.content.fields import FieldError, read_field, read_line
from regesta.content.find_files import AUTHORS_FILE
from regesta.content.text_files import TextFileError, read_text
from regesta.errors import Problem, hint
from regesta.text.identifiers import orcid

if TYPE_CHECKING:
    from pathlib import Path


_KEYS = ("name", "id", "aliases", "orcid")


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


def load_authors(content: Path) -> tuple[list[Person], list[Problem]]:
    """Return what the curator says of authors, and a problem for each entry that cannot be used."""
    people: list[Person] = []
    problems: list[Problem] = []
    lines: dict[Person, int] = {}
    for line, entry in _entries(content, problems):
        try:
            person = _person(entry)
            _refuse_twin(person, lines)
        except FieldError as error:
            problems.append(Problem(AUTHORS_FILE, line, "has an entry that cannot be used", str(error)))
        else:
            people.append(person)
            lines[person] = line
    return people, problems


def _entries(content: Path, problems: list[Problem]) -> list[tuple[int, Any]]:
    """Return the entries of the file, each with its line; nothing, and why, if it cannot be read."""
    if not os.path.lexists(content / AUTHORS_FILE):
        return []
    try:
        items = frontmatter.load_items(read_text(content / AUTHORS_FILE, AUTHORS_FILE))
    except TextFileError as error:
        problems += error.problems
        return []
    except frontmatter.FrontMatterError as error:
        problems.append(
            Problem(AUTHORS_FILE, max(error.line - 1, 1), str(error), "begin each author with `- name: …`")
        )
        return []
    return [(line - 1, item) for line, item in items]  # there is no line of dashes above


def _person(entry: Any) -> Person:
    if not isinstance(entry, dict) or not entry.get("name"):
        raise FieldError("write {name: …} with any of id, aliases, orcid")
    if unknown := sorted(entry.keys() - set(_KEYS)):
        raise FieldError(f"`{unknown[0]}`: {hint(unknown[0], _KEYS)}")
    name, person_id, number = (read_line(entry.get(key, "")) for key in ("name", "id", "orcid"))
    if number and not orcid(number):
        raise FieldError(f"{number!r} is no ORCID iD: write it as 0000-0002-1825-0097")
    return Person(name, person_id, read_field("keywords", entry.get("aliases", "")), orcid(number))


def _refuse_twin(person: Person, others: dict[Person, int]) -> None:
    """Make sure that nobody else is known by what a person is known by; namesakes with ids are."""
    for other, line in others.items():
        both = f"the entry of line {line}"
        if person.id and person.id == other.id:
            raise FieldError(f"{both} has the id {person.id!r}, too: join them, or change one")
        if person.orcid and person.orcid == other.orcid:
            raise FieldError(f"{both} has the ORCID iD {person.orcid}, too: join them")
        shared = set(person.spellings) & set(other.spellings)
        if shared and not (person.id and other.id):
            raise FieldError(f"{both} has the name {min(shared)!r}, too: join them, or give each an id")
