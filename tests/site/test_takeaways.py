"""All that one takes away from whole sites: of this repository's archive, and of one with authors and proceedings."""

import json
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

import bibtexparser
import pytest
import rispy
from built import Built, build
from citeproc.source.json import CiteProcJSON
from lxml import html
from pybtex.database import parse_string

from helpers import FIXTURES
from regesta.sources import csl_json, ris
from regesta.sources.common.dump import Dump


@pytest.fixture(scope="session")
def workshop_site(shared: Path, once: Callable[[Path, Callable[[], object]], Path]) -> Built:
    """The invented workshop, with all that can be asked for."""
    root, output, url = shared / "workshop", shared / "workshop-site", "https://example.org/tides/"

    def make() -> None:
        shutil.copytree(FIXTURES / "workshop" / "content", root / "content")
        with (root / "content/archive.yaml").open("a", encoding="utf-8") as settings:
            settings.write("\nfeed_authors: true\napi: true\n")
        build(root, output, url)

    once(output, make)
    return Built(output, url)


@pytest.fixture(params=["project_site", "workshop_site"])
def any_site(request: pytest.FixtureRequest) -> Built:
    """Each of the two in turn."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def _texts(site: Built, ending: str) -> dict[str, str]:
    """Return the files with an ending by their paths."""
    return {path: (site.folder / path).read_bytes().decode() for path in site.files if path.endswith(ending)}


def _people(names: Iterable[str]) -> int:
    """Return how many people are named; our sources take `others` for the end of a list, whatever an author is called."""
    return sum("others" not in name for name in names)


def test_two_parsers_read_the_same_papers_from_all_bibtex(any_site: Built) -> None:
    """Every file of every list: the same keys and titles."""
    found = _texts(any_site, ".bib")
    assert len(found) > 10
    for path, text in found.items():
        library, other = bibtexparser.parse_string(text), parse_string(text, "bibtex")
        assert library.failed_blocks == [], path
        titles = {entry.key: entry.fields_dict["title"].value for entry in library.entries}
        assert titles == {key: entry.fields["title"] for key, entry in other.entries.items()}, path


def test_two_parsers_read_the_same_papers_from_all_ris(any_site: Built) -> None:
    """Every file of every list: the same keys, and as many authors."""
    found = _texts(any_site, ".ris")
    assert len(found) > 10
    for path, text in found.items():
        own = ris.read(Dump(path, text.replace("\r\n", "\n")))
        assert own.problems == [], path
        read = [(fields["id"], _people(fields.get("authors", ()))) for fields in rispy.loads(text)]
        assert read == [(paper.citekey, len(paper.authors)) for paper in own.papers], path


def test_two_parsers_read_the_same_papers_from_all_csl_json(any_site: Built) -> None:
    """Every file of every list: the same keys, and as many authors."""
    found = _texts(any_site, ".csl.json")
    assert len(found) > 10
    for path, text in found.items():
        own = csl_json.read(Dump(path, text))
        assert own.problems == [], path
        read = {
            key: _people(map(str, one.get("author", ())))
            for key, one in CiteProcJSON(json.loads(text)).items()
        }
        assert read == {paper.citekey.lower(): len(paper.authors) for paper in own.papers}, path


def test_the_files_of_the_archive_have_every_paper(any_site: Built) -> None:
    """And their checksums are right."""
    papers = {address.split("/")[2] for address in any_site.kinds["papers/*"]}
    records = [json.loads(line) for line in _texts(any_site, "papers.jsonl")["papers.jsonl"].splitlines()]
    assert {record["id"] for record in records} <= papers  # the others are redirects from old names
    for record in records:
        assert any_site.file(record["url"].removeprefix(any_site.url.rstrip("/"))).is_file()
    for line in (any_site.folder / "papers.sha256").read_text(encoding="utf-8").splitlines():
        known, path = line.split("  ")
        assert sha256((any_site.folder / path).read_bytes()).hexdigest() == known


def test_every_list_with_a_feed_offers_its_bibliographies(any_site: Built) -> None:
    """Its page links to them, and they are there; in the other direction, each is linked from somewhere."""
    linked = set()
    for address in any_site.addresses:
        document = html.document_fromstring(any_site.file(address).read_bytes())
        linked |= {href.removeprefix(any_site.base) for href in document.xpath("//a[@download]/@href")}
    kinds = (".bib", ".ris", ".csl.json", ".jsonl", ".sha256", ".schema.json")
    there = {path for path in any_site.files if path.endswith(kinds)}
    programmes = {path for path in there if path.startswith("collections/") and path.count("/") == 1}
    within_them = {
        f"{path.removesuffix('.bib')}/papers.bib" for path in programmes
    }  # which have the book, too
    assert there - within_them <= linked
    feeds = {path.removesuffix("feed.xml") for path in any_site.files if path.endswith("/feed.xml")} - {
        "changes/"
    }
    assert {f"{folder}papers.bib" for folder in feeds} <= there


def test_every_paper_has_a_twin_in_markdown(any_site: Built) -> None:
    """Its page names it, and it has the title."""
    for address in any_site.kinds["papers/*"]:
        document = html.document_fromstring(any_site.file(address).read_bytes())
        twins = document.xpath("//link[@rel='alternate' and @type='text/markdown']/@href")
        if document.xpath("//article"):
            assert twins == [f"{any_site.base}{address[1:]}index.md"]
            assert any_site.file(f"{address}index.md").read_text(encoding="utf-8").startswith("# ")


def test_all_that_llms_txt_and_the_api_name_is_there(any_site: Built) -> None:
    """No address in them leads nowhere."""
    texts = [*_texts(any_site, "llms.txt").values()]
    texts += [text for path, text in _texts(any_site, ".json").items() if path.startswith("api/")]
    for text in texts:
        for part in text.split(any_site.url)[1:]:
            address = part.split(")")[0].split('"')[0].split("\n")[0].partition("?")[0]
            assert any_site.file(f"/{address}").is_file(), address


def test_browsers_may_fetch_pages_and_no_files(any_site: Built) -> None:
    """The rules are about addresses below the base path that end as those of pages do."""
    document = html.document_fromstring(any_site.file("/").read_bytes())
    (rules,) = document.xpath("//script[@type='speculationrules']/text()")
    (policy,) = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    where = {"href_matches": [any_site.base, f"{any_site.base}*/"]}
    assert json.loads(rules) == {"prefetch": [{"where": where, "eagerness": "moderate"}]}
    assert f"script-src 'self' 'sha256-{b64encode(sha256(rules.encode()).digest()).decode()}';" in policy
