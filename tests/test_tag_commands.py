"""`regesta tag`: what the taxonomy suggests is given and explained, what a person set stays, a renamed tag redirects."""

import json

import pytest

from helpers import clone, dump_a, files_of, import_into, new_root
from regesta.cli import main
from regesta.content.paper_files import load_papers
from regesta.content.taxonomy import load_tags

TAGS = """\
# Our tags
- tag: trees
  label: Trees  # all of them
  phrases: [tree]

# Water
- tag: rivers
  phrases: [river, tide]
  hints: [salt marsh]

- {tag: birds, phrases: [heron]}
"""
DUMP = dump_a(
    ("Sparse Trees", "Trees are sparse. A tree grows. Salt marsh here."),
    ("Of Rivers and Trees", "A river runs to the sea. Every river does. Salt marsh grows there."),
    ("The Tide Comes In", "It comes twice a day. Herons know it."),
    (
        "Nothing of the Kind",
        "A heron stands. Nobody knows why. We find that nobody does. Salt marsh has salt.",
    ),
)


@pytest.fixture
def root(tmp_path, capsys):
    """An archive of four papers with tags from three."""
    root = new_root(tmp_path / "archive", tags=TAGS)
    (root / "content" / "scraped").mkdir()
    (root / "content" / "scraped" / "001_a.txt").write_text(DUMP, encoding="utf-8")
    assert import_into(root, root / "content" / "scraped") == 0
    capsys.readouterr()
    return root


@pytest.fixture
def tag(root, capsys):
    """Return a function that runs `regesta tag` and returns its exit status and the lines of its result."""

    def run(*arguments):
        status = main(["tag", *arguments, "--root", str(root)])
        return status, capsys.readouterr().out.splitlines()

    return run


def tags_of(root):
    return {file.paper.id: file.paper.tags for file in load_papers(root / "content" / "papers")[0]}


def edit_taxonomy(root, change):
    path = root / "content" / "tags.yaml"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def edit(root, name, old, new):
    path = root / "content" / "papers" / f"{name}.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


BEFORE = {
    "nothing-of-the-kind": (),
    "of-rivers-and-trees": ("rivers", "trees"),
    "sparse-trees": ("trees",),
    "the-tide-comes-in": ("rivers",),
}


def test_a_changed_taxonomy_is_applied_and_a_dry_run_shows_the_difference(root, tag):
    assert tags_of(root) == BEFORE
    edit_taxonomy(
        root, lambda text: text.replace("[heron]", "[heron, nobody]").replace("[river, tide]", "[river]")
    )
    before = files_of(root)
    assert tag("--dry-run") == (
        0,
        [
            "nothing-of-the-kind: +birds  (Nothing of the Kind)",
            "the-tide-comes-in: -rivers  (The Tide Comes In)",
            "would change the tags of 2 papers (+1 -1); 2 unchanged, 0 kept as set by hand",
        ],
    )
    assert files_of(root) == before
    assert tag() == (0, ["changed the tags of 2 papers (+1 -1); 2 unchanged, 0 kept as set by hand"])
    assert tags_of(root) == BEFORE | {"nothing-of-the-kind": ("birds",), "the-tide-comes-in": ()}
    assert import_into(root, root / "content" / "scraped") == 0
    assert tags_of(root)["nothing-of-the-kind"] == ("birds",)


def test_tags_set_or_taken_away_by_hand_stay(root, tag, tmp_path):
    edit(root, "sparse-trees", "tags: [trees]", "tags: [mine]")
    edit(root, "the-tide-comes-in", "tags: [rivers]\n", "")
    edit(root, "of-rivers-and-trees", "origin:", "lock: true\norigin:")
    edit_taxonomy(
        root, lambda text: text.replace("[river, tide]", "[river, tide, sparse]").replace("[tree]", "[wood]")
    )
    before = tags_of(root)
    assert tag() == (0, ["changed the tags of 0 papers (+0 -0); 1 unchanged, 3 kept as set by hand"])
    assert tags_of(root) == before
    fresh = clone(root, tmp_path / "clone")
    assert main(["tag", "--root", str(fresh)]) == 0
    assert tags_of(fresh) == before


