"""The web app manifest and the search index: browsers read them as JSON, and need the files that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.errors import Problem
from regesta.search.blocks import NAME_SIZE, names_in
from regesta.search.layer_files import SHARD_NAME
from regesta.text.xml_json import DocumentError, read_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from regesta.checking.built_site import BuiltSite
    from regesta.checking.findings import Findings

    #: Yields what a file names and the site lacks, by its path and content.
    FindMissing = Callable[[BuiltSite, str, dict[str, Any]], Iterator[str]]

_MEND = "run `regesta build --full`, or mend it where it is made"
_SEARCH = "search/manifest.json"
_SEARCH_FORMAT = 4


def check(site: BuiltSite, findings: Findings) -> None:
    """Find what these files name and the site lacks, and files that browsers cannot use."""
    for path in site.files:
        if path.endswith(".webmanifest"):
            _check_file(site, path, _app, findings)
        elif path == _SEARCH:
            _check_file(site, path, _search, findings)


def _check_file(site: BuiltSite, path: str, find_missing: FindMissing, findings: Findings) -> None:
    """Find what is wrong with a JSON file."""
    for line, what in _wrong(site, path, find_missing):
        findings.add("data", Problem(path, line, what, _MEND))


def _wrong(site: BuiltSite, path: str, find_missing: FindMissing) -> list[tuple[int, str]]:
    """Return what is wrong with a JSON file, each with its line, 0 if that is unknown."""
    try:
        return [(0, what) for what in find_missing(site, path, read_json(site.read(path)))]
    except DocumentError as error:
        return [(error.line, str(error))]
    except (AttributeError, KeyError, TypeError, IndexError, ValueError):
        return [(0, "lacks something that it needs, or has it in another form")]


def _app(site: BuiltSite, path: str, manifest: dict[str, Any]) -> Iterator[str]:
    """Yield what a web app manifest names and the site lacks."""
    base = site.host + site.address(path)
    for link in (manifest.get("start_url", ""), *(icon["src"] for icon in manifest.get("icons", ()))):
        address = site.resolve(link, base)
        if address is not None and not _exists(site, address):
            yield f"names {link}, which leads nowhere"
    scope = site.resolve(manifest.get("scope", ""), base)
    if scope is None or not scope.startswith(site.base_path):
        yield f"has the scope {manifest['scope']}, which is not below {site.base_path}"


def _exists(site: BuiltSite, address: str) -> bool:
    return address.startswith(site.base_path) and site.path(address) in site.files


def _search(site: BuiltSite, _: str, manifest: dict[str, Any]) -> Iterator[str]:
    """Yield what a search index names and the site lacks: files of the index, and papers that it finds."""
    if manifest["format"] == _SEARCH_FORMAT:
        for layer in manifest["layers"]:
            yield from _layer(site, f"search/{layer['folder']}/", layer)


def _layer(site: BuiltSite, folder: str, layer: dict[str, Any]) -> Iterator[str]:
    """Yield what a layer of the index names and the site lacks."""
    names = names_in(layer["shards"], SHARD_NAME)
    shards = [f"{folder}shown/{number}-{name}.json" for number, name in enumerate(names) if name.strip()]
    more = {name: folder + file for name, file in layer["more"].items()}
    files = [*_blocks(f"{folder}terms/", layer["terms"]), *shards, *more.values()]
    for name in ("places", "words", "endings"):
        if more[name] in site.files:
            files += _blocks(f"{folder}{name}/", read_json(site.read(more[name])))
    missing = sorted({file for file in files if file not in site.files})
    yield from (f"names {file}, which is missing" for file in missing)
    ids = [paper[0] for shard in shards if shard in site.files for paper in read_json(site.read(shard))]
    for paper_id in dict.fromkeys(ids):
        if site.path(f"{site.base_path}papers/{paper_id}/") not in site.files:
            yield f"finds /papers/{paper_id}/, which leads nowhere"
    if not missing and len(ids) != layer["documents"]:
        yield f"counts {layer['documents']} papers, and shows {len(ids)}"


def _blocks(folder: str, table: dict[str, Any]) -> list[str]:
    return [f"{folder}{name}.txt" for name in names_in(table["blocks"], NAME_SIZE)]
