"""English words: stop words, and the singulars of plurals."""

from __future__ import annotations

#: Stop words, and words that most papers use: a paper is never about them, and no pair of words spans them.
EMPTY_WORDS = frozenset(
    """a ability about above achieve across additional after ai al all also although among amount an and any application approach
    are as aspect at available base based baseline be because been before being benchmark better between beyond both but by can
    capability challenge code common complex core cost could data dataset deep demonstrate design different diverse do does domain
    downstream due during each effective efficiency efficient either enable entire et evaluate evaluation even example existing
    experiment experimental extensive fast few find first for framework from full further future gap general give given has have
    help high high-quality how however if important improve improved improvement improving in including input instance into
    introduce is issue it its itself key kind large learn less level long main make many may method metric more moreover most much
    multiple natural need new next no non not novel number object of often on one only open or order original other our out output
    over paper parameter particular per performance potential present problem process program propose proposed provide quality range
    recent recently research result same second set setting several show significant significantly simple single size specific
    state-of-the-art strategy study such system task technique term test than that the their them then there these they this those
    three through thus to total towards train trained training two type under up use used using various via was we well well-known
    were what when where whether which while who why wide will with within without work would yet you your""".split()
)  # fmt: skip


def singular(word: str) -> str:
    """Return the singular of an English plural by its ending; words such as bias, matrices, series stay."""
    if word.endswith("ies") and len(word) > len("series"):
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "ces", "ses", "ies")):
        return word[:-1]
    return word
