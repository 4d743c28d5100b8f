"""The list of all sources, and the reading of files: the first source that recognizes a file reads it."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from itertools import product
from typing import TYPE_CHECKING

from regesta.errors import Problem, fail
from regesta.sources import (
    acl_anthology,
    arxiv_atom,
    bibtex,
    csl_json,
    huggingface_json,
    huggingface_text,
    openreview,
    pmlr,
    ris,
    tables,
    zotero,
)
from regesta.sources.common.dump import Dump, Reading, Source
from regesta.sources.common.files import DumpError, ReadOptions, read_dump
from regesta.sources.common.find import find_dumps
from regesta.sources.common.storable import storable
from regesta.text.bounds import LimitError, check_marks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: Marks between parts of a dump; those between larger objects count several times.
_JSON, _XML = ("{", "[", ",", ";"), ("<", "<", "=", "=", "=", ",", ",")
_YAML, _BLOCKS = (*"\n,:-[{",) * 10, ("\n",) * 4
_AND = tuple(map("".join, product("aA", "nN", "dD")))
#: In the order in which they are asked whether a text belongs to them.
SOURCES: dict[str, Source] = {
    "huggingface-text": Source(huggingface_text.recognizes, huggingface_text.read, _BLOCKS),
    "huggingface-json": Source(huggingface_json.recognizes, huggingface_json.read, _JSON),
    "openreview": Source(openreview.recognizes, openreview.read, _JSON),
    "arxiv-atom": Source(arxiv_atom.recognizes, arxiv_atom.read, _XML),
    "acl-anthology": Source(acl_anthology.recognizes, acl_anthology.read, _XML),
    "pmlr": Source(pmlr.recognizes, pmlr.read, _YAML),
    "bibtex": Source(bibtex.recognizes, bibtex.read, (",", ";", *_AND)),
    "ris": Source(ris.recognizes, ris.read, ("\n", ";")),
    "zotero": Source(zotero.recognizes, zotero.read, _JSON),
    "csl-json": Source(csl_json.recognizes, csl_json.read, _JSON),
    "jsonl": Source(tables.recognizes_jsonl, tables.read_jsonl, (*_JSON, "and")),
    "csv": Source(tables.recognizes_csv, tables.read_csv, (",", ";", "\t", "\n", "and")),
}
#: The entry points of other packages: each names a module with `recognizes` and `read`.
_GROUP = "regesta.sources"


def read_paths(paths: Iterable[str | Path], content: Path, options: ReadOptions | None = None) -> Reading:
    """Read the files that paths, patterns and folders stand for, as `read_dumps` does.

    Raises:
        RegestaError: a path does not exist, or no source has the given name.
    """
    found = find_dumps(paths, content)
    reading = read_dumps(found.files, content, options or ReadOptions())
    reading.problems += found.problems
    return reading


def read_dumps(files: Iterable[str | Path], content: Path, options: ReadOptions) -> Reading:
    """Read files in their order, and return all their papers; a file that cannot be read is one problem.

    Args:
        files: what to read; `-` is standard input.
        content: the archive's content folder; a file below it is named relative to it, another by its bare name.
        options: how to read them.

    Raises:
        RegestaError: no source has the given name.
    """
    sources = all_sources()
    if options.source and options.source not in sources:
        raise fail("--as", f"{options.source!r} is not a source", f"name one of {', '.join(sources)}")
    total = Reading()
    for path in files:
        try:
            total.add(_read(read_dump(path, content, options), sources, options.source))
        except DumpError as error:
            total.problems.append(error.problem)
    return total


def all_sources() -> dict[str, Source]:
    """Return all sources by name: ours, then those of other packages.

    Raises:
        RegestaError: a source of another package cannot be loaded.
    """
    points = sorted(entry_points(group=_GROUP), key=lambda point: point.name)
    return SOURCES | {point.name: _load(point) for point in points if point.name not in SOURCES}


def _load(point: EntryPoint) -> Source:
    """Return the source of another package.

    Raises:
        RegestaError: it cannot be loaded.
    """
    try:
        module = point.load()
        return Source(module.recognizes, module.read)
    except Exception as error:
        remedy = "mend or uninstall the package that brings it; docs/sources.md says what a source is"
        raise fail(f"source {point.name}", f"cannot be loaded ({error})", remedy) from error


def _read(dump: Dump, sources: dict[str, Source], name: str) -> Reading:
    """Return what the named source reads in a dump, or the first source that recognizes it."""
    recognized = (source for source in sources.values() if source.recognizes(dump))
    source = sources[name] if name else next(recognized, None)
    if source is None:
        names = ", ".join(sources)
        remedy = f"name its source with --as ({names}), or leave it out; docs/sources.md shows their layouts"
        return Reading(problems=[Problem(dump.name, 1, "has a layout that no source knows", remedy)])
    try:
        check_marks(dump.text, source.marks)
        return storable(source.read(dump), dump.name)
    except LimitError as error:
        return Reading(problems=[dump.problem(error.line, str(error), error.remedy)])
