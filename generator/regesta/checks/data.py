"""The JSON that browsers read, the web app manifest and the search index: whether what they name is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.documents import DocumentError, read_json
from regesta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.built import BuiltSite
    from regesta.findings import Findings

_MEND = "run `regesta build --full`, or mend it where it is made"
_SEARCH = "search/manifest.json"
_SEARCH_FORMAT = 1


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
        if address is not None and not (address.startswith(site.base_path) and site.path(address) in site.files):
            yield f"names {link}, which leads nowhere"
    scope = site.resolve(manifest.get("scope", ""), whence)
    if scope is None or not scope.startswith(site.base_path):
        yield f"has the scope {manifest['scope']}, which is not below {site.base_path}"


def _search(site: BuiltSite, _: str, manifest: dict[str, Any]) -> Iterator[str]:
    """Yield what a search index names and the site lacks: its own files, and the papers that it finds."""
    if manifest["format"] != _SEARCH_FORMAT:
        return
    shards = [f"search/{name}.json" for name in manifest["shards"]]
    blocks = [f"search/{name}.txt" for name in manifest["blocks"]]
    lost = [name for name in (*blocks, *shards) if name not in site.files]
    yield from (f"names {name}, which is missing" for name in lost)
    addresses = [paper[0] for shard in shards if shard not in lost for paper in read_json(site.read(shard))]
    paths = {address: site.path(site.base_path + address.removeprefix("/")) for address in addresses}
    yield from (f"finds {address}, which leads nowhere" for address, path in paths.items() if path not in site.files)
    if not lost and len(addresses) != manifest["documents"]:
        yield f"counts {manifest['documents']} papers, and shows {len(addresses)}"
