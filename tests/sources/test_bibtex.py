"""BibTeX and BibLaTeX: fifty entries checked by hand, private fields, broken entries, and our own citations."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpers import FIXTURES, REPOSITORY, nasty_texts, site_of
from regesta.content.paper import Author, Paper
from regesta.pages.citation import bibtex as cite
from regesta.sources import bibtex
from regesta.sources.common.dump import Dump
from regesta.sources.common.files import DumpError, ReadOptions, read_dump
from regesta.sources.registry import read_paths
from regesta.text.strings import one_line, shows

FIFTY = FIXTURES / "bibliographies" / "fifty.bib"
SHARED = REPOSITORY.parent / "shared" / "fixtures" / "bibtex"
FIELDS = "citekey type title venue volume number pages publisher published license abstract".split()


def read(text, name="a.bib", **options):
    return bibtex.read(Dump(name, text, **options))


def one(fields, kind="article"):
    """Return the paper of an entry with a title and some more fields."""
    reading = read(f"@{kind}{{key, title = {{Some Title}}, {fields}}}")
    assert reading.problems == []
    return reading.papers[0]


def names(field):
    return [author.name for author in one(f"author = {{{field}}}").authors]


def problems_of(text):
    return [str(problem) for problem in read(text).problems]


def plain_data(paper):
    """Return a paper as the expected file has it: only the known fields."""
    authors = [[a.given, a.family, *filter(None, [a.orcid])] if a.family else a.name for a in paper.authors]
    known = {name: getattr(paper, name) for name in FIELDS} | {
        "authors": authors,
        "keywords": list(paper.keywords),
        "links": dict(paper.links),
    }
    return {name: value for name, value in known.items() if value}


FIFTY_READ = read(FIFTY.read_text(encoding="utf-8"), "fifty.bib")
FIFTY_EXPECTED = yaml.safe_load(FIFTY.with_suffix(".yaml").read_text(encoding="utf-8"))


def test_each_of_the_fifty_entries_is_a_paper_or_a_parent():
    assert FIFTY_READ.problems == []
    assert [paper.citekey for paper in FIFTY_READ.papers] == [entry["citekey"] for entry in FIFTY_EXPECTED]
    assert len(FIFTY_READ.papers) + FIFTY_READ.unread["crossref parent"] == 50


@pytest.mark.parametrize(
    ("paper", "expected"),
    list(zip(FIFTY_READ.papers, FIFTY_EXPECTED, strict=True)),
    ids=[e["citekey"] for e in FIFTY_EXPECTED],
)
def test_an_entry_says_what_a_person_reads_in_it(paper, expected):
    assert plain_data(paper) == expected


def test_a_paper_knows_its_file_and_the_line_of_its_entry():
    lines = FIFTY.read_text(encoding="utf-8").split("\n")
    for paper in FIFTY_READ.papers:
        assert paper.origin[0].file == "fifty.bib"
        assert paper.citekey in lines[paper.origin[0].line - 1]
    assert {paper.collections for paper in FIFTY_READ.papers} == {()}


def test_what_was_left_out_is_counted_by_its_name():
    counted = {
        name: FIFTY_READ.unread[name]
        for name in (
            "note",
            "annote",
            "file",
            "owner",
            "timestamp",
            "bdsk-url-1",
            "editor",
            "urldate",
            "title",
        )
    }
    assert counted == {
        "note": 1,
        "annote": 1,
        "file": 1,
        "owner": 1,
        "timestamp": 1,
        "bdsk-url-1": 1,
        "editor": 2,
        "urldate": 1,
        "title": 1,
    }


def test_private_fields_reach_no_paper_unless_notes_are_wanted():
    text = FIFTY.read_text(encoding="utf-8")
    assert not re.search(r"Eve|boring|someone|hidden|toread|mine", repr(FIFTY_READ.papers))
    with_notes = read(text, notes=True)
    notes = {paper.citekey: paper.note for paper in with_notes.papers if paper.note}
    assert notes == {"private": "Ask Eve about 100% of it\n\nboring"}
    assert not re.search(r"someone|hidden|toread|mine", repr(with_notes.papers))
    assert with_notes.unread["note"] == 0


def test_a_note_shows_its_text_and_nothing_more():
    paper = read("@misc{a, title={T}, note={see *this*, <b>bold</b> and `code`}}", notes=True).papers[0]
    assert paper.note == r"see \*this\*, bold and \`code\`"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("@article{a,\n title={x}}", "x.txt"),
        ("% made by hand\n\n@book(a,\n", "x"),
        ("@string{a = {b}}", "x"),
        ("@comment{x}\n@misc{a,", "x"),
        ("Some words first.\n@misc{a, title={b}}", "x.BIB"),
        ("Words\n  @misc{a, title={b}}", "x.bib.gz"),
    ],
)
def test_bibliographies_are_recognized(head, name):
    assert bibtex.recognizes(Dump(name, head))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Some words\n@article{a, title={b}}",
        '[{"title": "@article{a,"}]',
        "@dataclass\nclass A:",
        "TY  - JOUR\n",
        '{"config": 1}',
        "@me {hello}",
    ],
)
def test_other_texts_are_not(text):
    assert not bibtex.recognizes(Dump("x.txt", text))


def test_names_are_never_cut_within_braces():
    assert names("{Smith and Sons, Ltd.} and {{A and B}} and Doe, {Jane and Joe}") == [
        "Smith and Sons, Ltd.",
        "A and B",
        "Jane and Joe Doe",
    ]


def test_and_others_is_not_an_author():
    assert names("others") == []
    assert names("Doe, J. and others") == ["J. Doe"]
    assert names("Doe, J. et al.") == ["J. Doe"]
    assert names("Doe, J. and , and ") == ["J. Doe"]


def test_a_name_keeps_the_accent_that_it_begins_with():
    assert names(r"Doe, J. and \'{E}mile Zola and \AA{}ke \O stergaard and Jan \v Capek") == [
        "J. Doe",
        "Émile Zola",
        "Åke Østergaard",
        "Jan Čapek",
    ]


def test_a_name_with_too_many_commas_is_not_guessed_at():
    assert one("author = {Doe, J., Roe, R., Poe, P.}").authors == (Author("Doe, J., Roe, R., Poe, P."),)


def test_editors_are_no_authors():
    assert one("editor = {Doe, Jane}", "book").authors == ()


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2020", "2020"),
        ("year = {2020}, month = 13", "2020"),
        ("year = {2020}, month = feb, day = 30", "2020-02"),
        ("year = {2020}, month = {02}, day = {29}", "2020-02-29"),
        ("year = {100}", ""),
        ("year = {{13th Century}}", ""),
        ("month = feb", ""),
        ("date = {2020-05}, year = {2019}", "2020-05"),
        ("date = {2020}, year = {2020}, month = may", "2020-05"),
        ("date = {2011-05-25~/2012}", "2011-05-25"),
        ("date = {2017-24}", "2017"),
        ("date = {-0400}", ""),
        ("date = {199X}", ""),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(fields, date):
    assert one(fields).published == date


@pytest.mark.parametrize(
    ("pages", "shown"),
    [
        ("12--23", "12–23"),
        ("12-23", "12–23"),
        ("12 - 23", "12–23"),
        ("12–23", "12–23"),
        ("i-ii", "i–ii"),
        ("S1-S9", "S1–S9"),
        ("e0815", "e0815"),
        ("5,7", "5,7"),
        ("225-–240", "225–240"),
        ("-", ""),
    ],
)
def test_pages_have_an_en_dash(pages, shown):
    assert one(f"pages = {{{pages}}}").pages == shown


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        ("doi = {10.1000/ABC}", {"doi": "https://doi.org/10.1000/abc"}),
        (
            r"doi = {10.1002/1-X(1999)1:1{\textless}3::AID-P{\textgreater}3.0.CO;2-1}",
            {"doi": "https://doi.org/10.1002/1-x(1999)1:1%3C3::aid-p%3E3.0.co;2-1"},
        ),
        ("url = {https://doi.org/10.48550/arXiv.2401.00001}", {"arxiv": "https://arxiv.org/abs/2401.00001"}),
        ("eprint = {2401.00001}", {"arxiv": "https://arxiv.org/abs/2401.00001"}),
        ("eprint = {2401.00001}, eprinttype = {jstor}", {}),
        ("journal = {CoRR}, volume = {abs/2401.00001}", {"arxiv": "https://arxiv.org/abs/2401.00001"}),
        ("url = {https://a.example/b.PDF?x=1}", {"pdf": "https://a.example/b.PDF?x=1"}),
        (r"url = {\url{https://a.example/b\_c\%20d}}", {"page": "https://a.example/b_c%20d"}),
        ("url = {file:///home/me/a.pdf}, pdf = {C:/me/a.pdf}", {}),
    ],
)
def test_links_are_known_by_their_kind(fields, links):
    assert dict(one(fields).links) == links


def test_parents_may_name_each_other_in_a_ring():
    reading = read(
        "@inbook{a, title={A}, crossref={b}}\n@inbook{b, title={B}, crossref={c}, year=2001}\n@inbook{c, title={C}, crossref={a}}"
    )
    assert [(paper.title, paper.venue, paper.published) for paper in reading.papers] == [
        ("A", "B", "2001"),
        ("B", "C", "2001"),
        ("C", "A", "2001"),
    ]


def test_an_unknown_parent_or_macro_is_no_harm():
    paper = one("crossref = {nowhere}, journal = UNKNOWN_MACRO")
    assert (paper.title, paper.venue) == ("Some Title", "UNKNOWN_MACRO")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("@misc{a}", "a.bib:1: the entry 'a' has no title: give it one, or take it out; it was left out"),
        (
            "\n\n@misc{a, title = {{}}}",
            "a.bib:3: the entry 'a' has no title: give it one, or take it out; it was left out",
        ),
        (
            "@misc{a, title = {open",
            "a.bib:1: '@misc{a, title = {open' cannot be parsed: balance its braces and quotes, and put a comma after each field; this entry was left out",
        ),
        (
            "@misc{a, title = {A} year = 2}",
            "a.bib:1: '@misc{a, title = {A} year = 2}' cannot be parsed: balance its braces and quotes, and put a comma after each field; this entry was left out",
        ),
        ("@string{a = {b}}", "a.bib:1: lists no paper: export it again"),
    ],
)
def test_what_cannot_be_read_is_one_problem_with_its_line(text, problem):
    assert problems_of(text)[:1] == [problem]


def test_an_entry_that_is_broken_takes_no_other_with_it():
    reading = read(
        '@misc{a, title={A}}\n@misc{b, title={B\n@misc{c, title={C}}\n@misc{d, title="D}\n@misc{e, title={E}}\n'
    )
    assert [paper.title for paper in reading.papers] == ["A", "C", "E"]
    assert [problem.line for problem in reading.problems] == [2, 4]


def test_an_entry_that_somebody_commented_out_is_no_paper():
    reading = read(
        "@misc{a, title={A}}\n% @misc{b, title={B}}\n%@misc{c,\n%  title={C}\n%}\n@misc{d, title={D}}"
    )
    assert [paper.title for paper in reading.papers] == ["A", "D"]
    assert (reading.problems, reading.unread["commented out"]) == ([], 2)


def test_fields_behind_a_brace_too_many_are_not_lost_in_silence():
    reading = read("@misc{a, title={A}},\n author={Doe, Jane}}\n@misc{b, title={B}}")
    assert [paper.title for paper in reading.papers] == ["A", "B"]
    assert [problem.what for problem in reading.problems] == ["',' is outside of any entry"]


def test_macros_of_macros_do_not_grow_without_end():
    macros = "".join(f"@string{{m{i + 1} = m{i} # m{i} # m{i}}}\n" for i in range(60))
    reading = read(f'@string{{m0 = "x"}}\n{macros}@misc{{a, title = {{A}}, abstract = m60}}')
    assert len(reading.papers[0].abstract) < 200_000


def test_more_authors_than_a_file_may_hold_are_a_problem(tmp_path):
    (tmp_path / "a.bib").write_text(
        f"@misc{{a, title={{A}}, author={{{'A and ' * 10_001}B}}}}", encoding="utf-8"
    )
    assert "more than 10000 authors" in str(read_paths([tmp_path / "a.bib"], tmp_path).problems[0])


@given(st.text(alphabet='@{}"=,#\\% \na1$~-', max_size=60))
def test_whatever_a_file_holds_it_is_read_or_refused(text):
    for piece in (
        text,
        f"@misc{{a, {text}}}",
        f"@misc{{a, title={{{text}}}, author={{{text}}}, year={{{text}}}}}",
    ):
        reading = read(piece)
        assert reading.papers or reading.problems or reading.unread
        assert all(shows(paper.title) for paper in reading.papers)


@given(nasty_texts())
def test_any_text_can_stand_in_an_entry(text):
    reading = read(f"@misc{{a, title={{T}}, abstract={{{text}}}}}\n@misc{{b, title={{U}}}}")
    assert len(reading.papers) + len(reading.problems) >= 2
    assert "U" in [paper.title for paper in reading.papers] or reading.problems


#: Texts that TeX shows unchanged, or that `citation` escapes: without ligatures, which TeX would join.
texts = (
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="$`'-?!")
        | st.just(" "),
        min_size=1,
        max_size=40,
    )
    .map(one_line)
    .filter(shows)
)


@given(texts, st.lists(texts, max_size=3))
def test_a_title_and_authors_survive_our_own_citation(title, people):
    paper = Paper(title=title, id="x", published="2020-03", authors=tuple(map(Author, people)), citekey="key")
    back = read(cite(paper, site_of([paper]))).papers[0]
    assert (back.title, back.published, back.citekey) == (title, "2020-03", "key")
    spoken = [name for name in people if not re.search(r"[\s,]", name) and name.lower() != "others"]
    assert [author.name for author in back.authors if author.name in spoken] == spoken


@pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED} is not on this machine")
def test_every_entry_of_real_files_is_accounted_for():
    for path in sorted(SHARED.rglob("*.bib")):
        try:
            dump = read_dump(path, path.parent, ReadOptions())
        except DumpError as error:
            assert "GBK" in str(error) or "UTF-8" in str(error)  # noqa: PT017 - a file that does not say how it is written
            continue
        entries = len(
            re.findall(r"^\s*@(?!comment|string|preamble)\w+\s*[{(]", dump.text, re.IGNORECASE | re.MULTILINE)
        )
        reading = bibtex.read(dump)
        assert bibtex.recognizes(dump), path.name
        assert (
            len(reading.papers) + len(reading.problems) + reading.unread["crossref parent"] >= entries > 0
        ), path.name
