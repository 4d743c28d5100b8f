"""Data for scripts: each paper, each list, and an index that names them."""

import json

from helpers import URL, made, site_of, tiny_site
from regesta.content.paper import Author, Paper
from regesta.pages import api, takeaway_rows


def files_of(site):
    takeaway_rows.update(site, "")
    return {path: json.loads(data) for path, data in made(api.plan(site)).items()}


def test_there_is_none_unless_one_asks():
    assert files_of(tiny_site()) == {}


def test_the_index_names_kinds_these_name_lists_and_these_name_papers():
    found = files_of(tiny_site(api=True))

    def at(address):
        return found[address.removeprefix(URL)]

    index = found["api/index.json"]
    assert index["papers"] == len(tiny_site().archive.papers)
    for address in index["lists"].values():
        for one in at(address):
            papers = at(one["api"])["papers"]
            assert len(papers) == one["papers"]
            assert all(f"api/papers/{paper['id']}.json" in found for paper in papers)


def test_a_paper_is_its_record():
    paper = files_of(site_of([Paper("A", id="a", abstract="B")], api=True))["api/papers/a.json"]
    assert paper == {"id": "a", "url": f"{URL}papers/a/", "title": "A", "abstract": "B"}


def test_a_lean_archive_has_no_file_for_each_paper():
    found = files_of(
        site_of([Paper("A", id="a", authors=(Author("Ada"),), tags=("t",))], api=True, outputs="lean")
    )
    assert "api/tags/t.json" in found
    assert "api/papers/a.json" not in found
