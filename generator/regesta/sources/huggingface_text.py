"""Text dumps of Hugging Face Papers listings: only position separates a title from its abstract.

    layout A   two lines of banner, then `Subscribe` glued to the first title; a title and its abstract on a line each
    layout B   banner, header lines and the day of the scrape; then title, abstract and perhaps metadata, blank lines between

Metadata is `• 6 authors` or `slug Name` of an organization, a dot, and a date with the number of comments behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from regesta.dates import is_date, parse_month_day
from regesta.errors import Problem
from regesta.links import by_kind, find_links, unmask
from regesta.paper import Organization, Origin, Paper
from regesta.prose import abstract_markdown, title_text
from regesta.reading import Reading
from regesta.text import one_line

_BANNER_A = "Get trending papers in your email inbox once a day!"
_BANNER_B = "Get trending papers in your email inbox!"
_BANNER_LINES = 2
_SUBSCRIBE = "Subscribe"
_BY = "byAK and the research community"
_AUTHORS = re.compile(r"\s*• (\d+) authors?")
_ORGANIZATION = re.compile(r"([A-Za-z0-9._-]+) (\S.*)")
_DATE = re.compile(r"([A-Z][a-z]{2} \d{1,2})(?:, (\d{4}))?(?: (\d+))?")
_SENTENCE_END = re.compile(r"[.!?:;…][)\]}\"'”’*]*$|[)\]}\"”]$")

_CUT = ("ends in mid-abstract", "scrape the page again and import the whole dump; this entry was left out")


@dataclass(slots=True)
class _Entry:
    """One listed paper as it stands: line numbers count from 1; date is (month, day, year or None)."""

    line: int
    title: str
    abstract: str
    authors_count: int | None = None
    organization: Organization | None = None
    date: tuple[int, int, int | None] | None = None
    comments: int | None = None


def recognizes(text: str) -> bool:
    """Tell whether text begins like one of the two layouts."""
    lines = text.split("\n", 3)
    return lines[0] == _BANNER_A or (lines[0] == "new" and _BANNER_B in lines)


def read(text: str, name: str) -> Reading:
    """Return the papers of a dump, each with its origin, collection, links and date at its true precision.

    A year that the page left out is worked out by `_current_year`, or stays unknown.
    """
    lines = text.split("\n")
    entries, header, problems = _read_a(lines, name) if lines[0] == _BANNER_A else _read_b(lines, name)
    year = _current_year(entries, header)
    collection = f"scrape-{re.split(r'[_.]', PurePath(name).name)[0].lower()}"
    return Reading([_paper(entry, name, collection, year) for entry in entries], problems)


def _read_a(lines: list[str], name: str) -> tuple[list[_Entry], None, list[Problem]]:
    body = lines[_BANNER_LINES:]
    whole = lines[-1] == ""
    numbered = [(number, line) for number, line in enumerate(body, _BANNER_LINES + 1) if line.strip()]
    if numbered:
        numbered[0] = (numbered[0][0], numbered[0][1].removeprefix(_SUBSCRIBE))
    entries = [
        _Entry(number, title, abstract)
        for (number, title), (_, abstract) in zip(numbered[::2], numbered[1::2], strict=False)
    ]
    problems = []
    if len(numbered) % 2:
        problems.append(_no_abstract(name, *numbered[-1]))
    elif entries and not whole and _is_cut(entries[-1].abstract):
        problems.append(Problem(name, entries.pop().line, *_CUT))
    return entries, None, problems


def _read_b(lines: list[str], name: str) -> tuple[list[_Entry], tuple[int, int] | None, list[Problem]]:
    blocks = _blocks(lines)
    start = next((i for i, (_, block) in enumerate(blocks) if block == [_BY]), None)
    header = parse_month_day(blocks[start + 1][1][0]) if start is not None and start + 1 < len(blocks) else None
    if start is None or header is None:
        what = f"has no line {_BY!r} with the day of the scrape after it"
        return [], None, [Problem(name, 1, what, "scrape the page again, or name another source with --as")]
    entries: list[_Entry] = []
    problems: list[Problem] = []
    waiting: tuple[int, str] | None = None
    for number, block in blocks[start + 2 :]:
        is_metadata = len(block) > 1 or _AUTHORS.fullmatch(block[0])
        if is_metadata:
            if waiting:
                problems.append(_no_abstract(name, *waiting))
                waiting = None
            elif not entries or not _add_metadata(entries[-1], block):
                what, remedy = "metadata that cannot be read", "expected authors or an organization, a dot, and a date"
                problems.append(Problem(name, number, what, remedy))
        elif waiting:
            entries.append(_Entry(waiting[0], waiting[1], block[0]))
            waiting = None
        else:
            waiting = (number, block[0])
    if waiting:
        problems.append(_no_abstract(name, *waiting))
    elif entries and blocks[-1][1][-1] == entries[-1].abstract and _is_cut(entries[-1].abstract):
        problems.append(Problem(name, entries.pop().line, *_CUT))
    return entries, header, problems


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Return runs of lines without a blank one between, each with the number of its first line."""
    blocks: list[tuple[int, list[str]]] = []
    fresh = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            fresh = True
        elif fresh:
            blocks.append((number, [line]))
            fresh = False
        else:
            blocks[-1][1].append(line)
    return blocks


def _add_metadata(entry: _Entry, block: list[str]) -> bool:
    """Fill an entry from its metadata; return whether all of it was understood."""
    if len(block) != 3 or block[1] != "·" or entry.date:  # noqa: PLR2004 - who, dot, when
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
    """Tell whether the last abstract of a file seems to stop within a sentence."""
    if _SENTENCE_END.search(abstract):
        return False
    links = find_links(abstract)
    return not (links and links[-1].end == len(abstract))


def _no_abstract(name: str, line: int, title: str) -> Problem:
    return Problem(name, line, f"{title[:60]!r} has no abstract", "scrape the page again, or add the paper by hand")


def _current_year(entries: list[_Entry], header: tuple[int, int] | None) -> int | None:
    """Return the year that the page leaves out of dates (that of the scrape), or None where it cannot be known.

    It is the one after the newest year written out, if then no date lies in the future of the scrape's day.
    """
    years = [entry.date[2] for entry in entries if entry.date and entry.date[2]]
    bare = [entry.date[:2] for entry in entries if entry.date and not entry.date[2]]
    if not years or header is None or any(day > header for day in bare):
        return None
    return 1 + max(years)


def _paper(entry: _Entry, name: str, collection: str, current_year: int | None) -> Paper:
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


def _published(entry: _Entry, current_year: int | None) -> str:
    """Return an entry's date, or "" if its year is unknown or has no such day."""
    if not entry.date or not (year := entry.date[2] or current_year):
        return ""
    date = f"{year}-{entry.date[0]:02}-{entry.date[1]:02}"
    return date if is_date(date) else ""
