"""What is remembered while a program runs: never more than a set number of things, whatever the number of papers."""

import ast
from pathlib import Path

import regesta
from regesta.archive import terms
from regesta.search import tokens

FUNCTIONS = [
    node
    for path in Path(regesta.__file__).parent.rglob("*.py")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.FunctionDef)
]


def test_only_what_has_few_answers_is_remembered_for_ever():
    """A function with `@cache` takes nothing, or flags by name; one that takes a word or a number needs a limit."""
    endless = [node for node in FUNCTIONS if "cache" in map(ast.unparse, node.decorator_list)]
    assert {node.name for node in endless} >= {"_english", "code_of"}
    assert [node.name for node in endless if node.args.args] == []
    flags = [ast.unparse(argument.annotation) for node in endless for argument in node.args.kwonlyargs]
    assert set(flags) <= {"bool"}


def test_words_are_forgotten_when_they_are_too_many_and_mean_the_same_again(monkeypatch):
    monkeypatch.setattr(tokens, "_MOST_PIECES", 100)
    text = " ".join(f"walking{number} self-made{number} trees" for number in range(200))
    before = tokens.placed_terms(text)
    assert len(tokens.PIECES) <= 100
    assert tokens.placed_terms(text) == before
    assert len(before) == 200 * 9
    assert tokens.placed_terms("walking7 self-made7 trees")[-1] == (5, "tree")


def test_words_by_which_papers_are_related_are_forgotten_when_they_are_too_many(monkeypatch):
    monkeypatch.setattr(terms, "_MOST_WORDS", 100)
    text = " ".join(f"walking{number}, trees" for number in range(200))
    before = terms.term_counts("", text)
    assert len(terms._FOLDED) <= 100
    assert terms.term_counts("", text) == before == {"tree": 200}
