"""The whole archive as files: all papers once, in parts that stay as they are when others change, with checksums."""

import json
from hashlib import sha256

import bibtexparser
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from pybtex.database import parse_string

from helpers import drafts_of, made, nasty_texts, site_of, tiny_site, workshop
from regesta.content.paper import Author, Organization, Origin, Paper
from regesta.pages import archive_files, takeaway_rows
from regesta.pages.record import record, schema
from regesta.sources import csl_json, ris
from regesta.sources.common.dump import Dump
from regesta.text.strings import one_line, shows

KINDS = ("bib", "ris", "csl.json", "jsonl")


def files_of(site):
    """Return the files by their paths, as text."""
    takeaway_rows.update(site, "")
    return {path: data.decode() for path, data in made(archive_files.plan(site)).items()}


def keys_in(kind, text):
    """Return the keys of the papers in a file of a kind, as two parsers read them; there is one for lines of JSON."""
    if kind == "jsonl":
        return [json.loads(line)["id"] for line in text.splitlines()]
    if kind == "bib":
        one = [entry.key for entry in bibtexparser.parse_string(text).entries]
        other = [*parse_string(text, "bibtex").entries]
    elif kind == "ris":
        one = [fields["id"] for fields in rispy.loads(text)]
        other = [paper.citekey for paper in ris.read(Dump("a.ris", text.replace("\r\n", "\n"))).papers]
    else:
        one = [item["id"] for item in json.loads(text)]
        assert [*CiteProcJSON(json.loads(text))] == [key.lower() for key in one]
        other = [paper.citekey for paper in csl_json.read(Dump("a.json", text)).papers]
    assert one == other
    return one


