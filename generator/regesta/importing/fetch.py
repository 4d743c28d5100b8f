"""Fetch what a source lists, day by day, into `content/scraped/`.

Each day is a file. A day that has a file is not fetched again, so a run continues where the last one stopped.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from regesta.content.text_files import write
from regesta.errors import Problem, RegestaError, fail, system_problem
from regesta.importing.transport import FetchError
from regesta.limits import ANSWER, DAY_ENTRIES, DAY_PAGES, DUMP, ENTRY_DEPTH
from regesta.text.dates import today
from regesta.text.xml_json import DocumentError, read_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from regesta.importing.http import Client

_PAGE = 100  # entries asked for at once
_MOST_DAYS = 3700
_LAST_WEEK = dt.date.max - dt.timedelta(days=6)


@dataclass(slots=True)
class Fetched:
    """What was fetched.

    Attributes:
        files: one for each day with papers, also of days fetched before.
        new: how many days with papers were fetched.
        kept: how many days already had a file.
        empty: how many days have no papers.
        problems: one for the day that could not be fetched.
    """

    files: list[Path] = field(default_factory=list)
    new: int = 0
    kept: int = 0
    empty: int = 0
    problems: list[Problem] = field(default_factory=list)


def fetch_days(
    client: Client, server: str, days: Iterable[str], folder: Path, *, again: bool = False
) -> Fetched:
    """Fetch the daily papers of Hugging Face.

    Args:
        client: the HTTP client.
        server: the address of the server, without a slash at its end.
        days: as `2025-10-31`.
        folder: where the files go: `<day>.json`, a list of entries as the server sent them.
        again: whether to fetch also days that have a file; a day that is not over is always fetched.

    A day that fails is a problem and ends the run: later days would fail, too.
    """
    done = Fetched()
    for day in days:
        path = folder / f"{day}.json"
        if path.exists() and not again and day < today():
            done.kept += 1
            done.files.append(path)
            continue
        try:
            entries = _day(client, server, day)
            if entries:
                write(path, _as_json(entries))
                done.files.append(path)
        except FetchError as error:
            remedy = "try again later: earlier days are kept"
            done.problems.append(Problem(f"{server} {day}", 0, str(error), remedy))
            break
        except RegestaError as error:  # its file may not be written
            done.problems += error.problems
            break
        except OSError as error:
            done.problems.append(system_problem(error))
            break
        done.new += bool(entries)
        done.empty += not entries
    return done


def _as_json(entries: list[Any]) -> str:
    """Return the text of a dump.

    Raises:
        FetchError: it would be too large to be imported; what is nested grows by its indentation.
    """
    text = json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
    try:
        size = len(text.encode())
    except UnicodeEncodeError:  # lone surrogates can only be written as escapes
        text = json.dumps(entries, indent=1) + "\n"
        size = len(text)
    if size > DUMP:
        raise _too_many(f"{DUMP >> 20} MiB")
    return text


def _day(client: Client, server: str, day: str) -> list[Any]:
    """Return the entries that the server lists for a day, each once.

    Raises:
        FetchError: the server does not answer, not with a list, or with too long a list.
    """
    entries: dict[str, Any] = {}
    size = 0
    for page in range(DAY_PAGES):
        body = client.get(f"{server}/api/daily_papers", {"date": day, "limit": _PAGE, "p": page})
        size += len(body)
        if size > ANSWER:
            raise _too_many(f"{ANSWER >> 20} MiB")
        known, answer = len(entries), _listed(body)
        if len(answer) > DAY_ENTRIES:
            raise _too_many(f"{DAY_ENTRIES} papers")
        for entry in answer:
            entries.setdefault(json.dumps(entry, sort_keys=True), entry)
        if len(entries) > DAY_ENTRIES:
            raise _too_many(f"{DAY_ENTRIES} papers")
        if len(answer) < _PAGE or len(entries) == known:  # the last page, or the same page again
            return [*entries.values()]
    raise _too_many(f"{DAY_PAGES} pages")


def _too_many(limit: str) -> FetchError:
    return FetchError(f"lists more than {limit} for one day")


def _listed(body: bytes) -> list[Any]:
    """Return the entries of an answer.

    Raises:
        FetchError: it is not a list, or nested too deeply.
    """
    try:
        answer = read_json(body)
    except DocumentError as error:
        raise FetchError(str(error)) from error
    if not isinstance(answer, list):
        raise FetchError("answers with something that is not a list of papers")
    level = answer
    for _ in range(ENTRY_DEPTH):
        level = [child for value in level for child in _children(value)]
    if level:
        raise FetchError(f"answers with more than {ENTRY_DEPTH} levels of lists and objects")
    return answer


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def days_of(date: str = "", week: str = "", first: str = "", last: str = "") -> list[str]:
    """Return the days of a date, a week (`2025-W44`) or a range, as far as they have begun.

    Raises:
        RegestaError: a day or week does not exist, none has begun, or there are too many.
    """
    begin, end = _asked_range(date, week, first, last)
    newest = _parse_day(today())
    if begin > newest or begin > end:
        what = f"no day from {begin} to {end} has begun"
        raise fail("--date" if date else "--from", what, "name days in the past, the earlier one first")
    count = (min(end, newest) - begin).days + 1
    if count > _MOST_DAYS:
        raise fail("--from", f"asks for {count} days", f"ask for at most {_MOST_DAYS} at once")
    return [(begin + dt.timedelta(days=number)).isoformat() for number in range(count)]


def _asked_range(date: str, week: str, first: str, last: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a person asks for; without a last day, until today.

    Raises:
        RegestaError: a day or week does not exist.
    """
    if week:
        monday = _parse_day(f"{week}-1", week)
        return monday, min(monday, _LAST_WEEK) + dt.timedelta(days=6)
    begin = _parse_day(date or first)
    if last:
        return begin, _parse_day(last)
    return begin, begin if date else _parse_day(today())


def _parse_day(text: str, shown: str = "") -> dt.date:
    """Return a day from its text.

    Args:
        text: the day, in a form of ISO 8601.
        shown: how to show it in a problem, if not as it is.

    Raises:
        RegestaError: there is no such day.
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        what = f"{shown or text!r} is not a day or a week"
        raise fail("fetch", what, "write a day as 2025-10-31, a week as 2025-W44") from error
