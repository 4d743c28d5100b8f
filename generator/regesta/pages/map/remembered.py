"""The map of the last build: it is laid out anew only if tags, related papers or the order of arrival are other."""

from __future__ import annotations

import json
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from regesta.archive.mapping import arrivals, tag_sets, tags_of
from regesta.pages.map.layout import Layout, Name, Spot, lay_out
from regesta.pages.map.survey import Arrival, survey_groups, survey_papers
from regesta.text.batches import batches
from regesta.text.strings import checksum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from regesta.archive.archive import Archive
    from regesta.archive.related import RelatedPapers
    from regesta.archive.touched import Touched
    from regesta.pages.map.survey import Survey

_FEWEST = 24  # papers: a map of fewer would be all sea
_SINGLE = 2_000  # papers: of more, a mark is a group of papers
_SETTLED = 2 / 3  # of the papers have to belong to some region
_MANY = 500  # papers whose related papers are read at once


def update_map(archive: Archive, related: RelatedPapers, touched: Touched, valid_for: str) -> Layout | None:
    """Return the map of an archive; None if there is none, because it has too few papers, or too few tags.

    Args:
        archive: all papers.
        related: the papers related to each.
        touched: the tags whose papers moved are added.
        valid_for: a hash of the code that draws it.
    """
    archive.memory.recall("map", valid_for, {"map": "(inputs TEXT, layout TEXT)"})
    labels = {tag: archive.label(tag) for tag in archive.tags}
    if len(archive.papers) > _SINGLE:
        sets = tag_sets(archive)
        inputs, draw = repr((sets, labels)), partial(_groups, sets, labels)
    else:
        papers = arrivals(archive)
        inputs, draw = (
            repr((papers, related.fingerprint(), labels)),
            partial(_papers, papers, related, labels),
        )
    return _recalled(archive, checksum(inputs.encode()), draw, touched)


def _groups(sets: Sequence[tuple[str, int]], labels: Mapping[str, str]) -> Layout | None:
    return _drawn(survey_groups({tuple(tags.split()): papers for tags, papers in sets}), labels)


def _papers(
    papers: Sequence[tuple[str, str, str]], related: RelatedPapers, labels: Mapping[str, str]
) -> Layout | None:
    near: dict[str, list[str]] = {}
    for ids in batches((paper_id for paper_id, *_ in papers), _MANY):
        near |= {paper_id: [other for other, _ in found] for paper_id, found in related.of(ids).items()}
    return _drawn(
        survey_papers([Arrival(name, tuple(tags.split()), day) for name, tags, day in papers], near), labels
    )


def _drawn(survey: Survey, labels: Mapping[str, str]) -> Layout | None:
    """Return the map of what was surveyed; None if it would show little."""
    papers = sum(mark.papers for mark in survey.marks)
    settled = sum(mark.papers for mark in survey.marks if mark.region >= 0)
    if papers < _FEWEST or settled < _SETTLED * papers or len(survey.regions) < 2:  # noqa: PLR2004 - one is no map
        return None
    return lay_out(survey, labels)


def _recalled(
    archive: Archive, inputs: str, draw: Callable[[], Layout | None], touched: Touched
) -> Layout | None:
    """Return the map that is remembered, if it was drawn from the same; else a new one, which is then remembered."""
    known = archive.memory.rows("SELECT inputs, layout FROM map")
    before = _unpack(known[0][1]) if known else None
    if known and known[0][0] == inputs:
        return before
    layout = draw()
    archive.memory.rows("DELETE FROM map")
    archive.memory.write("INSERT INTO map VALUES (?, ?)", [(inputs, json.dumps(layout))])
    touched.lists |= {("tags", tag) for tag in _moved(archive, before, layout)}
    return layout


def _unpack(text: str) -> Layout | None:
    data = json.loads(text)
    if not data:
        return None
    single, pitch, row, tags, names, spots, land = data
    places = [Name(*name) for name in names], [Spot(*spot) for spot in spots]
    return Layout(single, pitch, row, tags, *places, [(x, y, length) for x, y, length in land])


def _moved(archive: Archive, before: Layout | None, now: Layout | None) -> Iterable[str]:
    """Return the tags of which some paper lies elsewhere on the map; all, if it is another map altogether."""
    if not (before and now and (before.pitch, before.single) == (now.pitch, now.single)):
        return archive.tags
    was, is_now = (
        {_key(layout, spot): (spot.x, spot.y) for spot in layout.spots} for layout in (before, now)
    )
    moved = [key for key in was.keys() | is_now.keys() if was.get(key) != is_now.get(key)]
    return (
        tags_of(archive, (paper_id for (paper_id,) in moved)) if now.single else {*chain.from_iterable(moved)}
    )


def _key(layout: Layout, spot: Spot) -> tuple[str, ...]:
    """Return the id of a paper, or the tags of a group."""
    return (spot.name,) if layout.single else (layout.tags[spot.region], spot.name)