@pytest.mark.parametrize("site", [tiny_site(), workshop()], ids=["tiny", "workshop"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_file_has_all_papers_in_the_order_of_the_archive(site, kind):
    keys = keys_in(kind, files_of(site)[f"papers.{kind}"])
    papers = [*site.archive.papers]
    assert keys == [paper.id if kind == "jsonl" else site.archive.citekey(paper) for paper in papers]


def test_lines_of_ris_end_as_its_readers_expect():
    text = files_of(tiny_site())["papers.ris"]
    assert text.count("\r\n") == text.count("\n")


PAPERS = [Paper(f"Paper {n}", id=f"p{n}", abstract=f"Text {n}.", tags=("one",)) for n in range(40)]


@pytest.fixture
def small(monkeypatch):
    """Parts of few papers."""
    monkeypatch.setattr(archive_files, "_CITED", 8)
    monkeypatch.setattr(archive_files, "_RECORDED", 4)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("kind", KINDS)
def test_a_large_archive_is_cut_into_parts(kind):
    found = files_of(site_of(PAPERS))
    numbers = range(1, 17 if kind == "jsonl" else 9)
    paths = [f"papers{f'-{number}' if number > 1 else ''}.{kind}" for number in numbers]
    assert [path for path in found if path.endswith(f".{kind}") and "schema" not in path] == paths
    keys = [key for path in paths if found[path].strip("[]\n") for key in keys_in(kind, found[path])]
    assert sorted(keys) == sorted(paper.id for paper in PAPERS)


def test_no_part_is_larger_than_it_may_be(monkeypatch):
    monkeypatch.setattr(archive_files, "_BYTES", 1000)
    found = files_of(site_of(PAPERS))
    parts = {
        path: text for path, text in found.items() if path not in ("papers.schema.json", "papers.sha256")
    }
    assert max(len(text.encode()) for text in parts.values()) <= 1000
    assert len(parts) > 8


@pytest.mark.usefixtures("small")
def test_an_edit_changes_one_part_of_each_kind_that_shows_it():
    def drafts(papers):
        site = site_of(papers)
        takeaway_rows.update(site, "")
        return {draft.path: draft.fingerprint for draft in drafts_of(archive_files.plan(site))}

    def changed(**known):
        known = {"title": "Paper 7", "id": "p7", "abstract": "Text 7.", "tags": ("one",)} | known
        then, now = drafts(PAPERS), drafts([*PAPERS[:7], Paper(**known), *PAPERS[8:]])
        return [path.partition(".")[2] for path in then if now[path] != then[path]]

    assert changed() == []
    assert changed(abstract="Another text.") == ["jsonl", "sha256"]
    assert changed(title="Another title") == ["bib", "ris", "csl.json", "jsonl", "sha256"]


@pytest.mark.usefixtures("small")
def test_checksums_are_those_of_the_files():
    found = files_of(site_of(PAPERS))
    sums = dict(reversed(line.split("  ")) for line in found["papers.sha256"].splitlines())
    assert sums.keys() == found.keys() - {"papers.schema.json", "papers.sha256"}
    assert all(sha256(found[path].encode()).hexdigest() == known for path, known in sums.items())


def test_checksums_are_known_of_files_that_are_not_made_again():
    site = site_of(PAPERS)
    takeaway_rows.update(site, "")
    *_, sums = drafts_of(archive_files.plan(site))
    assert sums.make().decode() == files_of(site)["papers.sha256"]


def test_an_empty_archive_has_empty_files():
    found = files_of(site_of([]))
    assert json.loads(found["papers.csl.json"]) == []
    assert (found["papers.jsonl"].strip(), found["papers.bib"].strip()) == ("", "")


FULL = Paper(
    title="On $x$", id="a", abstract="It *is*.", published="2025-06", featured="2025-06-02", updated="2025-07", added="2026-01-01", inferred=("published",),
    authors=(Author("Ada Example", "Ada", "Example", "0000-0001-2345-6789", "ada"), Author("Plato")), authors_count=3,
    organization=Organization("Lab", "lab"), type="article", venue="Salt", volume="1", number="2", publisher="P", keywords=("k",),
    tags=("one",), collections=("c",), links={"arxiv": "https://arxiv.org/abs/2410.21060"}, comments=0, upvotes=2, note="N", aliases=("b",),
    citekey="key", language="fr", license="CC", status="withdrawn", pages="1–2", session="S", award="Best", lock=True,
    origin=(Origin("a.txt", 3),), extra={"secret": "x"},
)  # fmt: skip


def fits(value, kind):
    """Tell whether a value is what a part of the schema allows: the few words of JSON Schema that ours has."""
    types = {"string": str, "integer": int, "array": list, "object": dict}
    if not isinstance(value, types[kind["type"]]):
        return False
    if kind["type"] == "array":
        return all(fits(one, kind["items"]) for one in value)
    if kind["type"] == "object":
        known, more = kind.get("properties", {}), kind.get("additionalProperties", True)
        others = value.keys() - known.keys()
        return (
            all(fits(value[name], known[name]) for name in value.keys() & known.keys())
            and value.keys() >= {*kind.get("required", [])}
            and (not others or (more is not False))
        )
    return True


def test_a_record_says_all_that_the_schema_knows_and_no_more():
    site = site_of([FULL])
    found = json.loads(json.dumps(record(site.archive.papers[0], site)))
    known = schema("https://example.org/papers.schema.json")
    assert fits(found, known)
    assert found.keys() == known["properties"].keys()
    assert found["authors"][0] == {
        "name": "Ada Example",
        "given": "Ada",
        "family": "Example",
        "orcid": "0000-0001-2345-6789",
        "id": "ada",
    }
    assert found["links"] == {
        "arxiv": "https://arxiv.org/abs/2410.21060",
        "pdf": "https://arxiv.org/pdf/2410.21060",
    }
    assert found["url"] == "https://example.org/lab/papers/a/"
    assert "secret" not in json.dumps(found)  # fmt: skip


def test_what_is_unknown_is_not_in_a_record():
    site = site_of([Paper("A", id="a")])
    assert record(site.archive.papers[0], site) == {"id": "a", "url": "https://example.org/lab/papers/a/", "title": "A"}  # fmt: skip


@given(nasty_texts(), nasty_texts().map(one_line).filter(bool))
def test_whatever_a_paper_says_is_one_line_of_records(abstract, title):
    text = files_of(site_of([Paper(title, id="a", abstract=abstract, keywords=(title,))]))["papers.jsonl"]
    (line,) = text.splitlines()
    assert json.loads(line)["title"] == title


@pytest.mark.parametrize("kind", KINDS)
@given(text=nasty_texts().map(one_line).filter(shows))
def test_whatever_papers_say_each_is_one_entry(kind, text):
    papers = [Paper(text, id=name, authors=(Author(text),), venue=text, keywords=(text,)) for name in "abc"]
    assert sorted(keys_in(kind, files_of(site_of(papers))[f"papers.{kind}"])) == ["a", "b", "c"]
