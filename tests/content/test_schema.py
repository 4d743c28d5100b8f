"""The errors of readers for values that do not fit, and their lines in the file."""

import pytest

from regesta.content.frontmatter import load
from regesta.content.schema import (
    Fault,
    SchemaError,
    by_name,
    day,
    filled,
    is_name,
    line,
    list_of,
    mapping,
    problems_of,
    words,
)

TALK = mapping({"title": filled(line), "day": day, "speakers": words}, "title", short="title")
MEETING = mapping(
    {
        "name": line,
        "talks": list_of(TALK, "write a list of talks"),
        "rooms": by_name(TALK, is_name, "name each"),
    },
    "name",
    others=True,
)


def complaints(source):
    with pytest.raises(SchemaError) as caught:
        MEETING(load(source))
    return [str(problem) for problem in problems_of(caught.value.faults, "a.yaml", source)]


def test_what_fits_is_typed_and_other_keys_are_left_aside():
    source = "name: Tides\nmine: 1\ntalks:\n  - Low water\n  - {title: High water, speakers: Ada}\nrooms:\n"
    talks = ({"title": "Low water"}, {"title": "High water", "speakers": ("Ada",)})
    assert MEETING(load(source)) == {"name": "Tides", "talks": talks, "rooms": {}}


def test_everything_wrong_is_said_at_once_each_with_its_line_and_keys():
    source = """\
talks:
  - Low water
  - title: ""
    day: 2025-06
    speaker: Ada
  - [High water]
  - day: 2025-06-02
rooms:
  Hall!:
    title: Ebb
    speakers:
      - Ada
      - {name: Bo}
"""
    expected = [
        (1, "has no name: add a line `name: …`"),
        (3, "`talks.title` is empty: write one"),
        (4, "`talks.day` cannot be read: write the whole day, as 2025-10-31"),
        (5, "`talks.speaker` is not a known key: did you mean `speakers`?"),
        (6, "`talks` cannot be read: write its title, or {title: …}, and perhaps day, speakers"),
        (7, "`talks` has no title: add a line `title: …`"),
        (9, "`rooms.Hall!` cannot be a name: use a-z, 0-9 and dashes"),
        (
            13,
            "`rooms.Hall!.speakers` cannot be read: write text here; quotes make text of what holds a colon",
        ),
    ]
    assert complaints(source) == [f"a.yaml:{number}: {what}" for number, what in expected]


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("name: x\ntalks: Low water\n", "a.yaml:2: `talks` cannot be read: write a list of talks"),
        ("name: x\nrooms: [a]\n", "a.yaml:2: `rooms` cannot be read: name each"),
        ("name: [x]\n", "a.yaml:1: `name` cannot be read: write text here, not a list"),
    ],
)
def test_a_value_of_another_kind_is_refused(source, complaint):
    assert complaints(source) == [complaint]


def test_an_entry_without_a_key_is_told_by_its_line():
    faults = [Fault((1,), "cannot be read", "mend it")]
    assert [str(problem) for problem in problems_of(faults, "a.yaml", "- a\n- b\n")] == [
        "a.yaml:2: this entry cannot be read: mend it"
    ]


def test_lines_are_counted_from_where_the_yaml_begins():
    faults = [Fault((), "has no title", "add one"), Fault(("b",), "is wrong", "mend it")]
    problems = problems_of(faults, "a.md", "a: 1\nb: 2\n", first=2)
    assert [str(problem) for problem in problems] == [
        "a.md:1: has no title: add one",
        "a.md:3: `b` is wrong: mend it",
    ]
