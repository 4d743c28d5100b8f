"""Data for scripts below `/api/`, if the setting `api` asks for it: each paper, each list, and an index of them."""

from __future__ import annotations

import json
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from regesta.archive.touched import EVERYTHING
from regesta.pages.named_lists import address_of_list, label_of_list, named_lists
from regesta.pages.page import Draft, draft_of, file_draft, fingerprint_of
from regesta.pages.site import paper_address, plain_title
from regesta.pages.takeaway_rows import TakeawayTexts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regesta.archive.lists import Index, Papers
    from regesta.archive.touched import Touched
    from regesta.pages.page import Unit
    from regesta.pages.site import Site

_API = "/api/"


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the files; those of papers not where the archive is `lean`."""
    if not site.config.api:
        return
    indexes = named_lists(site, with_authors=True)
    yield "", chain([_index(site, indexes)], (_names(site, kind, index) for kind, index in indexes.items()))
    if not site.config.is_lean:
        yield from _papers(site, touched)
    for kind, index in indexes.items():
        for name, papers in index.each(touched):
            yield f"{kind}/{name}", [_list(site, kind, name, papers)]


def _papers(site: Site, touched: Touched) -> Iterator[Unit]:
    texts, archive = TakeawayTexts(site.archive), site.archive
    ids: Iterable[str] = (entry.id for entry in archive.each_entry())
    for paper_id in ids if touched.everything else filter(archive.entry, sorted(touched.papers)):
        make = partial(_paper, texts, paper_id)
        yield (
            f"papers/{paper_id}",
            [
                Draft(
                    f"api/papers/{paper_id}.json", fingerprint_of((*texts.of("recorded", [paper_id]),)), make
                )
            ],
        )


def _paper(texts: TakeawayTexts, paper_id: str) -> bytes:
    (text,) = texts.of("record", [paper_id])
    return f"{text}\n".encode()


def _index(site: Site, indexes: dict[str, Index]) -> Draft:
    config = site.config
    kinds = {kind: config.absolute(f"{_API}{kind}.json") for kind, index in indexes.items() if index}
    return _file(
        "api/index.json",
        {"title": config.title, "url": config.url, "papers": len(site.archive.papers), "lists": kinds},
    )


def _names(site: Site, kind: str, index: Index) -> Draft:
    """Return the draft of the lists of a kind: what each is called, where it is, and how many papers it has."""
    return _file(
        f"api/{kind}.json", [_head(site, kind, name) | {"papers": index.size(name)} for name in index]
    )


def _head(site: Site, kind: str, name: str) -> dict[str, Any]:
    address = address_of_list(site, kind, name)
    at = _path(address)
    label = label_of_list(site, kind, name)
    return {"label": label, "url": site.config.absolute(address), "api": site.config.absolute(f"/{at}")}


def _path(address: str) -> str:
    return f"api{address.removesuffix('/')}.json"


def _list(site: Site, kind: str, name: str, papers: Papers) -> Draft:
    path = _path(address_of_list(site, kind, name))
    keys = [entry.key for entry in papers.entries]
    return draft_of(
        path, (kind, name, _head(site, kind, name), keys), partial(_listed, site, kind, name, papers)
    )


def _listed(site: Site, kind: str, name: str, papers: Papers) -> bytes:
    root = site.config.absolute
    rows = [
        {"id": one.id, "title": plain_title(one), "date": one.date, "url": root(paper_address(one))}
        for one in papers.entries
    ]
    return _json(_head(site, kind, name) | {"papers": rows})


def _file(path: str, value: Any) -> Draft:
    return file_draft(path, _json(value))


def _json(value: Any) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()
