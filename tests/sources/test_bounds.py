"""However a dump is made, reading it takes little memory, or it is refused with its line."""

import subprocess
import sys

import pytest

from helpers import HEAD_A
from regesta import limits
from regesta.importing.summary import listed
from regesta.sources import bibtex, ris
from regesta.sources.common.dump import Dump, Reading
from regesta.sources.registry import read_paths

_ATOM = '<feed xmlns="http://arxiv.org/a">{}</feed>'
_ACL = "<collection id='2030.x'>\n<volume id='1'>\n{}</volume></collection>"
_CSL = '{"id": "a", "type": "paper-conference", "title": "A"}'
_NOTE = '{"content": {"title": {"value": "A"}}, "forum": "a"}'
_ITEM = '{"data": {"itemType": "book", "title": "A"}}'
_DAILY = '{"paper": {"title": "A", "authors": [], "publishedAt": ""}}'
#: For each source: a file's name, its beginning and end, and an entry with a line of its own.
ENTRIES = {
    "huggingface-text": ("a.txt", HEAD_A, "A title\nIts abstract.\n", ""),
    "huggingface-json": ("a.json", "", f"{_DAILY}\n", ""),
    "openreview": ("a.json", '{"notes": [\n', f"{_NOTE},\n", f"{_NOTE}]}}"),
    "arxiv-atom": ("a.xml", *_ATOM.partition("{}")[:1], "<entry><title>A</title></entry>\n", "</feed>"),
    "acl-anthology": ("a.xml", _ACL.partition("{}")[0], "<paper><title>A</title></paper>\n", "</volume></collection>"),
    "bibtex": ("a.bib", "", "@misc{a, title = {A}}\n", ""),
    "ris": ("a.ris", "", "TY  - JOUR\nTI  - A\nER  - \n", ""),
    "zotero": ("a.json", "[\n", f"{_ITEM},\n", f"{_ITEM}]"),
    "csl-json": ("a.json", "[\n", f"{_CSL},\n", f"{_CSL}]"),
    "jsonl": ("a.jsonl", "", '{"title": "A"}\n', ""),
    "csv": ("a.csv", "title,year\n", "A,2030\n", ""),
}  # fmt: skip
#: Files with very many parts of which a parser makes objects.
PARTS = {
    "a.txt": HEAD_A + "a\n" * 99,
    "a.jsonl": '{"title": "A", "x": [' + "[]," * 99 + "1]}",
    "b.jsonl": '{"title": "A", "x": {' + '"x":1,' * 99 + '"x":1}}',
    "keywords.jsonl": '{"title": "A", "keywords": "' + "x;" * 99 + '"}',
    "a.json": f"[{_CSL}," + "{}," * 99 + "{}]",
    "deep.json": f"[{_CSL}," + "[" * 99,
    "b.json": f"[{_ITEM}," + "1," * 99 + "1]",
    "c.json": f"[{_DAILY}," + "1," * 99 + "1]",
    "d.json": f'{{"notes": [{_NOTE}' + ",1" * 99 + "]}",
    "a.xml": _ACL.format("<a/>" * 99),
    "deep.xml": _ACL.format("<a>" * 99),
    "attributes.xml": _ATOM.format("<entry " + "".join(f"a{i}='' " for i in range(99)) + "/>"),
    "a.bib": "@misc{a, title = {A}, author = {" + "A and " * 99 + "B}}",
    "names.bib": "@misc{a, title = {A}, author = {" + "A And\n" * 99 + "B}}",
    "names.csv": 'title,authors\nA,"' + "A and\n" * 99 + 'B"',
    "fields.bib": "@misc{a, title = {A}, " + "x = 1, " * 99 + "}",
    "a.ris": "TY  - JOUR\nTI  - A\n" + "AU  - A\n" * 99 + "ER  - \n",
    "a.csv": "title,year\nA" + "," * 99,
    "columns.csv": "title" + ",x" * 99 + "\n",
    "a.md": "---\ntitle: A\ntex_title: A\nx: [" + "a, " * 99 + "a]\n---\n",
}


