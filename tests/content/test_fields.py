"""Front matter typed by its key: what fits, and what a curator is told where it does not."""

import pytest
from hypothesis import given

from helpers import nasty_texts
from regesta.content.fields import FieldError, read_field
from regesta.content.paper import Author, Organization, Origin


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
        (
            "origin",
            [{"file": "a.txt", "line": "3"}, {"file": "b.txt"}],
            (Origin("a.txt", 3), Origin("b.txt")),
        ),
        ("note", "\n One.\n\n Two.\x07\n", "One.\n\n Two."),
    ],
)
def test_what_fits_is_typed(key, value, typed):
    assert read_field(key, value) == typed


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("id", "Capital", "an id is 1 to 80 of a-z, 0-9, dot, dash and underscore"),
        ("id", "../up", "an id is 1 to 80"),
        ("id", ".hidden", "an id is 1 to 80"),
        ("id", "x" * 81, "an id is 1 to 80"),
        ("id", "", "an id is 1 to 80"),
        ("title", ["a"], "write text here, not a list"),
        ("note", {"a": "b"}, "write text here, not a list"),
        ("published", "soon", "'soon' is no date: write 2025-10-31, 2025-10 or 2025"),
        ("published", "2025-02-30", "is no date"),
        ("added", "2026-11", "write the whole day, as 2025-10-31"),
        ("featured", "2026", "write the whole day"),
        ("authors_count", "six", "'six' is no count: write a whole number"),
        ("comments", "-1", "is no count"),
        ("comments", "٣", "is no count"),
        ("comments", "1234567890", "is no count"),
        ("tags", {"a": "b"}, "write a list of words, as [one, two]"),
        ("tags", [["a"]], "write a list of words"),
        ("tags", ["../up"], "each name is 1 to 80 of a-z"),
        ("tags", ["con"], "none of those that Windows keeps for itself"),
        ("id", "aux.txt", "an id is 1 to 80 of a-z"),
        ("id", "dot.", "an id is 1 to 80 of a-z"),
        ("id", "index.html", "an id is 1 to 80 of a-z"),
        ("tags", ["a"] * 1001, "it holds 1001: keep at most 1000"),
        ("authors", ["Ada"] * 10_001, "it holds 10001: keep at most 10000"),
        ("title", "x" * 1001, "write at most 1000 characters"),
        ("authors", ["x" * 1001], "write at most 1000 characters"),
        ("note", "x" * 50_001, "write at most 50000 characters"),
        ("authors", ["\u200b"], "an author is a name"),
        ("organization", "\u3164", "an organization is a name"),
        ("collections", ["Mine"], "each name is 1 to 80 of a-z"),
        ("aliases", ["a/b"], "each name is 1 to 80 of a-z"),
        ("lock", "perhaps", "write true or false"),
        ("links", ["https://a.example"], "write an address for each kind"),
        ("links", {"code": ["https://a.example"]}, "write an address for each kind"),
        ("links", {"Code!": "https://a.example"}, "'Code!' is no kind of link"),
        ("links", {"code": "javascript:alert(1)"}, "is no web address: begin it with https://"),
        ("links", {"code": "ftp://a.example/b"}, "is no web address"),
        ("links", {"code": 'https://a.example/"onclick="x'}, "is no web address"),
        ("links", {"code": "https://a.example/\u202eb"}, "is no web address"),
        ("links", {"code": "https://a.example/\x01"}, "is no web address"),
        ("links", {"code": f"https://a.example/{'b' * 2000}"}, "is no web address"),
        ("links", {"code": "https://[anonymous]/b"}, "is no web address"),
        ("links", {"code": "https:///b"}, "is no web address"),
        ("links", {"code": "https://a.example/b\n"}, "is no web address"),
        ("organization", {"id": "x"}, "an organization is a name"),
        ("organization", {"name": "x", "url": "y"}, "an organization is a name"),
        ("organization", ["x"], "write a name, or {name: …, id: …}"),
        ("authors", "Ada Example, Bo Example", "write a list of names"),
        ("authors", [{"nick": "ada"}], "an author is a name, or has the keys"),
        ("authors", [{"name": ["Ada"]}], "write a name"),
        ("authors", [""], "an author is a name"),
        ("origin", ["a.txt"], "write a list of {file: …, line: …}"),
        ("origin", [{"line": "3"}], "write a list of {file"),
        ("origin", [{"file": "a.txt", "line": "three"}], "is no count"),
    ],
)
def test_what_does_not_fit_is_refused_with_advice(key, value, message):
    with pytest.raises(FieldError) as caught:
        read_field(key, value)
    assert message in str(caught.value)


@given(nasty_texts())
def test_titles_are_text_whatever_they_look_like(text):
    title = read_field("title", text)
    assert title == read_field("title", title)
    assert "\n" not in title
