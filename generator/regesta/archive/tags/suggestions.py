"""Tags suggested by `content/tags.yaml`: a paper gets a tag if it uses the tag's phrases often enough.

A sentence counts once for a tag, however often it names it. A hint counts half as much as a phrase, and a
sentence about the authors' own work half as much again as any other. The title counts as three sentences,
and so do the keywords from the source. A tag needs `ENOUGH` points: the title, two sentences if one is about
the authors' own work, three other sentences, or twice as many hints.
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
#: The points that a tag needs. The points of a phrase or hint are multiplied by those of the text around it.
ENOUGH = 10
BY_PHRASE, BY_HINT = 2, 1
IN_SENTENCE, IN_OWN_SENTENCE, IN_TITLE = 2, 3, 6

_OWN = re.compile(
    r"\b(?:we|our|this (?:[\w-]+ ){0,2}(?:paper|work|study|survey|review|article|report|book|thesis))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def sentences(text: str) -> list[str]:
    """Return the sentences of an abstract, each from a capital to a full stop before the next capital."""
    return _SENTENCE_END.split(text)


class _Phrase(NamedTuple):
    """A phrase or hint of a tag, ready for comparison word by word.

    Attributes:
        words: its words; in lower case, except for an acronym.
        capitals: whether it is an acronym, which is compared with its capitals.
        tag: the tag that it suggests.
        worth: its points.
        text: as the taxonomy spells it.
    """

    words: tuple[str, ...]
    capitals: bool
    tag: str
    worth: int
    text: str

    def stands_in(self, words: list[str], place: int) -> bool:
        return tuple(words[place : place + len(self.words)]) == self.words


class Evidence(NamedTuple):
    """One occurrence that suggests a tag.

    Attributes:
        tag: the tag.
        where: `title`, `keywords` or `sentence 3`.
        phrase: the tag's phrase or hint.
        worth: its points.
    """

    tag: str
    where: str
    phrase: str
    worth: int


class Tagger:
    """Suggests tags for papers by a taxonomy; finds phrases by their first word or their first two words."""

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
        """Return up to `MOST_TAGS` tags for a paper, by points (ties in the taxonomy's order)."""
        scores: Counter[str] = Counter()
        for evidence in self.evidence(paper):
            scores[evidence.tag] += evidence.worth
        enough = [tag for tag, score in scores.items() if score >= ENOUGH]
        return tuple(sorted(enough, key=lambda tag: (-scores[tag], self._order[tag]))[:MOST_TAGS])

    def evidence(self, paper: Paper) -> Iterator[Evidence]:
        """Yield all occurrences in a paper that suggest a tag, in reading order."""
        for where, text in (("title", paper.title), ("keywords", ", ".join(paper.keywords))):
            for phrase in self._named(text):
                yield Evidence(phrase.tag, where, phrase.text, phrase.worth * IN_TITLE)
        for number, sentence in enumerate(sentences(paper.abstract), 1):
            times = IN_OWN_SENTENCE if _OWN.search(sentence) else IN_SENTENCE
            for phrase in self._named(sentence):
                yield Evidence(phrase.tag, f"sentence {number}", phrase.text, phrase.worth * times)

    def _named(self, sentence: str) -> list[_Phrase]:
        """Return the phrase by which a sentence names each tag, or a hint if there is no phrase."""
        words = phrase_words(sentence)
        small = [word.lower() for word in words]
        named: dict[str, _Phrase] = {}
        for place, pair in enumerate(pairwise([*small, ""])):
            for phrase in (*self._phrases.get(pair[:1], ()), *self._phrases.get(pair, ())):
                better = named.get(phrase.tag)
                if better and better.worth >= phrase.worth:
                    continue
                if phrase.stands_in(words if phrase.capitals else small, place):
                    named[phrase.tag] = phrase
        return [*named.values()]