def test_a_query_gives_a_tag_and_takes_it(root, tag):
    assert tag("add", "trees", "--query", '"salt marsh" -title:trees', "--dry-run") == (
        0,
        [
            "nothing-of-the-kind: +trees  (Nothing of the Kind)",
            "would change the tags of 1 paper (+1 -0); 3 unchanged, 0 kept as set by hand",
        ],
    )
    assert tags_of(root) == BEFORE
    tag("add", "trees", "--query", '"salt marsh" -title:trees')
    assert tags_of(root)["nothing-of-the-kind"] == ("trees",)
    tag()
    assert tags_of(root)["nothing-of-the-kind"] == ("trees",), "a person gave it: it stays"
    tag("remove", "trees", "--query", "tag:trees")
    assert set(tags_of(root).values()) == {(), ("rivers",)}
    assert tag("add", "No Tag", "--query", "x")[0] == 2
    assert tag("add", "trees", "--query", "venue:nowhere")[1][-1].endswith("; the query finds no paper")


def test_a_query_knows_what_a_collection_says_of_its_papers(root, tag):
    (root / "content/collections/autumn.md").write_text(
        "---\ntitle: A\nvenue: TREES 2025\npapers: [sparse-trees]\n---\n", encoding="utf-8"
    )
    _, lines = tag("add", "birds", "--query", "collection:autumn venue:trees", "--dry-run")
    assert lines[0] == "sparse-trees: +birds  (Sparse Trees)"


def test_a_renamed_tag_is_renamed_everywhere_and_stays_the_imports(root, tag):
    edit(root, "sparse-trees", "tags: [trees]", "tags: [trees, mine]")
    assert tag("rename", "trees", "woods") == (
        0,
        ["changed the tags of 2 papers (+2 -2); 2 unchanged, 0 kept as set by hand"],
    )
    text = (root / "content" / "tags.yaml").read_text(encoding="utf-8")
    assert text == TAGS.replace("- tag: trees", "- tag: woods").replace(
        "phrases: [tree]\n", "phrases: [tree]\n  aliases: [trees]\n"
    )
    assert tags_of(root) == BEFORE | {
        "of-rivers-and-trees": ("rivers", "woods"),
        "sparse-trees": ("woods", "mine"),
    }
    summary = tag("--dry-run")[1][-1]
    assert summary == "would change the tags of 0 papers (+0 -0); 3 unchanged, 1 kept as set by hand"
    assert tag("rename", "trees", "woods")[0] == 0, "once more does no harm"
    for old, new in (("woods", "rivers"), ("nowhere", "x"), ("woods", "No")):
        assert tag("rename", old, new)[0] == 2


def test_a_merged_tag_leaves_its_phrases_and_its_address(root, tag):
    assert tag("merge", "trees", "rivers")[0] == 0
    known = load_tags(root / "content")
    assert (list(known), known["rivers"].phrases, known["rivers"].aliases) == (
        ["rivers", "birds"],
        ("river", "tide", "tree"),
        ("trees",),
    )
    text = (root / "content" / "tags.yaml").read_text(encoding="utf-8")
    assert text.startswith("# Our tags\n# Water\n- tag: rivers\n")
    assert tags_of(root)["of-rivers-and-trees"] == ("rivers",)
    assert main(["build", "--root", str(root), "--output", str(root / "site")]) == 0
    assert 'url=/tags/rivers/"' in (root / "site/tags/trees/index.html").read_text(encoding="utf-8")
    old_feed, new_feed = (root / f"site/tags/{name}/feed.xml" for name in ("trees", "rivers"))
    own_address = b"/tags/trees/feed.xml"
    assert old_feed.read_bytes().replace(own_address, b"/tags/rivers/feed.xml") == new_feed.read_bytes()
    assert main(["check", "--root", str(root)]) == 0


