"""Each source that may say in which language a paper is written fills `language`; what cannot be read is counted."""

import json

import pytest

from regesta.sources import acl_anthology, bibtex, csl_json, ris, tables, zotero
from regesta.sources.common.dump import Dump

WAYS = {
    "bibtex": lambda text: bibtex.read(
        Dump("a.bib", f"@article{{k, title={{A Title}}, language={{{text}}}}}")
    ),
    "langid": lambda text: bibtex.read(Dump("a.bib", f"@article{{k, title={{A Title}}, langid={{{text}}}}}")),
    "ris": lambda text: ris.read(Dump("a.ris", f"TY  - JOUR\nTI  - A Title\nLA  - {text}\nER  - \n")),
    "csl": lambda text: csl_json.read(Dump("a.json", json.dumps([{"title": "A Title", "language": text}]))),
    "zotero": lambda text: zotero.read(
        Dump("a.json", json.dumps([{"itemType": "book", "title": "A Title", "language": text}]))
    ),
    "csv": lambda text: tables.read_csv(
        Dump("a.csv", f"Title,Language of Original Document\nA Title,{text}\n")
    ),
    "jsonl": lambda text: tables.read_jsonl(
        Dump("a.jsonl", json.dumps({"title": "A Title", "language": [text]}))
    ),
    "acl": lambda text: acl_anthology.read(
        Dump(
            "a.xml",
            f'<collection id="2022.x"><volume id="1"><paper id="1"><title>A Title</title>'
            f"<language>{text}</language></paper></volume></collection>",
        )
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("text", "language"), [("eng", "en"), ("pt_BR", "pt-BR"), ("French", "fr")])
def test_the_language_is_read(way, text, language):
    reading = WAYS[way](text)
    assert [paper.language for paper in reading.papers] == [language]
    assert not reading.unread


@pytest.mark.parametrize("way", WAYS)
def test_what_is_no_language_is_counted(way):
    reading = WAYS[way]("Klingon")
    assert [paper.language for paper in reading.papers] == [""]
    assert sum(reading.unread.values()) == 1


def test_of_two_fields_of_bibtex_the_readable_one_counts():
    text = "@article{k, title={A Title}, language={Klingon}, langid={ngerman}}"
    reading = bibtex.read(Dump("a.bib", text))
    assert (reading.papers[0].language, reading.unread) == ("de", {"language": 1})
