"""Tags suggested by `content/tags.yaml`: a paper bears a tag if it speaks of it often enough, by the tag's own phrases.

A sentence counts once for a tag, however often it names it: fully by one of the tag's phrases, half by a mere hint; and half more
if in it the authors speak of their own work. The title counts for three sentences, and so do the keywords that the source gives. A
tag needs `ENOUGH` in all: the title, two sentences of which one is about the work itself, three others, or as much in hints.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from regesta.content.taxonomy import phrase_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.content.paper import Paper
    from regesta.content.taxonomy import Tag

MOST_TAGS = 6
#: What a tag needs in all; what a phrase and a hint are worth in a sentence is multiplied by what the sentence is.
ENOUGH = 10
BY_PHRASE, BY_HINT = 2, 1
IN_SENTENCE, IN_OWN_SENTENCE, IN_TITLE = 2, 3, 6

_OWN = re.compile(
    r"\b(?:we|our|this (?:[\w-]+ ){0,2}(?:paper|work|study|survey|review|article|report|book|thesis))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def sentences(text: str) -> list[str]:
    """Return the sentences of an abstract, as far as a full stop and a capital tell."""
    return _SENTENCE_END.split(text)


class _Phrase(NamedTuple):
    """A phrase or hint of a tag, ready to be compared word by word."""

    words: tuple[str, ...]
    capitals: bool
    tag: str
    worth: int
    text: str

    def stands_in(self, words: list[str], place: int) -> bool:
        return tuple(words[place : place + len(self.words)]) == self.words


class Evidence(NamedTuple):
    """One thing that speaks for a tag: where (`title`, `keywords`, `sentence 3`), by which phrase, and how much it is worth."""

    tag: str
    where: str
    phrase: str
    worth: int


class Tagger:
    """Suggests tags for papers by a taxonomy; its phrases are looked up by their first word, or their first two."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self._order = {tag.tag: place for place, tag in enumerate(tags)}
        self._phrases: dict[tuple[str, ...], list[_Phrase]] = {}
        for tag in tags:
            worths = [
                *((phrase, BY_PHRASE) for phrase in tag.phrases),
                *((hint, BY_HINT) for hint in tag.hints),
            ]
            for text, worth in worths:
                words = tuple(phrase_words(text if text.isupper() else text.lower()))
                begin = tuple(word.lower() for word in words[:2])
                self._phrases.setdefault(begin, []).append(
                    _Phrase(words, text.isupper(), tag.tag, worth, text)
                )

    def suggest(self, paper: Paper) -> tuple[str, ...]:
        """Return up to `MOST_TAGS` tags for a paper, the best suggested first (ties in the taxonomy's order)."""
        scores: Counter[str] = Counter()
        for evidence in self.evidence(paper):
            scores[evidence.tag] += evidence.worth
        enough = [tag for tag, score in scores.items() if score >= ENOUGH]
        return tuple(sorted(enough, key=lambda tag: (-scores[tag], self._order[tag]))[:MOST_TAGS])

    def evidence(self, paper: Paper) -> Iterator[Evidence]:
        """Return all that speaks for any tag, in reading order."""
        for where, text in (("title", paper.title), ("keywords", ", ".join(paper.keywords))):
            for phrase in self._named(text):
                yield Evidence(phrase.tag, where, phrase.text, phrase.worth * IN_TITLE)
        for number, sentence in enumerate(sentences(paper.abstract), 1):
            times = IN_OWN_SENTENCE if _OWN.search(sentence) else IN_SENTENCE
            for phrase in self._named(sentence):
                yield Evidence(phrase.tag, f"sentence {number}", phrase.text, phrase.worth * times)

    def _named(self, sentence: str) -> list[_Phrase]:
        """Return the phrase by which a sentence names each tag: one that is no mere hint if there is any."""
        words = phrase_words(sentence)
        small = [word.lower() for word in words]
        named: dict[str, _Phrase] = {}
        for place, pair in enumerate(pairwise([*small, ""])):
            for phrase in (*self._phrases.get(pair[:1], ()), *self._phrases.get(pair, ())):
                known = named.get(phrase.tag)
                if (known is None or known.worth < phrase.worth) and phrase.stands_in(
                    words if phrase.capitals else small, place
                ):
                    named[phrase.tag] = phrase
        return [*named.values()]
