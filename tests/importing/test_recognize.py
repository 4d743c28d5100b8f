"""Entries are sorted: copies of each other, papers of the archive, new ones, and doubtful ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import known_papers, nasty_texts
from regesta.content.imports_lock import ImportMemory
from regesta.content.paper import Origin, Paper
from regesta.importing import recognize as recognizing
from regesta.importing.likeness import text_hash
from regesta.importing.recognize import names_of

TEXT = "We plant a forest of sparse trees, count the leaves that fall in autumn, and show that fewer branches bear the same fruit in less time."
OTHER = "Rivers carry sand to the sea; a model of nine equations says how much, and two winters of measurements by boat agree with it."
ARXIV = {"arxiv": "https://arxiv.org/abs/2410.21060"}
DOI = {"doi": "https://doi.org/10.5555/ABC.1"}


def entry(title, abstract="", line=1, file="a.txt", **known):
    return Paper(title, abstract, origin=(Origin(file, line),), **known)


def recognize(entries, files, memories, *settled):
    return recognizing.recognize(entries, known_papers(files.values()), memories, *settled)


def shape(found):
    """Return the groups as plain data: the titles of the copies, and the home or the doubt."""
    return sorted(
        (
            sorted(paper.title for paper in group.copies),
            group.home or (group.like if isinstance(group.like, str) else group.like and "one found here"),
        )
        for group in found
    )


def remembered(*papers):
    return {paper.id: ImportMemory(names_of(paper)) for paper in papers}


def test_a_paper_is_remembered_by_its_ids_its_title_and_its_text():
    paper = Paper("Sparse Trees", links=ARXIV | DOI)
    assert names_of(paper) == {
        "title:sparsetrees",
        "arxiv:2410.21060",
        "doi:10.5555/abc.1",
        f"text:{text_hash(paper)}",
    }


def test_copies_are_found_by_any_of_their_names():
    first, second = entry("Sparse Trees", TEXT, 1, links=ARXIV), entry("Sparse trees!", TEXT, 2, venue="x")
    renamed = entry("Entirely Renamed", "", 3, links={"arxiv": "https://arxiv.org/abs/2410.21060v2"})
    assert shape(recognize([first, entry("Dense Forests", OTHER, 4), second, renamed], {}, {})) == [
        (["Dense Forests"], None),
        (["Entirely Renamed", "Sparse Trees", "Sparse trees!"], None),
    ]


def test_two_ids_under_one_title_are_held_back_even_if_a_third_entry_would_tie_them():
    one, two = (
        entry("FuseChat", TEXT, 1, links=ARXIV, published="2024-02-01"),
        entry("FuseChat", TEXT, 2, links={"arxiv": "https://arxiv.org/abs/2408.07990"}),
    )
    bare = entry("FuseChat", TEXT, 3)
    found = recognize([one, two, bare], {}, {})
    assert sorted(len(group.copies) for group in found) == [1, 2]
    (doubtful,) = [group for group in found if group.like]
    assert "their arXiv ids differ" in doubtful.why or "have different ids" in doubtful.why


def test_an_entry_seen_before_needs_no_comparison():
    paper = entry("Sparse Trees", TEXT)
    edited = {"trees": Paper("My Own Title", "My own words.", id="trees")}
    assert shape(recognize([paper], edited, {"trees": ImportMemory(names_of(paper))})) == [
        (["Sparse Trees"], "trees")
    ]


def test_an_entry_whose_text_changed_is_found_by_the_title_it_bore():
    seen = entry("Sparse Trees", TEXT)
    edited = {"trees": Paper("Sparse Trees, Annotated", TEXT, id="trees")}
    changed = entry("Sparse Trees", f"{TEXT} Code is available.", file="b.txt")
    assert shape(recognize([changed], edited, {"trees": ImportMemory(names_of(seen))})) == [
        (["Sparse Trees"], "trees")
    ]


def test_a_file_may_correct_its_only_entry_of_a_title():
    known = {"trees": entry("Sparse Trees", id="trees", comments=1)}
    assert shape(recognize([entry("Sparse Trees", published="2025")], known, remembered(known["trees"]))) == [
        (["Sparse Trees"], "trees")
    ]
    assert shape(
        recognize([entry("Sparse Trees", published="2025", file="b.txt")], known, remembered(known["trees"]))
    ) == [(["Sparse Trees"], "trees")]


def test_of_two_papers_with_one_title_and_nothing_else_none_is_chosen():
    known = {
        "one": entry("Editorial", id="one", published="2019"),
        "two": entry("Editorial", id="two", published="2020"),
    }
    (group,) = recognize([entry("Editorial", pages="1–2")], known, remembered(*known.values()))
    assert (group.home, group.like) == ("", "one")


def test_a_deleted_paper_stays_known_by_its_ids_and_its_title():
    gone = remembered(Paper("Sparse Trees", TEXT, id="trees", links=ARXIV))
    assert shape(recognize([entry("Sparse Trees", TEXT, links=ARXIV)], {}, gone)) == [
        (["Sparse Trees"], "trees")
    ]
    (doubtful,) = recognize([entry("Sparse Trees", OTHER)], {}, gone)
    assert (doubtful.home, doubtful.like, doubtful.why) == (
        "",
        "trees",
        "titles equal, and that paper was deleted",
    )
    assert shape(recognize([entry("Renamed", links=ARXIV)], {}, gone)) == [(["Renamed"], "trees")]
    assert shape(
        recognize([entry("Sparse Trees", links={"arxiv": "https://arxiv.org/abs/2501.00001"})], {}, gone)
    ) == [(["Sparse Trees"], None)]


def test_two_entries_that_may_be_one_and_a_deleted_paper_both_wait_for_that_paper():
    gone = remembered(Paper("Sparse Trees", TEXT, id="trees"))
    one = entry("Sparse Trees", OTHER, 1)
    two = entry(
        "Sparse Trees", "Nine clay pots were fired twice, and all but two of them kept their shape.", 2
    )
    assert shape(recognize([one, two], {}, gone)) == [(["Sparse Trees"], "trees")] * 2


def test_what_a_person_split_stays_split():
    """A person gave a second paper a file with its text or its place of origin: that outweighs the memory."""
    one, two = entry("Trees", TEXT, 1), entry("Trees", f"{TEXT} Again.", 2)
    memories = {"trees": ImportMemory(names_of(one) | names_of(two))}
    by_text = {"trees": Paper("Trees", TEXT, id="trees"), "mine": Paper("Trees", f"{TEXT} Again.", id="mine")}
    by_place = {
        "trees": Paper("Trees", TEXT, id="trees"),
        "mine": entry("Trees, My Way", f"{TEXT} My words.", 2, id="mine"),
    }
    for files in (by_text, by_place):
        assert [(group.home, group.copies) for group in recognize([one, two], files, memories)] == [
            ("trees", [one]),
            ("mine", [two]),
        ]


@pytest.mark.parametrize(("decision", "expected"), [("trees", "trees"), ("", None)])
def test_what_a_person_decided_is_done(decision, expected):
    doubtful = entry("Sparse Trees", OTHER)
    known = {"trees": Paper("Sparse Trees", TEXT, id="trees")}
    assert shape(recognize([doubtful], known, {}, {text_hash(doubtful): decision})) == [
        (["Sparse Trees"], expected)
    ]


some_papers = st.lists(
    st.builds(
        entry,
        title=st.sampled_from(["Trees", "Forests", "Trees and Forests"]) | nasty_texts(1),
        abstract=st.sampled_from(["", TEXT, OTHER, f"{TEXT} {OTHER}"]),
        line=st.integers(1, 30),
        links=st.sampled_from([{}, ARXIV, DOI, ARXIV | DOI, {"arxiv": "https://arxiv.org/abs/2501.00001"}]),
        published=st.sampled_from(["", "2020", "2025-06-02"]),
    ),
    max_size=7,
)


@given(some_papers, st.randoms())
def test_no_entry_is_lost_and_the_order_does_not_matter(papers, random):
    shuffled = list(papers)
    random.shuffle(shuffled)
    found = recognize(papers, {}, {})
    assert sorted(map(id, papers)) == sorted(id(paper) for group in found for paper in group.copies)
    assert {as_values(group) for group in found} == {
        as_values(group) for group in recognize(shuffled, {}, {})
    }
    assert all(group.like.like is None for group in found if group.like), "no group waits for one that waits"


def as_values(group):
    return (tuple(sorted(map(repr, group.copies))), group.home, group.like is not None, group.why)
