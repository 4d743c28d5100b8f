"""BibTeX and BibLaTeX: macros and parents are resolved, TeX is decoded, private fields are left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from regesta.content.paper import Author, Paper
from regesta.sources.common.bibtex_entries import Room, inherited, parents, read_entries
from regesta.sources.common.dump import Dump, Reading
from regesta.sources.common.latex import plain, verbatim
from regesta.sources.common.people import person
from regesta.sources.common.values import add_paper, keywords_of, links_in, private_note, thesis_type
from regesta.text.dates import date_of
from regesta.text.languages import language_of
from regesta.text.names import without_others
from regesta.text.prose import abstract_markdown
from regesta.text.references import date_in, month_and_day, most_precise, page_range
from regesta.text.strings import LONGEST_LINE, one_line

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from regesta.sources.common.bibtex_entries import BibEntry

_ENTRY = re.compile(r"^[^\S\n]*@[a-z]\w*\s*[{(]", re.IGNORECASE | re.MULTILINE)
#: The beginning of a file whose name does not say what it is: comments, then the first entry with its key.
_BEGINNING = re.compile(
    r"\s*(?:%[^\n]*\n\s*)*@(?:(?:comment|preamble|string)\s*[{(]|[a-z]\w*\s*[{(]\s*[^\s{}=,\"]+\s*,)",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"\s*(?:family|given|prefix|suffix)(?:-i)?\s*=")
_LABEL = re.compile(r"\s*([a-z-]+)\s*=\s*(.*)", re.DOTALL)
_ORCIDS = re.compile(r"(\d{1,5})\s*=\s*\"?([^\";]+)")
_IN_VENUE = re.compile(r"arxiv:\s*([\w.-]+(?:/\d+)?)", re.IGNORECASE)

_NAME_MARKS = re.compile(r"\\.|[{}]| and(?= )", re.IGNORECASE)
#: Commands without braces: TeX skips the space after them, but a name would be split there.
_LOOSE_LETTER, _LOOSE_ACCENT = (
    re.compile(r"\\([oOlLij]|aa|AA|ae|AE|oe|OE|ss) +(?=\w)"),
    re.compile(r"\\([uvHcdbkrt]) +(\w)"),
)
_ADDRESS = re.compile(r"https?://[^\s{}]+")

_TYPES = {
    kind: kind
    for kind in "article book booklet inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings techreport unpublished".split()
} | {
    "conference": "inproceedings", "collection": "book", "mvbook": "book", "mvcollection": "book", "reference": "book", "bookinbook": "inbook",
    "suppbook": "inbook", "suppcollection": "incollection", "inreference": "incollection", "suppperiodical": "article", "mvproceedings": "proceedings",
    "report": "techreport",
}  # fmt: skip
_VOLUMES = frozenset(
    "proceedings mvproceedings book mvbook collection mvcollection reference mvreference periodical".split()
)
_LANGUAGES = ("language", "langid")
_PRIVATE_NOTES = ("note", "annote", "annotation")
_USED = frozenset(
    "author title subtitle journal journaltitle booktitle eventtitle volume number issue pages publisher school institution organization year month date day "
    "keywords keyword abstract doi eprint archiveprefix eprinttype arxivid url pdf ee license licence rights copyright type crossref xdata author+an:orcid".split()
)
#: The used fields that are plain text; the others have forms of their own.
_SHOWN = _USED - frozenset(
    "author keywords keyword abstract doi eprint arxivid url pdf ee crossref xdata author+an:orcid".split()
)
_LONGEST_NAME = 4 * LONGEST_LINE  # with its TeX; no paper file holds a longer one


def recognizes(dump: Dump) -> bool:
    """Tell whether a text begins with a BibTeX entry, or has one and is named `….bib`."""
    if dump.name.lower().removesuffix(".gz").endswith((".bib", ".bibtex")):
        return bool(_ENTRY.search(dump.text))
    return bool(_BEGINNING.match(dump.head))


def read(dump: Dump) -> Reading:
    """Return a paper for each entry with a title, unless it is only the parent of others.

    An entry with unbalanced braces or quotes, or with a missing comma between fields, is a problem; the entries
    after it are read.
    """
    reading = Reading()
    entries = read_entries(dump, reading)
    if not entries and not reading.problems:
        reading.problems.append(dump.problem(1, "lists no paper", "export it again"))
    by_key: dict[str, BibEntry] = {}
    for entry in entries:
        by_key.setdefault(entry.key.lower(), entry)
    room, named = Room(), {key for entry in entries for key in parents(entry)}
    for entry in entries:
        reading.leave_out(_unread(dump, entry))
        if _is_parent(entry, named):
            reading.unread["crossref parent"] += 1
        else:
            fields = room.taken(inherited(entry, by_key), entry.line)
            add_paper(reading, dump, _paper(dump, entry, fields))
    return reading


def _is_parent(entry: BibEntry, named: Container[str]) -> bool:
    """Tell whether an entry only serves others; `named` holds the keys of all entries that others name."""
    if entry.kind == "xdata":
        return True
    return entry.kind in _VOLUMES and entry.key.lower() in named and "author" not in entry.fields


def _paper(dump: Dump, entry: BibEntry, fields: Mapping[str, str]) -> Paper:
    shown = defaultdict(
        str, {name: one_line(plain(value)) for name, value in fields.items() if name in _SHOWN}
    )
    school = shown["school"] or shown["institution"]
    return Paper(
        title=_title(shown, entry.kind),
        abstract=abstract_markdown(plain(fields.get("abstract", ""))),
        type=thesis_type(shown["type"]) if entry.kind == "thesis" else _TYPES.get(entry.kind, "misc"),
        authors=tuple(_authors(fields)),
        venue=shown["journaltitle"]
        or shown["journal"]
        or ("" if entry.kind in _VOLUMES else shown["booktitle"])
        or shown["eventtitle"],
        volume=shown["volume"],
        number=shown["number"] or shown["issue"],
        pages=page_range(shown["pages"]),
        publisher=shown["publisher"] or school or shown["organization"],
        published=_published(shown),
        keywords=keywords_of(_keywords(fields)),
        links=_links(fields, shown),
        citekey=entry.key,
        language=next(filter(None, (language_of(plain(fields.get(name, ""))) for name in _LANGUAGES)), ""),
        license=shown["license"] or shown["licence"] or shown["rights"] or shown["copyright"],
        note=private_note(dump, (plain(fields[name]) for name in _PRIVATE_NOTES if name in fields)),
        origin=dump.origin(entry.line),
    )


def _title(shown: Mapping[str, str], kind: str) -> str:
    """Return the title with its subtitle; a volume may have its title in `booktitle`."""
    title = shown["title"] or (shown["booktitle"] if kind in _VOLUMES else "")
    glue = " " if title.endswith((":", "?", "!", ".")) else ": "
    return glue.join(filter(None, (title, shown["subtitle"])))


def _published(shown: Mapping[str, str]) -> str:
    month, day = month_and_day(shown["month"])
    year = date_in(shown["year"])
    return most_precise(
        [
            date_in(shown["date"]),
            date_of(year[:4], month, shown["day"] or day) if len(year) == len("2025") else year,
        ]
    )


def _keywords(fields: Mapping[str, str]) -> list[str]:
    texts = [plain(fields[name]) for name in ("keywords", "keyword") if name in fields]
    return [word for text in texts for word in text.split(";" if ";" in text else ",")]


def _links(fields: Mapping[str, str], shown: Mapping[str, str]) -> dict[str, str]:
    exact = defaultdict(
        str,
        {
            name: verbatim(fields[name])
            for name in ("doi", "eprint", "arxivid", "url", "pdf", "ee")
            if name in fields
        },
    )
    prefix = (shown["eprinttype"] or shown["archiveprefix"]).lower()
    eprint = exact["eprint"] if prefix in ("", "arxiv") else ""
    named = _IN_VENUE.search(shown["journal"] or shown["journaltitle"])
    dblp = shown["volume"].removeprefix("abs/") if shown["journal"] == "CoRR" else ""
    published_at = _ADDRESS.findall(fields.get("howpublished", ""))[:1]
    identifiers = [eprint, exact["arxivid"], exact["doi"], named[1] if named else "", dblp]
    return links_in(identifiers, [exact["url"], exact["pdf"], exact["ee"], *map(verbatim, published_at)])


def _unread(dump: Dump, entry: BibEntry) -> Counter[str]:
    """Count the fields of an entry that are private or have no place in a paper."""
    places = {*_USED, *(_PRIVATE_NOTES if dump.notes else ())}
    places |= {name for name in _LANGUAGES if language_of(plain(entry.fields.get(name, "")))}
    places |= {"howpublished"} if _ADDRESS.search(entry.fields.get("howpublished", "")) else set()
    return Counter(entry.fields.keys() - places)


def _authors(fields: Mapping[str, str]) -> Iterator[Author]:
    """Yield the authors; text in braces is never split, and `others` is not a name."""
    orcids = dict(_ORCIDS.findall(fields.get("author+an:orcid", "")))
    for number, name in enumerate(_names(fields.get("author", "")), 1):
        if len(name) <= _LONGEST_NAME:
            author = _author(without_others(name), orcids.get(str(number), ""))
        else:
            author = person(name=name)
        if author:
            yield author


def _names(field: str) -> Iterator[str]:
    """Yield the names between each `and` outside of braces; the library's function loses accents after it."""
    tight = _LOOSE_ACCENT.sub(r"\\\1{\2}", _LOOSE_LETTER.sub(r"{\\\1}", one_line(field)))
    text, depth, start = f" {tight} ", 0, 0
    for mark in _NAME_MARKS.finditer(text):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if depth == 0 and mark[0].lower() == " and":
            yield text[start : mark.start()].strip()
            start = mark.end()
    yield text[start:].strip()


def _author(name: str, orcid: str) -> Author | None:
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

    if _LABELLED.match(name):
        return _labelled(name, orcid)
    try:
        parts = parse_single_name_into_parts(name)
    except InvalidNameError:  # too many commas: which part is which is unknown
        return person(name=plain(name), orcid_id=orcid)
    if not parts.first:
        return person(name=_joined(parts.von, parts.last, parts.jr), orcid_id=orcid)
    return person(_joined(parts.first), _joined(parts.von, parts.last, parts.jr), orcid_id=orcid)


def _labelled(name: str, orcid: str) -> Author | None:
    """Return the author of a name in BibLaTeX's form `given=…, family=…`."""
    pairs = [_LABEL.fullmatch(part) for part in re.split(r",(?![^{]*\})", name)]
    parts = defaultdict(str, {pair[1]: plain(pair[2]).strip().strip('"') for pair in pairs if pair})
    return person(
        parts["given"],
        " ".join(filter(None, (parts["prefix"], parts["family"], parts["suffix"]))),
        orcid_id=orcid,
    )


def _joined(*words: Iterable[str]) -> str:
    return one_line(plain(" ".join(word for part in words for word in part)))
