"""Text dumps of Hugging Face Papers listings: only position separates a title from its abstract.

    layout A   two lines of banner, then `Subscribe` and the first title without a space between; each title and
               each abstract has a line of its own
    layout B   banner, header lines and the day of the scrape; then title, abstract and sometimes metadata, with
               blank lines between

Metadata is `• 6 authors` or `slug Name` of an organization, a dot, and a date with the number of comments after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath

from regesta.content.paper import Organization, Origin, Paper
from regesta.errors import Problem
from regesta.sources.common.dump import Dump, Reading
from regesta.sources.common.values import by_kind
from regesta.text.bounds import check_entry, limited
from regesta.text.dates import is_date, parse_month_day
from regesta.text.links import find_links, unmask
from regesta.text.prose import abstract_markdown, title_text
from regesta.text.strings import one_line, slug

_BANNER_A = "Get trending papers in your email inbox once a day!"
_BANNER_B = "Get trending papers in your email inbox!"
_BANNER_LINES = 2
_SUBSCRIBE = "Subscribe"
_BY = "byAK and the research community"
_AUTHORS = re.compile(r"\s*• (\d{1,9}) authors?")
_ORGANIZATION = re.compile(r"([A-Za-z0-9._-]+) (\S.*)")
_DATE = re.compile(r"([A-Z][a-z]{2} \d{1,2})(?:, (\d{4}))?(?: (\d{1,9}))?")
_SENTENCE_END = re.compile(r"[.!?:…][)\]}\"'”’*]*$|[)\]}\"”]$")

#: The blocks of a dump as letters: t is a title, a an abstract, s either of them, m metadata.
_PATTERN = re.compile(r"(?P<entry>[ts](?:[as]m?|tm|t$))|(?P<title>[ts]m?)|(?P<abstract>am?)|m")
_LONGEST_TITLE = 250
_LONGEST_NAME = 60

_STRANGE = (
    "metadata that cannot be read",
    "expected authors or an organization, a dot, and a date; this entry was left out",
)
_CUT = ("ends in mid-abstract", "scrape the page again and import the whole dump; this entry was left out")


@dataclass(slots=True)
class _DumpEntry:
    """A listed paper as it is written: lines count from 1; the date is month, day, and year or None."""

    line: int
    title: str
    abstract: str
    authors_count: int | None = None
    organization: Organization | None = None
    date: tuple[int, int, int | None] | None = None
    comments: int | None = None


def recognizes(dump: Dump) -> bool:
    """Tell whether a text begins like one of the two layouts."""
    lines = dump.head.split("\n", 3)
    return lines[0] == _BANNER_A or (lines[0] == "new" and _BANNER_B in lines)


def read(dump: Dump) -> Reading:
    """Return the papers of a dump, each with its origin, collection, links, and date as precise as known.

    A year that the page left out is inferred by `_current_year`, or stays unknown.
    """
    name, lines = dump.name, dump.text.split("\n")
    entries, header, problems = _read_a(lines, name) if lines[0] == _BANNER_A else _read_b(lines, name)
    if not entries and not problems:
        problems.append(Problem(name, len(lines), "lists no paper", "scrape the page again"))
    year = _current_year(entries, header)
    collection = f"scrape-{slug(re.split(r'[_.]', PurePath(name).name)[0], _LONGEST_NAME)}".rstrip("-")
    papers = [_paper(entry, name, collection, year) for entry in entries]
    bare = (paper.origin[0].line for paper in papers if not paper.title)
    problems += [Problem(name, line, "has a title without a letter", "mend the dump") for line in bare]
    return Reading([paper for paper in papers if paper.title], problems)


def _read_a(lines: list[str], name: str) -> tuple[list[_DumpEntry], None, list[Problem]]:
    first, *others = lines[_BANNER_LINES:] or [""]
    listed = enumerate([first.removeprefix(_SUBSCRIBE), *others], _BANNER_LINES + 1)
    blocks = [(number, [line]) for number, line in listed if one_line(line)]
    entries, problems = _entries(blocks, name)
    return entries, None, problems if lines[-1] == "" else problems + _take_out_cut(entries, blocks, name)


def _read_b(lines: list[str], name: str) -> tuple[list[_DumpEntry], tuple[int, int] | None, list[Problem]]:
    blocks = _blocks(lines)
    start = next((i for i, (_, block) in enumerate(blocks) if block == [_BY]), None)
    header = (
        parse_month_day(blocks[start + 1][1][0]) if start is not None and start + 1 < len(blocks) else None
    )
    if start is None or header is None:
        what = f"has no line {_BY!r} with the day of the scrape after it"
        return [], None, [Problem(name, 1, what, "scrape the page again")]
    entries, problems = _entries(blocks[start + 2 :], name)
    return entries, header, problems + _take_out_cut(entries, blocks, name)


def _entries(blocks: list[tuple[int, list[str]]], name: str) -> tuple[list[_DumpEntry], list[Problem]]:
    """Return titles paired with abstracts; a block without a partner is a problem; later pairs stay."""
    entries: list[_DumpEntry] = []
    problems: list[Problem] = []
    found = _PATTERN.finditer("".join(_letter(block) for _, block in blocks))
    for _, match in limited((blocks[match.start()][0], match) for match in found):
        own = blocks[match.start() : match.end()]
        (line, [text, *_]), *rest = own
        check_entry(sum(len(text) for _, block in own for text in block), line)
        if match.lastgroup != "entry":
            problems.append(Problem(name, line, *_alone(match.lastgroup, text)))
            continue
        entry = _DumpEntry(line, text, rest[0][1][0])
        if rest[1:] and not _add_metadata(entry, rest[1][1]):
            problems.append(Problem(name, rest[1][0], *_STRANGE))
        else:
            entries.append(entry)
    return entries, problems


def _letter(block: list[str]) -> str:
    """Return the letter of a block in `_PATTERN`."""
    if len(block) > 1 or _AUTHORS.fullmatch(block[0]):
        return "m"
    if len(block[0]) > _LONGEST_TITLE:
        return "a"
    return "s" if block[0].endswith(".") else "t"


def _alone(kind: str | None, text: str) -> tuple[str, str]:
    """Return what is wrong with a block without a partner, and what to do."""
    again = "scrape the page again, or add the paper by hand"
    if kind == "title":
        return f"{text[:60]!r} has no abstract", again
    return (f"{text[:60]!r} has no title", again) if kind else ("metadata that belongs to no entry", again)


def _take_out_cut(entries: list[_DumpEntry], blocks: list[tuple[int, list[str]]], name: str) -> list[Problem]:
    """Remove the last entry if the file ends within its abstract, and return that as a problem."""
    if entries and blocks[-1][1] == [entries[-1].abstract] and _is_cut(entries[-1].abstract):
        return [Problem(name, entries.pop().line, *_CUT)]
    return []


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Return the blocks of lines between blank lines, each with the number of its first line."""
    numbered = enumerate(lines, 1)
    runs = (list(run) for is_text, run in groupby(numbered, lambda item: one_line(item[1]) != "") if is_text)
    return [(run[0][0], [line for _, line in run]) for run in runs]


