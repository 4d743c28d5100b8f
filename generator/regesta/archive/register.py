"""Who is who: tells which person an author of a paper is."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from regesta.content.authors import Person
from regesta.text.identifiers import orcid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.content.paper import Author


class Register:
    """Tells which person an author of a paper is: by id, else by ORCID iD, else by name.

    A name that two people share stands for neither of them: who bears it alone, without an id, is a third.

    Args:
        people: what the curator says of them.
        authors: those of all papers; an id that the curator does not name makes a person, too.
    """

    def __init__(self, people: Iterable[Person], authors: Iterable[Author]) -> None:
        known = [*people]
        self._by_orcid = {person.orcid: person for person in known if person.orcid}
        self._by_id = {person.id: person for person in known if person.id}
        bearers = Counter(name for person in known for name in person.spellings)
        self._by_name = {name: person for person in known for name in person.spellings if bearers[name] == 1}
        spelt: defaultdict[str, set[str]] = defaultdict(set)
        bare: set[str] = set()
        for author in authors:
            if not self._known(author):
                (spelt[author.id] if author.id else bare).add(author.name)
        self._by_id |= {person_id: _spelt(person_id, names) for person_id, names in spelt.items()}
        everybody = {*known, *self._by_id.values()}
        namesakes = Counter(person.name for person in everybody) + Counter(bare)
        self._labels = {
            person: f"{person.name} ({person.id})"
            if namesakes[person.name] > 1 and person.id
            else person.name
            for person in everybody
        }
        self._people = {label: person for person, label in self._labels.items()}

    def _known(self, author: Author) -> Person | None:
        found = self._by_id.get(author.id) or self._by_orcid.get(author.orcid)
        return found or (None if author.id else self._by_name.get(author.name))

    def label(self, author: Author) -> str:
        """Return the name of an author's person among all people: with the id in brackets, if others bear the same name."""
        person = self._known(author) if self._labels else None
        return self._labels[person] if person else author.name

    def orcid(self, author: Author) -> str:
        """Return what is known of an author's ORCID iD: by the paper, else by the curator; "" if nothing is."""
        person = self._known(author) if self._labels else None
        return orcid(author.orcid) or (person.orcid if person else "")

    def person(self, label: str) -> Person:
        """Return the person of a label."""
        return self._people.get(label) or Person(label)


def _spelt(person_id: str, names: Iterable[str]) -> Person:
    """Return the person of an id that only papers name: the longest spelling says most."""
    first, *others = sorted(names, key=lambda name: (-len(name), name))
    return Person(first, person_id, tuple(others))
