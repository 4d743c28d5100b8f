"""CSL-JSON: a list of items, as Zotero, Pandoc, Crossref and DataCite write it."""

from __future__ import annotations

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
    objects_of,
    private_note,
    taken,
    thesis_type,
    value_text,
    without_tags,
)
from regesta.text.dates import date_of
from regesta.text.languages import language_of
from regesta.text.prose import abstract_markdown, title_text
from regesta.text.references import date_in, page_range
from regesta.text.strings import one_line
from regesta.text.xml_json import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TYPES = {
    "article-journal": "article", "journal-article": "article", "article-magazine": "article", "article-newspaper": "article",
    "review": "article", "review-book": "article", "paper-conference": "inproceedings", "proceedings-article": "inproceedings", "book": "book",
    "monograph": "book", "edited-book": "book", "chapter": "incollection", "book-chapter": "incollection", "entry": "misc",
    "entry-dictionary": "incollection", "entry-encyclopedia": "incollection", "report": "techreport", "manuscript": "unpublished",
    "pamphlet": "booklet", "proceedings": "proceedings", "thesis": "thesis", "dissertation": "thesis",
}  # fmt: skip
#: Types and keys that only CSL has.
_OWN_TYPES = frozenset(_TYPES) - {"book", "review", "report", "entry", "proceedings", "manuscript"}
_OWN_KEYS = frozenset(
    (
        "container-title",
        "citation-key",
        "date-parts",
        "publisher-place",
        "event-title",
        "container-title-short",
    )
)
_DATES = ("issued", "published", "published-print", "published-online")
_NOTES = ("note", "annote")
_FAMILY = ("dropping-particle", "non-dropping-particle", "family", "suffix")
_USED = frozenset(
    "id citation-key type title author container-title event-title event volume issue number page publisher abstract keyword DOI URL "
    "license copyright rights genre".split()
) | {*_DATES}


def recognizes(dump: Dump) -> bool:
    """Tell whether a text begins with an item of CSL, in a list or alone."""
    item = first_object(dump)
    has_date = isinstance(item.get("issued"), dict)
    return "data" not in item and (
        has_date
        or bool(_OWN_KEYS & set(item))
        or ("id" in item and value_text(item.get("type")) in _OWN_TYPES)
    )


def read(dump: Dump) -> Reading:
    """Return a paper for each item with a title; a file that is not JSON is one problem."""
    reading = Reading()
    try:
        items = objects_of(dump)
    except DocumentError as error:
        reading.problems.append(dump.problem(max(error.line, 1), str(error), "export it again"))
        return reading
    if not items:
        reading.problems.append(dump.problem(1, "lists no paper", "export it again"))
    for line, item in taken(items):
        if isinstance(item, dict):
            add_paper(reading, dump, _paper(dump, line, item))
            reading.leave_out(_unread(dump, item))
        else:
            reading.problems.append(dump.problem(line, *NO_OBJECT))
    return reading


def _paper(dump: Dump, line: int, item: Mapping[str, Any]) -> Paper:
    fields = defaultdict(str, {key: one_line(value_text(value)) for key, value in item.items()})
    kind = _TYPES.get(fields["type"], "misc")
    return Paper(
        title=title_text(without_tags(value_text(item.get("title")))),
        abstract=abstract_markdown(without_tags(value_text(item.get("abstract")))),
        type=thesis_type(fields["genre"]) if kind == "thesis" else kind,
        authors=tuple(_authors(item.get("author"))),
        venue=one_line(without_tags(value_text(item.get("container-title"))))
        or fields["event-title"]
        or _event(item.get("event")),
        volume=fields["volume"],
        number=fields["issue"] or fields["number"],
        pages=page_range(fields["page"]),
        publisher=fields["publisher"],
        published=next(filter(None, (_date(item.get(key)) for key in _DATES)), ""),
        keywords=keywords_of(_keywords(item.get("keyword"))),
        links=links_in([fields["DOI"], fields["number"]], [fields["URL"]]),
        citekey=_citekey(fields),
        language=language_of(fields["language"]),
        license=_license(item),
        note=private_note(dump, (value_text(item.get(key)) for key in _NOTES)),
        origin=dump.origin(line),
    )


def _citekey(fields: Mapping[str, str]) -> str:
    """Return the key that the item is cited by; an address in somebody's library is private."""
    key = fields["citation-key"] or fields["id"]
    return "" if "://" in key else key


def _event(value: Any) -> str:
    return one_line(value_text(value.get("name") if isinstance(value, dict) else value))


def _keywords(value: Any) -> list[str]:
    if isinstance(value, list):
        return [value_text(word) for word in value]
    text = value_text(value)
    return text.split(";" if ";" in text else ",")


def _license(item: Mapping[str, Any]) -> str:
    value = next((item[key] for key in ("license", "copyright", "rights") if item.get(key)), "")
    first = value[0] if isinstance(value, list) else value
    return one_line(value_text(first.get("URL") if isinstance(first, dict) else first))


def _date(value: Any) -> str:
    """Return the date, or the first of a range, from parts or words; there may be too many parts."""
    if not isinstance(value, dict):
        return date_in(value_text(value))
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else []
    numbers = [value_text(part) for part in first[:3]] if isinstance(first, list) else []
    date = date_of(*numbers) if numbers else ""
    return date or date_in(value_text(value.get("raw"))) or date_in(value_text(value.get("literal")))


def _authors(value: Any) -> Iterator[Author]:
    """Yield the authors; particles and suffixes go with the family name."""
    for name in value if isinstance(value, list) else []:
        given = name if isinstance(name, dict) else {"literal": name}
        parts = defaultdict(str, {key: value_text(part) for key, part in given.items()})
        family = " ".join(filter(None, (parts[key] for key in _FAMILY)))
        whole = parts["literal"] or parts["name"]
        author = person(parts["given"], family, name=whole, orcid_id=parts["ORCID"] or parts["orcid"])
        if author:
            yield author


def _unread(dump: Dump, item: Mapping[str, Any]) -> Counter[str]:
    places = {*_USED, *(_NOTES if dump.notes else ())}
    places |= {"language"} if language_of(value_text(item.get("language"))) else set()
    return Counter(
        key.lower() for key, value in item.items() if value not in ("", None, [], {}) and key not in places
    )
