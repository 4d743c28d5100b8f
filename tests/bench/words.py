"""Chains of words: text that reads like the archive's own, made from the words of its real papers."""

import re
from collections import defaultdict

#: A word with what hangs on it; a formula or an address may hold blanks and stays whole.
_TOKEN = re.compile(r"(?:\$[^$\n]+\$|<[^>\s]+>|\S)+")
#: Stands in a chain for the name that a paper gives to what it presents; an invented one takes its place.
NAME = "\0"
#: Stands in a chain for any web address.
LINK = "\1"
_ADDRESS = re.compile(r"<https?://[^>\s]+>")
_END = ""  # follows the last word of a text
_TRIES = 3  # how often a walk draws again in search of a word that suits its topic


class Chain:
    """Which words follow which others, and in which texts.

    Args:
        order: how many words decide the next.
    """

    def __init__(self, order):
        self._order = order
        self._starts = []
        self._next = defaultdict(list)

    def learn(self, text, source):
        """Add a text's words; source is a number that stands for the text."""
        words = _TOKEN.findall(text)
        if len(words) < self._order:
            return
        self._starts.append((tuple(words[: self._order]), source))
        for place in range(len(words) - self._order):
            self._next[tuple(words[place : place + self._order])].append((words[place + self._order], source))
        self._next[tuple(words[-self._order :])].append((_END, source))

    def walk(self, rng, topic, least):
        """Return words for a new text that has at least so many, and ends where a sentence does.

        Args:
            rng: decides each step.
            topic: numbers of texts whose words are preferred.
            least: a number of words.
        """
        words = list(_draw(rng, self._starts, topic))
        while not (len(words) >= least and words[-1].endswith((".", "?", "!"))):
            following = _draw(rng, self._next[tuple(words[-self._order :])], topic)
            if following == _END:
                if len(words) >= least:
                    break
                words += _draw(rng, self._starts, topic)  # too short yet: another text goes on
            else:
                words.append(following)
        return words


def _draw(rng, choices, topic):
    """Return one of some (what, source): of the first few drawn, one of the topic if there is one."""
    for _ in range(_TRIES):
        what, source = choices[int(rng.random() * len(choices))]
        if source in topic:
            break
    return what


def own_name(title):
    """Return the name that a title such as `QLoRA: Efficient Finetuning` gives to what it presents, or ""."""
    name, colon, _ = title.partition(": ")
    return name if colon and " " not in name else ""


def anonymous(text, name):
    """Return a text with marks in place of a name and of web addresses."""
    text = _ADDRESS.sub(LINK, text)
    return re.sub(rf"\b{re.escape(name)}\b", NAME, text) if name else text
