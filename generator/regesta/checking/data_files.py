"""The JSON that browsers read, the web app manifest and the search index: whether what they name is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.errors import Problem
from regesta.search.blocks import NAME_SIZE
from regesta.search.layer import SHARD_NAME
from regesta.text.xml_json import DocumentError, read_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.built_site import BuiltSite
    from regesta.checking.findings import Findings

_MEND = "run `regesta build --full`, or mend it where it is made"
_SEARCH = "search/manifest.json"
_SEARCH_FORMAT = 2


def look(site: BuiltSite, findings: Findings) -> None:
    """Find what a browser would miss."""
    for path in site.files:
        look_inside = _app if path.endswith(".webmanifest") else _search if path == _SEARCH else None
        if not look_inside:
            continue
        try:
            wrong = [(0, what) for what in look_inside(site, path, read_json(site.read(path)))]
        except DocumentError as error:
            wrong = [(error.line, str(error))]
        except (AttributeError, KeyError, TypeError, IndexError, ValueError):
            wrong = [(0, "lacks what belongs into it, or has it in another form")]
        for line, what in wrong:
            findings.add("data", Problem(path, line, what, _MEND))


def _app(site: BuiltSite, path: str, manifest: dict[str, Any]) -> Iterator[str]:
    """Yield what a web app manifest names and the site lacks."""
    whence = site.host + site.address(path)
    for link in (manifest.get("start_url", ""), *(icon["src"] for icon in manifest.get("icons", ()))):
        address = site.resolve(link, whence)
        if address is not None and not (
            address.startswith(site.base_path) and site.path(address) in site.files
        ):
            yield f"names {link}, which leads nowhere"
    scope = site.resolve(manifest.get("scope", ""), whence)
    if scope is None or not scope.startswith(site.base_path):
        yield f"has the scope {manifest['scope']}, which is not below {site.base_path}"


def _search(site: BuiltSite, _: str, manifest: dict[str, Any]) -> Iterator[str]:
    """Yield what a search index names and the site lacks: its own files, and the papers that it finds."""
    if manifest["format"] != _SEARCH_FORMAT:
        return
    for layer in manifest["layers"]:
        yield from _layer(site, f"search/{layer['folder']}/", layer)


def _layer(site: BuiltSite, folder: str, layer: dict[str, Any]) -> Iterator[str]:
    shards = [
        f"{folder}shown/{number}-{name}.json" for number, name in enumerate(_cut(layer["shards"], SHARD_NAME))
    ]
    files = [
        *_blocks(f"{folder}terms/", layer["terms"]),
        *shards,
        *(folder + name for name in layer["more"].values()),
    ]
    lost = {name for name in files if name not in site.files}
    for name in ("places", "words", "endings"):
        if (table := folder + layer["more"][name]) not in lost:
            lost.update(
                block
                for block in _blocks(f"{folder}{name}/", read_json(site.read(table)))
                if block not in site.files
            )
    yield from (f"names {name}, which is missing" for name in sorted(lost))
    papers = [
        f"/papers/{paper[0]}/"
        for shard in shards
        if shard not in lost
        for paper in read_json(site.read(shard))
    ]
    paths = {address: site.path(site.base_path + address.removeprefix("/")) for address in papers}
    yield from (
        f"finds {address}, which leads nowhere" for address, path in paths.items() if path not in site.files
    )
    if not lost and len(papers) != layer["documents"]:
        yield f"counts {layer['documents']} papers, and shows {len(papers)}"


def _blocks(folder: str, table: dict[str, Any]) -> list[str]:
    return [f"{folder}{name}.txt" for name in _cut(table["blocks"], NAME_SIZE)]


def _cut(text: str, size: int) -> list[str]:
    return [text[i : i + size] for i in range(0, len(text), size)]
