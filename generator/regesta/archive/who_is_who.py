"""The register of authors: which person each author of a paper is."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from regesta.content.authors import Person
from regesta.text.identifiers import orcid
from regesta.text.names import Name, split_alike, split_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from regesta.content.paper import Author


class Register:
    """Tells which person an author of a paper is: by id, else by ORCID iD, else by name.

    A shared name identifies neither of its people: an author with that name alone counts as one more person.

    Args:
        people: the curator's entries.
        with_ids: name, id and ORCID iD of each author of a paper that has an id; one that no entry has makes a person, too.
        orcids_of: returns the ORCID iDs ("" for none) of the authors without an id who have a name.

    Attributes:
        labels: of the curator's people, and of those whom only papers give an id.
        people: the same people, by their labels.
    """

    def __init__(
        self,
        people: Iterable[Person],
        with_ids: Iterable[tuple[str, str, str]],
        orcids_of: Callable[[str], Collection[str]],
    ) -> None:
        entries = [*people]
        self._by_orcid = {person.orcid: person for person in entries if person.orcid}
        self._by_id = {person.id: person for person in entries if person.id}
        bearers = Counter(name for person in entries for name in person.spellings)
        self._by_name = {
            name: person for person in entries for name in person.spellings if bearers[name] == 1
        }
        names_by_id: defaultdict[str, set[str]] = defaultdict(set)
        for name, author_id, orcid_id in with_ids:
            if not (self._by_id.get(author_id) or self._by_orcid.get(orcid_id)):
                names_by_id[author_id].add(name)
        self._by_id |= {person_id: _person(person_id, names) for person_id, names in names_by_id.items()}
        everybody = {*entries, *self._by_id.values()}
        namesakes = Counter(person.name for person in everybody)
        for name in namesakes:  # an author with the name alone is one more
            is_free = name not in self._by_name
            namesakes[name] += is_free and any(own not in self._by_orcid for own in orcids_of(name))
        in_order = sorted(everybody)  # of two with one label, which is odd, always the same one counts
        self.labels = {person: _label(person, namesakes[person.name]) for person in in_order}
        self.people = {label: person for person, label in self.labels.items()}

    def _person_of(self, author: Author) -> Person | None:
        """Return an author's person; None for an author with only a name that no single entry has."""
        person = self._by_id.get(author.id) or self._by_orcid.get(author.orcid)
        return person or (None if author.id else self._by_name.get(author.name))

    def label(self, author: Author) -> str:
        """Return the name of an author's person, with the id in brackets if others have the same name."""
        person = self._person_of(author)
        return self.labels[person] if person else author.name

    def orcid(self, author: Author) -> str:
        """Return an author's ORCID iD: the paper's, else the curator's, else ""."""
        person = self._person_of(author)
        return orcid(author.orcid) or (person.orcid if person else "")

    def written(self, author: Author) -> Name:
        """Return the family and the given name of an author, as the curator says, else the paper, else the rule."""
        person = self._person_of(author)
        if person and person.sort:
            return split_alike(author.name, person.sort)
        return written(author)

    def person(self, label: str) -> Person:
        """Return the person with a label."""
        return self.people.get(label) or Person(label)


def written(author: Author) -> Name:
    """Return the family and the given name of an author or editor, as the file says, else by the rule."""
    if author.family and (author.given or author.family == author.name):
        return Name(author.family, author.given)
    return split_name(author.name)


def register_of(people: Iterable[Person], authors: Iterable[Author]) -> Register:
    """Return the register of some authors.

    Args:
        people: the curator's entries.
        authors: of all papers.
    """
    with_ids: set[tuple[str, str, str]] = set()
    alone: defaultdict[str, set[str]] = defaultdict(set)
    for author in authors:
        if author.id:
            with_ids.add((author.name, author.id, author.orcid))
        else:
            alone[author.name].add(author.orcid)
    return Register(people, sorted(with_ids), lambda name: alone.get(name, ()))


def _person(person_id: str, names: Iterable[str]) -> Person:
    """Return the person with an id that only papers give; the name is the longest spelling."""
    first, *others = sorted(names, key=lambda name: (-len(name), name))
    return Person(first, person_id, tuple(others))


def _label(person: Person, namesakes: int) -> str:
    """Return a person's name, with the id in brackets if several people have it."""
    return f"{person.name} ({person.id})" if namesakes > 1 and person.id else person.name