def _add_metadata(entry: _DumpEntry, block: list[str]) -> bool:
    """Add its metadata to an entry; return whether all of it was understood."""
    if len(block) != 3 or block[1] != "·":  # noqa: PLR2004 - who, dot, when
        return False
    who, date = block[0], _DATE.fullmatch(block[2])
    count, organization = _AUTHORS.fullmatch(who), _ORGANIZATION.fullmatch(who)
    day = parse_month_day(date[1]) if date else None
    if not date or not day or not (count or organization):
        return False
    if count:
        entry.authors_count = int(count[1])
    elif organization:
        entry.organization = Organization(one_line(organization[2]), organization[1])
    entry.date = (*day, int(date[2]) if date[2] else None)
    entry.comments = int(date[3]) if date[3] else None
    return True


def _is_cut(abstract: str) -> bool:
    """Tell whether the last abstract of a file seems to end within a sentence."""
    if _SENTENCE_END.search(abstract):
        return False
    links = find_links(abstract)
    return not (links and links[-1].end == len(abstract))


def _current_year(entries: list[_DumpEntry], header: tuple[int, int] | None) -> int | None:
    """Return the year of the scrape, which the page leaves out of dates; None if it cannot be inferred.

    It is the year after the newest one written out, if this puts no date after the day of the scrape (`header`).
    """
    years = [entry.date[2] for entry in entries if entry.date and entry.date[2]]
    bare = [entry.date[:2] for entry in entries if entry.date and not entry.date[2]]
    if not years or header is None or any(day > header for day in bare):
        return None
    return 1 + max(years)


def _paper(entry: _DumpEntry, name: str, collection: str, current_year: int | None) -> Paper:
    published = _published(entry, current_year)
    return Paper(
        title=title_text(entry.title),
        abstract=abstract_markdown(entry.abstract),
        published=published,
        inferred=("published",) if published and entry.date and not entry.date[2] else (),
        authors_count=entry.authors_count,
        organization=entry.organization,
        comments=entry.comments,
        collections=(collection,),
        links=by_kind(find_links(unmask(one_line(entry.abstract)))),
        origin=(Origin(name, entry.line),),
    )


def _published(entry: _DumpEntry, current_year: int | None) -> str:
    """Return an entry's date, "" if its year is unknown or has no such day."""
    if not entry.date or not (year := entry.date[2] or current_year):
        return ""
    date = f"{year}-{entry.date[0]:02}-{entry.date[1]:02}"
    return date if is_date(date) else ""
