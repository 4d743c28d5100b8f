"""Papers enter the archive: recognized, named for good, each counted once, no edit lost."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import dump_a, known_papers, nasty_texts
from regesta.archive.tags.suggestions import Tagger
from regesta.content.paper import FIELDS, ID_PATTERN, Organization, Origin, Paper, value_of
from regesta.content.paper_files import dump, parse
from regesta.importing.gather import Run, gather
from regesta.sources.common.dump import Dump, Reading
from regesta.sources.common.people import person
from regesta.sources.common.storable import storable
from regesta.sources.huggingface_text import read
from regesta.text.strings import clean, one_line, shows

TODAY = "2026-11-20"


class Archive:
    """An archive in memory: the content of files and lock."""

    def __init__(self, folder, *papers):
        self.folder, self.memories = folder, {}
        self.papers = {paper.id: paper for paper in papers}

    def gather(self, *papers, **options):
        """Import papers, from the same file if they name none; return the summary."""
        papers = [
            replace(paper, origin=paper.origin or (Origin("scraped/a.txt", line),))
            for line, paper in enumerate(papers, 1)
        ]
        on_disk = {path.stem for path in self.folder.rglob("*.md")}
        known = known_papers(self.papers.values())
        run = Run(known, self.folder, on_disk, on_disk, Tagger(()), TODAY, **options)
        changes, _, self.memories, summary = gather(run, papers, self.memories)
        for change in changes:
            old = self.papers.get(change.paper.id)
            fields = {name: getattr(change.paper, name) for name in change.names}
            written = dump(replace(old, **fields) if old else change.paper)
            self.papers[change.paper.id] = parse(written, "stem", "a.md")
        return summary


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path)


def counts(summary):
    return {
        name: getattr(summary, name)
        for name in ("new", "updated", "unchanged", "merged", "kept")
        if getattr(summary, name)
    }


def test_new_papers_are_named_dated_and_then_left_alone(archive):
    trees, forests = Paper("Sparse Trees", abstract="One."), Paper("Dense Forests")
    assert counts(archive.gather(trees, forests, trees)) == {"new": 2, "merged": 1}
    assert {paper.id: paper.added for paper in archive.papers.values()} == {
        "sparse-trees": TODAY,
        "dense-forests": TODAY,
    }
    assert counts(archive.gather(trees, forests, trees)) == {"unchanged": 2, "merged": 1}


@pytest.mark.parametrize(
    ("paper", "paper_id"),
    [
        (Paper("Sparse Trees", links={"arxiv": "https://arxiv.org/abs/2410.21060"}), "2410.21060"),
        (Paper("Sparse Trees", links={"arxiv": "https://arxiv.org/abs/2410.21060/"}), "2410.21060"),
        (Paper("Sparse Trees", links={"doi": "https://doi.org/10.5555/1"}), "sparse-trees"),
        (Paper("CON"), "con-"),
        (Paper("Aux: A Study"), "aux-a-study"),
        (
            Paper(
                "A practical two-stage recipe for mathematical language models that maximizes accuracy and more"
            ),
            "a-practical-two-stage-recipe-for-mathematical-language-models-that-maximizes",
        ),
    ],
)
def test_ids(archive, paper, paper_id):
    archive.gather(paper)
    assert list(archive.papers) == [paper_id]


def test_a_title_without_ascii_letters_gets_an_id_of_its_own(archive):
    archive.gather(Paper("日本語の論文"), Paper("另一篇论文"))
    ids = sorted(archive.papers)
    assert len(ids) == 2
    assert all(paper_id.startswith("paper-") and ID_PATTERN.fullmatch(paper_id) for paper_id in ids)


TWINS = [
    Paper(f"{'A very long title that is cut at a word ' * 2}and ends in {end}", abstract=end)
    for end in ("one", "two", "three")
]


def test_twins_get_a_hash_of_their_content_not_of_their_order(tmp_path):
    named = []
    for order in permutations(TWINS):
        archive = Archive(tmp_path)
        archive.gather(*order)
        named.append({paper.title: paper.id for paper in archive.papers.values()})
    assert all(ids == named[0] for ids in named)
    assert len(set(named[0].values())) == 3
    assert all(
        len(paper_id) <= 80 and paper_id.startswith("a-very-long-title-") for paper_id in named[0].values()
    )


def test_a_later_twin_leaves_the_first_its_name(archive):
    archive.gather(TWINS[0])
    first = next(iter(archive.papers))
    archive.gather(TWINS[1])
    assert archive.papers[first].title == one_line(TWINS[0].title) or archive.papers[first].abstract == "one"
    assert len(archive.papers) == 2


def test_the_id_of_a_deleted_paper_is_not_given_to_another(archive):
    archive.gather(TWINS[0])
    deleted = next(iter(archive.papers))
    archive.papers.clear()
    archive.gather(TWINS[1])
    assert deleted not in archive.papers


def test_a_file_that_cannot_be_read_keeps_its_name(archive):
    (archive.folder / "sparse-trees.md").write_text("broken")
    archive.gather(Paper("Sparse Trees", abstract="Text."))
    assert list(archive.papers) != ["sparse-trees"]


def test_a_paper_that_was_written_by_hand_is_recognized_and_filled(archive):
    archive.papers["mine"] = Paper(
        "Sparse trees", id="mine", abstract="Forests are large, I say; trees are small.", tags=("mine",)
    )
    theirs = "Forests are large and trees are small."
    summary = archive.gather(
        Paper("Sparse Trees", abstract=theirs, comments=3, links={"code": "https://a.example/code"})
    )
    assert counts(summary) == {"updated": 1}
    paper = archive.papers["mine"]
    assert (paper.title, paper.abstract, paper.tags) == (
        "Sparse trees",
        "Forests are large, I say; trees are small.",
        ("mine",),
    )
    assert (paper.comments, paper.links) == (3, {"code": "https://a.example/code"})
    assert summary.notes == ["mine: kept as edited by hand: title, abstract"]


def test_an_edit_is_kept_and_reported_while_the_rest_follows_the_source(archive):
    archive.gather(Paper("Sparse Trees", abstract="Old.", comments=1))
    archive.papers["sparse-trees"] = replace(archive.papers["sparse-trees"], title="Sparse Trees, Annotated")
    summary = archive.gather(Paper("Sparse Trees", abstract="New.", comments=2))
    assert counts(summary) == {"updated": 1}
    assert summary.notes == ["sparse-trees: kept as edited by hand: title"]
    paper = archive.papers["sparse-trees"]
    assert (paper.title, paper.abstract, paper.comments) == ("Sparse Trees, Annotated", "New.", 2)
    assert counts(archive.gather(Paper("Sparse Trees", abstract="New.", comments=2))) == {"kept": 1}


def test_an_edit_that_was_undone_is_ours_again(archive):
    source = Paper("Sparse Trees", abstract="Text.")
    archive.gather(source)
    before = archive.papers["sparse-trees"]
    archive.papers["sparse-trees"] = replace(before, title="Edited")
    archive.gather(source)
    archive.papers["sparse-trees"] = before
    assert counts(archive.gather(source)) == {"unchanged": 1}


def test_what_was_removed_by_hand_stays_removed(archive):
    source = Paper(
        "Sparse Trees",
        comments=2,
        tags=("a",),
        links={"code": "https://a.example/c", "pdf": "https://a.example/p"},
    )
    archive.gather(source)
    archive.papers["sparse-trees"] = replace(
        archive.papers["sparse-trees"], comments=None, tags=(), links={"code": "https://a.example/c"}
    )
    summary = archive.gather(source)
    assert counts(summary) == {"kept": 1}
    assert summary.notes == ["sparse-trees: kept as edited by hand: tags, links, comments"]
    assert archive.papers["sparse-trees"].links == {"code": "https://a.example/c"}


def test_a_count_of_zero_set_by_hand_is_an_edit(archive):
    archive.gather(Paper("Sparse Trees"))
    archive.papers["sparse-trees"] = replace(archive.papers["sparse-trees"], comments=0)
    archive.gather(Paper("Sparse Trees", comments=7))
    assert archive.papers["sparse-trees"].comments == 0


def test_a_locked_paper_is_left_alone(archive):
    archive.gather(Paper("Sparse Trees", comments=1))
    archive.papers["sparse-trees"] = replace(archive.papers["sparse-trees"], lock=True)
    summary = archive.gather(Paper("Sparse Trees", comments=2, collections=("more",)))
    assert counts(summary) == {"kept": 1}
    assert archive.papers["sparse-trees"].comments == 1
    assert archive.papers["sparse-trees"].collections == ()


def test_a_deleted_paper_stays_deleted_until_it_is_restored(archive):
    source = Paper("Sparse Trees", comments=1)
    archive.gather(source)
    archive.papers.clear()
    summary = archive.gather(source)
    assert counts(summary) == {"kept": 1}
    assert summary.notes == ["sparse-trees: stays deleted (--restore brings it back)"]
    assert archive.papers == {}
    assert counts(archive.gather(source, restore=True)) == {"new": 1}
    assert archive.papers["sparse-trees"].comments == 1


def test_what_a_restored_paper_lacked_before_is_filled_later(archive):
    rich, poor = (
        Paper("Sparse Trees", published="2025-06-02", comments=3),
        Paper("Sparse Trees", published="2025"),
    )
    archive.gather(rich)
    archive.papers.clear()
    archive.gather(poor, restore=True)
    assert counts(archive.gather(rich)) == {"updated": 1}
    assert archive.papers["sparse-trees"].published == "2025-06-02"


def test_a_broken_file_is_not_taken_for_a_deleted_one(archive):
    archive.gather(Paper("Sparse Trees"))
    archive.papers.clear()
    (archive.folder / "2025").mkdir()
    (archive.folder / "2025" / "sparse-trees.md").write_text("broken")
    summary = archive.gather(Paper("Sparse Trees"), restore=True)
    assert summary.notes == ["sparse-trees: its file cannot be read"]
    assert archive.papers == {}


def test_a_poorer_copy_shrinks_nothing(archive):
    rich = Paper(
        "Sparse Trees", abstract="Text.", published="2025-06-02", authors_count=3, comments=2, tags=("a",), collections=("scrape-1", "scrape-2"),
        links={"code": "https://a.example/c"}, origin=(Origin("a.txt", 3), Origin("b.txt", 5)),
    )  # fmt: skip
    archive.gather(rich)
    before = dict(archive.papers)
    poor = Paper(
        "Sparse Trees",
        abstract="Text.",
        published="2025",
        tags=("a",),
        collections=("scrape-2",),
        origin=(Origin("b.txt", 5),),
    )
    assert counts(archive.gather(poor)) == {"unchanged": 1}
    worked_out = replace(poor, published="2024-06-02", inferred=("published",))
    assert counts(archive.gather(worked_out)) == {"unchanged": 1}
    assert archive.papers == before


def test_a_date_that_was_read_replaces_one_that_was_worked_out(archive):
    archive.gather(Paper("Sparse Trees", published="2025-06-02", inferred=("published",)))
    archive.gather(Paper("Sparse Trees", published="2024-06-02"))
    assert (archive.papers["sparse-trees"].published, archive.papers["sparse-trees"].inferred) == (
        "2024-06-02",
        (),
    )


def test_a_renamed_paper_is_found_again(archive):
    archive.gather(Paper("Sparse Trees"))
    paper = archive.papers.pop("sparse-trees")
    archive.papers["sparse-trees"] = replace(paper, title="Something Else Entirely")
    assert counts(archive.gather(Paper("Sparse Trees"))) == {"kept": 1}


titles = st.sampled_from(
    [
        "Sparse Trees",
        "Sparse trees",
        "Dense Forests",
        "CON",
        "日本語",
        "TÜLU",
        *(twin.title for twin in TWINS),
    ]
) | nasty_texts(2).map(one_line).filter(shows)
incoming = st.lists(
    st.builds(
        Paper,
        title=titles,
        abstract=st.sampled_from(["", "One.", "Two."]),
        published=st.sampled_from(["", "2025", "2025-06-02"]),
        comments=st.none() | st.integers(0, 3),
        origin=st.builds(Origin, st.sampled_from(["a.txt", "b.txt"]), st.integers(1, 99)).map(
            lambda origin: (origin,)
        ),
    ),
    max_size=5,
)
edits = st.sampled_from([None, "delete", "lock", "title", "comments"])


@given(st.lists(st.tuples(incoming, st.lists(edits, max_size=4), st.booleans()), min_size=1, max_size=3))
def test_the_summary_balances_and_ids_never_change(tmp_path_factory, rounds):
    archive = Archive(tmp_path_factory.getbasetemp() / "none")
    for papers, by_hand, restore in rounds:
        before = set(archive.papers)
        summary = archive.gather(*papers, restore=restore)
        assert summary.found == len(papers)
        assert len(archive.papers) == len(before) + summary.new
        assert all(ID_PATTERN.fullmatch(paper_id) for paper_id in archive.papers)
        for _ in range(summary.review):  # what an import wrote can settle a doubt of the next one
            archive.gather(*papers)
        assert counts(archive.gather(*papers)).keys() <= {"unchanged", "merged", "kept"}
        for paper_id, edit in zip(sorted(archive.papers), by_hand, strict=False):
            paper = archive.papers[paper_id]
            if edit == "delete":
                del archive.papers[paper_id]
            elif edit:
                value = {"lock": True, "title": f"{paper.title} edited", "comments": 9}[edit]
                archive.papers[paper_id] = replace(paper, **{edit: value})


@given(incoming, st.randoms())
def test_nothing_depends_on_the_order_of_entries(tmp_path_factory, papers, random):
    folder = tmp_path_factory.getbasetemp() / "none"
    shuffled = list(papers)
    random.shuffle(shuffled)
    one, other = Archive(folder), Archive(folder)
    one.gather(*papers)
    other.gather(*shuffled)
    assert one.papers.keys() == other.papers.keys()


def test_a_source_may_correct_itself(archive):
    archive.gather(Paper("Sparse Trees", published="2025-06-02", comments=3))
    assert counts(archive.gather(Paper("Sparse Trees", published="2025-06-03", comments=5))) == {"updated": 1}
    assert (archive.papers["sparse-trees"].published, archive.papers["sparse-trees"].comments) == (
        "2025-06-03",
        5,
    )


def test_the_abstract_of_one_paper_under_the_title_of_another_renames_neither(archive):
    archive.gather(Paper("Sparse Trees"), Paper("Dense Forests", abstract="Two."))
    archive.gather(Paper("Sparse Trees"), Paper("Sparse Trees", abstract="Two."))
    assert {paper.title for paper in archive.papers.values()} == {"Sparse Trees", "Dense Forests"}


def test_a_year_that_was_worked_out_later_is_marked_so(archive):
    archive.gather(Paper("Sparse Trees"))
    archive.gather(Paper("Sparse Trees", published="2025-06-02", inferred=("published",)))
    assert (archive.papers["sparse-trees"].published, archive.papers["sparse-trees"].inferred) == (
        "2025-06-02",
        ("published",),
    )


raw_lines = nasty_texts().map(lambda text: " ".join(text.split("\n")))


@given(st.lists(st.tuples(raw_lines, raw_lines.map("{}.".format)), min_size=1, max_size=5))
def test_whatever_a_dump_holds_settles_at_once(tmp_path_factory, entries):
    papers = read(Dump("scraped/a.txt", dump_a(*entries))).papers
    archive = Archive(tmp_path_factory.getbasetemp() / "none")
    archive.gather(*papers)
    before = dict(archive.papers)
    assert counts(archive.gather(*papers)).keys() <= {"unchanged", "merged"}
    assert archive.papers == before


lines = nasty_texts(2).map(one_line)
dates = st.sampled_from(["", "2025", "2025-06", "2025-06-02"])
whole_papers = st.builds(
    Paper,
    title=lines.filter(shows),
    abstract=nasty_texts(8).map(lambda text: clean(text).strip()),
    published=dates,
    authors=st.lists(st.builds(person, lines, lines), max_size=3).map(
        lambda people: tuple(filter(None, people))
    ),
    organization=st.none() | lines.filter(shows).map(Organization),
    venue=lines,
    volume=lines,
    pages=lines,
    citekey=lines,
    keywords=st.lists(lines.filter(shows), max_size=3, unique=True).map(tuple),
    links=st.dictionaries(
        st.sampled_from(["arxiv", "doi", "code", "page"]),
        st.sampled_from(
            ["https://arxiv.org/abs/2410.21060", "https://doi.org/10.5555/1", "https://a.example/x?y=1#z"]
        ),
    ),
    comments=st.none() | st.integers(0, 99),
    note=nasty_texts(3).map(lambda text: clean(text).strip()),
    origin=st.just((Origin("scraped/a.txt", 7),)),
)


@given(whole_papers)
def test_any_paper_survives_writing_reading_and_merging(tmp_path_factory, paper):
    archive = Archive(tmp_path_factory.getbasetemp() / "none")
    (paper,) = storable(Reading([paper]), "a.txt").papers
    archive.gather(paper)
    (stored,) = archive.papers.values()
    read = {name: value_of(stored, name) for name in FIELDS if name not in ("id", "added")}
    assert read == {name: value_of(paper, name) for name in read}
    assert counts(archive.gather(paper, replace(paper))) == {"unchanged": 1, "merged": 1}
    assert list(archive.papers.values()) == [stored]
