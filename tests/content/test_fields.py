"""The keys of front matter: valid values, and messages for the others."""

import pytest
from hypothesis import assume, given

from helpers import nasty_texts
from regesta.content.fields import PAPER
from regesta.content.paper import Author, Organization, Origin
from regesta.content.schema import SchemaError
from regesta.text.strings import shows


@pytest.mark.parametrize(
    ("key", "value", "typed"),
    [
        ("id", "2410.21060", "2410.21060"),
        ("title", " A\n title\u2028 of three  lines ", "A title of three lines"),
        ("published", "2025", "2025"),
        ("published", "2025-06", "2025-06"),
        ("published", "", ""),
        ("added", "2026-11-20", "2026-11-20"),
        ("authors_count", "9", 9),
        ("comments", "0", 0),
        ("comments", "", None),
        ("tags", ["a", "b", "a"], ("a", "b")),
        ("tags", "single", ("single",)),
        ("tags", "", ()),
        ("lock", "true", True),
        ("lock", "No", False),
        ("lock", "", False),
        ("links", {"code": "https://a.example/b?c=d#e"}, {"code": "https://a.example/b?c=d#e"}),
        ("links", "", {}),
        ("organization", "NVIDIA", Organization("NVIDIA")),
        (
            "organization",
            {"name": "Cohere Labs", "id": "CohereLabs"},
            Organization("Cohere Labs", "CohereLabs"),
        ),
        ("organization", "", None),
        ("authors", "", ()),
        ("authors", ["Ada Example"], (Author("Ada Example"),)),
        ("authors", [{"given": "Ada", "family": "Example"}], (Author("Ada Example", "Ada", "Example"),)),
        (
            "authors",
            [{"name": "Ada", "orcid": "0000-0001", "id": "ada"}],
            (Author("Ada", orcid="0000-0001", id="ada"),),
        ),
        ("authors", ["Ada Example", "et al."], (Author("Ada Example"),)),
        ("authors", ["Ada Example", "and others"], (Author("Ada Example"),)),
        (
            "authors",
            ["Ada Example et al", "Jane Others"],
            (Author("Ada Example et al"), Author("Jane Others")),
        ),
        ("authors", ["Bo", {"name": "Ada Example et al."}], (Author("Bo"), Author("Ada Example"))),
        ("authors", ["others"], ()),
        (
            "origin",
            [{"file": "a.txt", "line": "3"}, {"file": "b.txt"}],
            (Origin("a.txt", 3), Origin("b.txt")),
        ),
        ("note", "\n One.\n\n Two.\x07\n", "One.\n\n Two."),
    ],
)
def test_what_fits_is_typed(key, value, typed):
    assert PAPER({"title": "A title", key: value})[key] == typed


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("id", "Capital", "'Capital' is not a name: write 1 to 80 of a-z, 0-9, dot, dash and underscore"),
        ("id", "../up", "is not a name: write 1 to 80"),
        ("id", ".hidden", "is not a name: write 1 to 80"),
        ("id", "x" * 81, "is not a name: write 1 to 80"),
        ("id", "", "is not a name: write 1 to 80"),
        ("title", ["a"], "write text here, not a list"),
        ("note", {"a": "b"}, "write text here; quotes make text of what holds a colon"),
        ("published", "soon", "'soon' is not a date: write 2025-10-31, 2025-10 or 2025"),
        ("published", "2025-02-30", "is not a date"),
        ("added", "2026-11", "write the whole day, as 2025-10-31"),
        ("featured", "2026", "write the whole day"),
        ("authors_count", "six", "'six' is not a count: write a whole number"),
        ("comments", "-1", "is not a count"),
        ("comments", "٣", "is not a count"),
        ("comments", "1234567890", "is not a count"),
        ("tags", {"a": "b"}, "write a list of words, as [one, two]"),
        ("tags", [["a"]], "write text here, not a list"),
        ("tags", ["../up"], "is not a name: write 1 to 80 of a-z"),
        ("tags", ["con"], "none of those that Windows keeps for itself"),
        ("id", "aux.txt", "is not a name: write 1 to 80 of a-z"),
        ("id", "dot.", "is not a name: write 1 to 80 of a-z"),
        ("id", "index.html", "is not a name: write 1 to 80 of a-z"),
        ("tags", ["a"] * 1001, "it holds 1001: keep at most 1000"),
        ("authors", ["Ada"] * 10_001, "it holds 10001: keep at most 10000"),
        ("title", "x" * 1001, "write at most 1000 characters"),
        ("authors", ["x" * 1001], "write at most 1000 characters"),
        ("note", "x" * 50_001, "write at most 50000 characters"),
        ("authors", ["\u200b"], "an author is a name"),
        ("organization", "\u3164", "write one"),
        ("collections", ["Mine"], "is not a name: write 1 to 80 of a-z"),
        ("aliases", ["a/b"], "is not a name: write 1 to 80 of a-z"),
        ("lock", "perhaps", "write true or false"),
        ("links", ["https://a.example"], "write an address for each kind"),
        ("links", {"code": ["https://a.example"]}, "write text here, not a list"),
        ("links", {"Code!": "https://a.example"}, "use a-z, 0-9 and dashes"),
        ("links", {"code": "javascript:alert(1)"}, "is not a web address: begin it with https://"),
        ("links", {"code": "ftp://a.example/b"}, "is not a web address"),
        ("links", {"code": 'https://a.example/"onclick="x'}, "is not a web address"),
        ("links", {"code": "https://a.example/\u202eb"}, "is not a web address"),
        ("links", {"code": "https://a.example/\x01"}, "is not a web address"),
        ("links", {"code": f"https://a.example/{'b' * 2000}"}, "is not a web address"),
        ("links", {"code": "https://[anonymous]/b"}, "is not a web address"),
        ("links", {"code": "https:///b"}, "is not a web address"),
        ("links", {"code": "https://a.example/b\n"}, "is not a web address"),
        ("organization", {"id": "x"}, "add a line `name: …`"),
        ("organization", {"name": "x", "url": "y"}, "known keys are name, id"),
        ("organization", ["x"], "write its name, or {name: …}, and perhaps id"),
        ("authors", "Ada Example, Bo Example", "write a list of names"),
        ("authors", [{"nick": "ada"}], "known keys are name, given, family, orcid, id"),
        ("authors", [{"name": ["Ada"]}], "write text here, not a list"),
        ("authors", [""], "an author is a name"),
        ("origin", "a.txt", "write a list of {file: …, line: …}"),
        ("origin", ["a.txt"], "write {file: …}, and perhaps line"),
        ("origin", [{"line": "3"}], "add a line `file: …`"),
        ("origin", [{"file": "a.txt", "line": "three"}], "is not a count"),
    ],
)
def test_what_does_not_fit_is_refused_with_advice(key, value, message):
    with pytest.raises(SchemaError) as caught:
        PAPER({"title": "A title", key: value})
    assert message in str(caught.value)
    assert {fault.path[0] for fault in caught.value.faults} == {key}


@given(nasty_texts())
def test_titles_are_text_whatever_they_look_like(text):
    assume(shows(text))
    title = PAPER({"title": text})["title"]
    assert title == PAPER({"title": title})["title"]
    assert "\n" not in title


def test_all_that_is_wrong_is_named_at_once_with_the_way_to_it():
    data = {
        "authors": ["Ada", {"nick": "bo"}, {"name": ["Cy"]}],
        "links": {"code": "ftp://a.example/b", "Pdf!": "https://a.example/c"},
        "tags": ["fine", "Not fine", "con"],
        "origin": [{"line": "three"}],
        "mine": ["left alone"],
    }
    with pytest.raises(SchemaError) as caught:
        PAPER(data)
    assert [(fault.path, fault.what) for fault in caught.value.faults] == [
        ((), "has no title"),
        (("authors", 1, "nick"), "is not a known key"),
        (("authors", 2, "name"), "cannot be read"),
        (("links", "Pdf!"), "cannot be a name"),
        (("links", "code"), "cannot be read"),
        (("tags", 1), "cannot be read"),
        (("tags", 2), "cannot be read"),
        (("origin", 0), "has no file"),
        (("origin", 0, "line"), "cannot be read"),
    ]