def read(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    return read_paths([folder / name], folder)


def problems(folder, name, text):
    return [str(problem) for problem in read(folder, name, text).problems]


@pytest.mark.parametrize("name", PARTS)
def test_a_file_of_very_many_parts_is_refused_before_it_is_parsed(tmp_path, monkeypatch, name):
    assert "parts" not in str(problems(tmp_path, name, PARTS[name]))
    monkeypatch.setattr(limits, "MARKS", 90)
    what = "has more than 90 parts: split the file, and import its parts one after the other"
    assert problems(tmp_path, name, PARTS[name]) == [f"{name}:1: {what}"]


@pytest.mark.parametrize("source", ENTRIES)
def test_a_file_of_too_many_entries_is_refused_where_they_begin(tmp_path, monkeypatch, source):
    monkeypatch.setattr(limits, "ENTRIES", 4)
    name, head, entry, end = ENTRIES[source]
    more = 1 if _closes_with_an_entry(end) else 0
    fits = read(tmp_path, name, head + entry * (4 - more) + end)
    assert (len(fits.papers), fits.problems) == (4, [])
    [problem] = read(tmp_path, name, head + entry * (5 - more) + end).problems
    assert problem.what == "has more than 4 entries"
    assert problem.line == (head + entry * 4).count("\n") + 1


def _closes_with_an_entry(end):
    return "{" in end


@pytest.mark.parametrize("source", sorted(ENTRIES.keys() - {"csv"}))
def test_an_entry_that_is_too_large_is_named(tmp_path, monkeypatch, source):
    monkeypatch.setattr(limits, "ENTRY", 200)
    name, head, entry, end = ENTRIES[source]
    large = entry.replace("A", "A" * 250, 1)
    assert problems(tmp_path, name, head + entry + large + end) == [
        f"{name}:{(head + entry).count(chr(10)) + 1}: begins an entry of more than 200 characters: take it out"
    ]


def test_a_post_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "ENTRY", 200)
    assert (
        "begins an entry of more than 200"
        in problems(tmp_path, "a.md", f"---\ntitle: A\ntex_title: A\nx: {'y ' * 99}\n---\n")[0]
    )


def test_very_many_entries_on_one_line_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "ENTRIES", 4)
    assert "has more than 4 entries" in problems(tmp_path, "a.bib", "@misc{a, title={A}} " + "@a{" * 9)[0]


def test_joins_stop_where_no_paper_file_could_hold_the_text():
    joined = " # ".join(["m"] * 100_000)
    text = f'@string{{m = "{"x" * 90_000}"}}\n@misc{{a, title = {{A}}, abstract = {joined}}}'
    assert len(bibtex.read(Dump("a.bib", text)).papers[0].abstract) < 200_000


@pytest.mark.parametrize(
    ("first", "entry"),
    [
        ('@string{m = "' + "x" * 990 + '"}\n', "@misc{a, title = m}\n"),
        ('@string{m = "' + "x" * 495 + '"}\n', "@misc{a, title = m # m}\n"),
        ("@book{b, title = {" + "x" * 990 + "}}\n", "@inbook{a, title = {A}, crossref = {b}}\n"),
        (
            "@xdata{b, " + ", ".join(f"x{i} = 1" for i in range(300)) + "}\n",
            "@misc{a, title = {A}, xdata = {b}}\n",
        ),
    ],
)
def test_what_entries_repeat_of_others_is_bounded(tmp_path, monkeypatch, first, entry):
    assert read(tmp_path, "a.bib", first + entry * 9).problems == []
    monkeypatch.setattr(limits, "DUMP", 3000)
    assert [problem.what for problem in read(tmp_path, "a.bib", first + entry * 9).problems] == [
        "repeats too much of other entries by `@string` or `crossref`"
    ]


def test_each_entry_of_bibtex_has_its_line_whatever_the_lines_before_end_with():
    reading = bibtex.read(Dump("a.bib", "% a \\\n% b \\\n@misc{a, title={A \\\n}}\n  @misc{b, title={B}}\n"))
    assert [paper.origin[0].line for paper in reading.papers] == [3, 5]