def test_an_old_name_in_a_paper_is_read_as_the_new_one(root):
    edit_taxonomy(root, lambda text: text.replace("phrases: [tree]", "phrases: [tree]\n  aliases: [wood]"))
    edit(root, "the-tide-comes-in", "tags: [rivers]", "tags: [wood, trees]")
    assert main(["build", "--root", str(root), "--output", str(root / "site")]) == 0
    page = (root / "site/papers/the-tide-comes-in/index.html").read_text(encoding="utf-8")
    assert page.count('href="/tags/trees/"') == 1
    assert 'href="/tags/wood/"' not in page


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("- {tag: a, aliases: b}", "`aliases` cannot be read: write a list of names, as [one, two]"),
        (
            "- {tag: a, aliases: [B]}",
            "`aliases` cannot be read: 'B' is not a name: write 1 to 80 of a-z, 0-9",
        ),
        ("- {tag: a, aliases: [trees]}", "has the alias 'trees', which belongs to another tag"),
        ("- {tag: a, aliases: [b]}\n- {tag: b}", "names the tag 'b' a second time"),
    ],
)
def test_names_are_told_apart(root, capsys, entry, problem):
    edit_taxonomy(root, lambda text: f"{text}{entry}\n")
    assert main(["tag", "--root", str(root)]) == 2
    assert problem in capsys.readouterr().err


def test_each_tag_is_explained_by_phrase_and_place(root, tag):
    assert tag("explain", "of-rivers-and-trees") == (
        0,
        [
            "of-rivers-and-trees: Of Rivers and Trees",
            "    rivers: given (22 points, 10 needed); title: “river” (12); sentence 1: “river” (4); sentence 2: “river” (4); sentence 3: “salt marsh” (2)",
            "    trees: given (12 points, 10 needed); title: “tree” (12)",
        ],
    )
    edit(root, "the-tide-comes-in", "tags: [rivers]", "tags: [mine]")
    assert tag("explain", "the-tide-comes-in")[1][1:] == [
        "    mine: given (0 points, 10 needed; tags set by hand)",
        "    rivers: not given (12 points, 10 needed; tags set by hand); title: “tide” (12)",
        "    birds: not given (4 points, 10 needed; tags set by hand); sentence 2: “heron” (4)",
    ]
    assert tag("explain", "nobody")[0] == 2


def test_keywords_speak_for_a_tag_as_a_title_does(root, tag):
    edit(root, "nothing-of-the-kind", "title:", "keywords: [tidal flats, tides]\ntitle:")
    assert tag("--dry-run")[1][0] == "nothing-of-the-kind: +rivers  (Nothing of the Kind)"


def test_coverage_counts_and_names_what_is_missing(root, tag):
    edit(root, "the-tide-comes-in", "tags: [rivers]", "tags: [mine]")
    assert tag("coverage") == (
        0,
        [
            "4 papers, 3 tagged (75%); 1 with 0 tags, 2 with 1 tag, 1 with 2 tags",
            "4 tags, given 4 times; most often: trees (2), mine (1), rivers (1)",
            "without papers: birds; not in tags.yaml: mine",
        ],
    )


def test_frequent_phrases_that_no_tag_covers_are_suggested(root, tag, capsys):
    words = (
        "copper oxen march",
        "nine ships wait outside",
        "the bakery sleeps late",
        "moss wins again today",
    )
    entries = [
        (f"Glass Bridges: {text.title()}", f"In winter {text}. We cross a glass bridge.") for text in words
    ]
    (root / "content/scraped/002_b.txt").write_text(dump_a(*entries), encoding="utf-8")
    assert import_into(root, root / "content" / "scraped") == 0
    capsys.readouterr()
    assert tag("suggest") == (
        0,
        [
            "glass bridges: 4 papers, 4 with at most one tag; for example “Glass Bridges: Copper Oxen March”",
            "1 frequent phrase that no tag covers",
        ],
    )
    _, lines = tag("suggest", "--json")
    assert json.loads("\n".join(lines))[0]["untagged"] == 4


@pytest.mark.parametrize("name", ["of_trees", "of.trees", "Trees", "", "a/b"])
def test_a_name_that_the_taxonomy_could_not_have_is_refused(root, name, capsys):
    before = files_of(root / "content")
    assert main(["tag", "add", name, "--query", "tree", "--root", str(root)]) == 2
    assert "cannot be a tag's name: use a-z, 0-9 and dashes" in capsys.readouterr().err
    assert files_of(root / "content") == before
