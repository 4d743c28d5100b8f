"""Citations: only known values, and nothing that breaks a bibliography."""

import re

import pytest
from hypothesis import given

from helpers import check_golden, nasty_texts, site_of, tiny_site
from regesta.content.paper import Author, Paper
from regesta.pages.citation import bibtex, citation_html, citation_text
from regesta.text.strings import one_line


def cite(**known):
    paper = Paper(**({"title": "Sparse Trees", "id": "sparse-trees"} | known))
    site = site_of([paper])
    return citation_text(paper, site), bibtex(paper, site)


def test_every_paper_of_the_tiny_archive():
    site = tiny_site()
    entries = [f"{citation_text(paper, site)}\n\n{bibtex(paper, site)}\n" for paper in site.archive.papers]
    check_golden("citations", {"all.txt": "\n".join(entries)})


def test_names_and_title_keep_their_direction_to_themselves():
    authors = (Author("محمد الأحمد"), Author("Ada <b> Example Jr."))
    paper = Paper(title="Trees & Maps", id="a", authors=authors, published="2025")
    html = citation_html(paper, site_of([paper]))
    people = "<bdi>محمد الأحمد</bdi>, <bdi>Ada &lt;b&gt; Example Jr</bdi>"
    assert html.startswith(f"{people}. “<bdi>Trees &amp; Maps</bdi>”. 2025.")


def test_an_escaped_dollar_is_a_dollar():
    text, entry = cite(title=r"Trees for \$5 or $x$")
    assert "“Trees for $5 or x”" in text
    assert r"{{Trees for \$5 or $x$}}" in entry


def test_a_count_is_no_author():
    for text in cite(authors_count=6):
        assert "6" not in text
        assert "author" not in text


def test_what_is_unknown_is_left_out():
    text, entry = cite()
    assert text == "“Sparse Trees”. https://example.org/lab/papers/sparse-trees/."
    assert (
        entry
        == "@misc{sparse-trees,\n  title     = {{Sparse Trees}},\n  url       = {https://example.org/lab/papers/sparse-trees/},\n}"
    )


def test_authors_are_named_as_bibliographies_sort_them():
    text, entry = cite(
        authors=(
            Author("Ada Example", "Ada", "Example"),
            Author("The Example Group"),
            Author("Trees and Sons, Inc."),
        )
    )
    assert text.startswith("Ada Example, The Example Group, Trees and Sons, Inc. “Sparse Trees”.")
    assert "  author    = {Example, Ada and {The Example Group} and {Trees and Sons, Inc.}},\n" in entry


@pytest.mark.parametrize(
    ("published", "lines"),
    [
        ("2025-06-02", ["  year      = {2025},", "  month     = jun,"]),
        ("2025-12", ["  year      = {2025},", "  month     = dec,"]),
        ("2025", ["  year      = {2025},"]),
        ("", []),
    ],
)
def test_dates_are_as_precise_as_known(published, lines):
    entry = cite(published=published)[1]
    assert [line for line in entry.splitlines() if re.match(r"  (?:year|month) ", line)] == lines


def test_identifiers():
    entry = cite(
        links={"arxiv": "https://arxiv.org/abs/2410.21060v2", "doi": "https://doi.org/10.5555/ex_1"},
        venue="Workshop",
        citekey="ex2025",
    )[1]
    assert entry.startswith("@inproceedings{ex2025,\n")
    assert "  doi       = {10.5555/ex_1},\n" in entry
    assert "  eprint    = {2410.21060v2},\n  archiveprefix = {arXiv},\n" in entry
    assert "  url       = {https://doi.org/10.5555/ex_1},\n" in entry


def test_special_characters_are_escaped_and_mathematics_is_not():
    entry = cite(title=r"100% of $x_1 & y$ \ #1_~^ & {all}")[1]
    assert r"100\% of $x_1 & y$ \textbackslash{} \#1\_\textasciitilde{}\textasciicircum{} \& " in entry


@given(nasty_texts().map(one_line).filter(bool))
def test_any_title_and_name_makes_an_entry_that_can_be_read(text):
    entry = cite(title=text, authors=(Author(text),), venue=text)[1]
    for line in entry.splitlines()[1:-1]:
        depth = 0
        for brace in re.findall(r"[{}]", line):  # BibTeX counts them, even after a backslash
            depth += 1 if brace == "{" else -1
            assert depth >= 0
        assert depth == 0
    assert not re.search(r"(?<!\\)[&%#_]", re.sub(r"  url .*", "", entry))


@pytest.mark.parametrize(
    "tex", ["x}", "{x", r"\input{/etc/passwd}", r"\text{a\write18{id}}", "^^5cinput", "x%"]
)
def test_a_formula_that_is_none_is_escaped(tex):
    entry = cite(title=f"On ${tex}$ and $y^2$")[1]
    assert f"${tex}$" not in entry.replace(r"\$", "")
    assert "$y^2$" in entry