def test_a_value_of_ris_on_many_lines_is_one_text():
    lines = "".join(f"line {i}\n" for i in range(50_000))
    text = f"TY  - JOUR\nTI  - A\nTI  - B\nAB  - begins\n{lines}KW  - one\ntwo\nER  - \n"
    [paper] = ris.read(Dump("a.ris", text)).papers
    assert paper.abstract.startswith("begins line 0 line 1 line 2 ")
    assert paper.abstract.endswith(" line 49999")
    assert (paper.title, paper.keywords) == ("A", ("one", "two"))


def test_a_namespace_that_would_be_written_before_each_name_is_refused(tmp_path):
    entity = _ACL.format(f'<a xmlns:z="{"u" * 1001}">\n<z:b/><z:c/></a>')
    [problem] = read(tmp_path, "a.xml", entity).problems
    assert (problem.line, problem.what) == (3, "names a namespace of more than 1,000 characters")


@pytest.mark.parametrize("piece", ["<x{}/>", "<x a{}='1'/>"])
def test_xml_of_very_many_names_is_refused(tmp_path, piece):
    text = _ACL.format("".join(piece.format(i) for i in range(1100)))
    [problem] = read(tmp_path, "a.xml", text).problems
    assert problem.what == "has more than 1,000 names of elements and attributes"


def test_of_very_many_fields_that_are_left_out_the_last_have_one_count(monkeypatch):
    monkeypatch.setattr(limits, "FIELDS", 2)
    reading, other = Reading(), Reading()
    reading.leave_out(["a", "b" * 99, "c", "a"])
    other.leave_out({"d": 3, "a": 2})
    reading.add(other)
    assert reading.unread == {"a": 4, f"{'b' * 60} … {'b' * 20}": 1, "other fields": 4}


def test_many_columns_without_a_place_are_left_out_in_one_line(tmp_path):
    columns = [f"column {i}" for i in range(10_000)]
    text = f"title,{','.join(columns)}\nA{',x' * 10_000}\n"
    assert len(read(tmp_path, "a.csv", text).unread) <= limits.FIELDS + 1
    [problem] = problems(tmp_path, "b.csv", text.replace("title", "name", 1))
    assert len(problem) < 1000
    assert "more: say which holds them" in problem


def test_of_very_many_problems_the_first_are_listed(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "PROBLEMS", 2)
    found = read(tmp_path, "a.bib", "@misc{a}\n" * 5).problems
    assert listed(found[:2]) == found[:2]
    assert [str(problem) for problem in listed(found)][1:] == [
        "a.bib:2: the entry 'a' has no title: give it one, or take it out; it was left out",
        "a.bib:3: is the first of 3 more problems, which are not listed: mend those above, and import again",
    ]


#: Files that once took gigabytes: their beginning, what is repeated, their end, how often.
LARGEST = {
    "lists.json": (f"[{_CSL}", ",[]", "]", limits.DUMP // len(",[]") - 99),
    "entries.bib": ("", "@misc{a, title = {A}}\n", "", limits.DUMP // len("@misc{a, title = {A}}\n")),
    "elements.xml": (_ACL.partition("{}")[0], "<a/>", "</volume></collection>", limits.MARKS // 2 - 99),
    "tags.ris": ("TY  - JOUR\n", "KW  - \n", "ER  - \n", limits.ENTRY // len("KW  - \n")),
}
_MEASURED = """
import pathlib, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3 << 29, 3 << 29))
from regesta.sources.registry import read_paths
path = pathlib.Path(sys.argv[1])
print(*read_paths([path], path.parent).problems)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit the memory of a process")
@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_files_take_less_than_a_gibibyte(tmp_path, name):
    head, piece, end, count = LARGEST[name]
    (tmp_path / name).write_text(head + piece * count + end, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, tmp_path / name], capture_output=True, text=True, check=False
    )
    problem, mebibytes = done.stdout.splitlines()
    assert problem.startswith(f"{name}:")
    assert int(mebibytes) < 1024
