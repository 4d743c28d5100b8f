"""Zotero's own JSON: an export of Better BibTeX (`{"config": …, "items": […]}`), or a list of its web API."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from regesta.content.paper import Author, Paper
from regesta.sources.common.dump import Dump, Reading
from regesta.sources.common.people import person
from regesta.sources.common.values import (
    NO_OBJECT,
    add_paper,
    first_object,
    keywords_of,
    links_in,
    private_note,
    taken,
    thesis_type,
    value_text,
    without_tags,
)
from regesta.text.languages import language_of
from regesta.text.prose import abstract_markdown, title_text
from regesta.text.references import date_in, page_range
from regesta.text.strings import one_line
from regesta.text.xml_json import DocumentError, read_items

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_EXPORT = re.compile(
    r"\s*\{(?=.*?\"config\"\s*:).*?\"(?:label\"\s*:\s*\"BetterBibTeX|citekeyFormat\"|itemType\")", re.DOTALL
)
_TYPES = {
    "journalArticle": "article", "magazineArticle": "article", "newspaperArticle": "article", "conferencePaper": "inproceedings", "book": "book",
    "bookSection": "incollection", "encyclopediaArticle": "incollection", "dictionaryEntry": "incollection", "report": "techreport",
    "manuscript": "unpublished", "thesis": "thesis",
}  # fmt: skip
_VENUES = (
    "publicationTitle",
    "proceedingsTitle",
    "bookTitle",
    "encyclopediaTitle",
    "dictionaryTitle",
    "conferenceName",
    "meetingName",
)
_PUBLISHERS = ("publisher", "university", "institution")
_NUMBERS = ("issue", "number", "reportNumber")
_AUTHORS = frozenset(("author", "presenter", "programmer", "inventor", "podcaster", "artist", "cartographer"))
_READ_OF_EXTRA = frozenset(("citation key", "arxiv", "doi"))
#: Items that only belong to other items.
_NO_PAPERS = frozenset(("attachment", "note", "annotation"))
_USED = (
    frozenset("itemType title creators volume pages date tags abstractNote DOI url citationKey extra rights thesisType archiveID".split())
    | {*_VENUES, *_PUBLISHERS, *_NUMBERS}
)  # fmt: skip


def recognizes(dump: Dump) -> bool:
    """Tell whether a text begins like an export of Better BibTeX, or with an item of the web API."""
    if _EXPORT.match(dump.head):
        return True
    first = first_object(dump) if dump.head.lstrip().startswith("[") else {}
    return isinstance(_data(first).get("itemType"), str)


def read(dump: Dump) -> Reading:
    """Return a paper for each item with a title; attachments and notes are not papers, and are counted."""
    reading = Reading()
    try:
        items = read_items(dump.text, *(["items"] if dump.head.lstrip().startswith("{") else []))
    except DocumentError as error:
        reading.problems.append(dump.problem(max(error.line, 1), str(error), "export it again"))
        return reading
    if not items:
        reading.problems.append(dump.problem(1, "lists no paper", "export it again"))
    children = _notes_of_parents(items)
    for line, item in taken(items):
        if not isinstance(item, dict):
            reading.problems.append(dump.problem(line, *NO_OBJECT))
        elif (kind := value_text(_data(item).get("itemType"))) in _NO_PAPERS:
            reading.unread[kind] += 1
        else:
            add_paper(reading, dump, _paper(dump, line, item, children))
            reading.leave_out(_unread(dump, _data(item)))
    return reading


def _data(item: Any) -> Mapping[str, Any]:
    """Return the fields of an item; the web API puts them below `data`."""
    data = item.get("data", item) if isinstance(item, dict) else {}
    return data if isinstance(data, dict) else {}


def _notes_of_parents(items: list[tuple[int, Any]]) -> dict[str, list[str]]:
    """Return the texts of notes that are items of their own, by the key of their parent."""
    notes: dict[str, list[str]] = defaultdict(list)
    for data in (_data(item) for _, item in items):
        if data.get("itemType") == "note":
            notes[value_text(data.get("parentItem"))].append(value_text(data.get("note")))
    return notes


def _paper(dump: Dump, line: int, item: Mapping[str, Any], children: dict[str, list[str]]) -> Paper:
    data = _data(item)
    fields = defaultdict(str, {key: one_line(value_text(value)) for key, value in data.items()})
    extra = defaultdict(str, _extra(data.get("extra")))
    kind = _TYPES.get(fields["itemType"], "misc")
    own_key = fields["key"] or fields["itemKey"]
    notes = [*_texts(data.get("notes"), "note"), *(children.pop(own_key, []) if own_key else [])]
    return Paper(
        title=title_text(without_tags(fields["title"])),
        abstract=abstract_markdown(without_tags(value_text(data.get("abstractNote")))),
        type=thesis_type(fields["thesisType"]) if kind == "thesis" else kind,
        authors=tuple(_authors(data.get("creators"))),
        venue=one_line(without_tags(_first(fields, _VENUES))),
        volume=fields["volume"],
        number=_first(fields, _NUMBERS),
        pages=page_range(fields["pages"]),
        publisher=_first(fields, _PUBLISHERS),
        published=date_in(fields["date"]),
        keywords=keywords_of(_texts(data.get("tags"), "tag")),
        links=links_in([fields["DOI"], extra["doi"], extra["arxiv"], fields["archiveID"]], [fields["url"]]),
        citekey=fields["citationKey"] or extra["citation key"],
        language=language_of(fields["language"]),
        license=fields["rights"],
        note=private_note(dump, notes),
        origin=dump.origin(line),
    )


def _first(fields: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((fields[name] for name in names if fields[name]), "")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any, key: str) -> list[str]:
    """Return the texts of a list; each is a text, or an object that has it at a key."""
    return [value_text(item.get(key) if isinstance(item, dict) else item) for item in _list(value)]


def _extra(value: Any) -> dict[str, str]:
    """Return the values of the lines `Name: value` in the field `extra`, by name in lower case."""
    lines = [value_text(line) for line in value] if isinstance(value, list) else value_text(value).split("\n")
    named = [line.partition(":") for line in lines if line.strip()]
    return {name.strip().lower(): one_line(text) for name, _, text in named}


def _authors(value: Any) -> Iterator[Author]:
    """Yield the creators who are authors."""
    for creator in _list(value):
        parts = {key: value_text(part) for key, part in creator.items()} if isinstance(creator, dict) else {}
        if parts.get("creatorType") in _AUTHORS:
            author = person(parts.get("firstName", ""), parts.get("lastName", ""), name=parts.get("name", ""))
            if author:
                yield author


def _unread(dump: Dump, data: Mapping[str, Any]) -> Counter[str]:
    """Count what was left out of an item: fields, creators who are not authors, private lines of `extra`."""
    places = {*_USED, *(["notes"] if dump.notes else [])}
    places |= {"language"} if language_of(value_text(data.get("language"))) else set()
    unread = Counter(key.lower() for key, value in data.items() if _is_filled(value) and key not in places)
    creators = [creator for creator in _list(data.get("creators")) if isinstance(creator, dict)]
    kinds = [value_text(creator.get("creatorType")).lower() for creator in creators]
    unread.update(kind for kind in kinds if kind not in _AUTHORS)
    if data.get("extra") and _extra(data["extra"]).keys() - _READ_OF_EXTRA:
        unread["extra"] += 1
    return unread


def _is_filled(value: Any) -> bool:
    return value not in ("", None, [], {}, False)
