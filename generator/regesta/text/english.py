"""English words: stop words, and the singulars of plurals."""

from __future__ import annotations

#: Stop words, words that most papers use, and clichés of titles ("a closer look", "revisiting"): a paper is never about them, and
#: no pair of words spans them.
EMPTY_WORDS = frozenset(
    """a ability about above achieve across additional address after against ai al all allow also although among amount an and
    any appear application approach approaches are as aspect at available base based baseline be because been before being
    benchmark best better between beyond both bridging but by can capability challenge challenging closer code common comparable
    complex comprehensive consistently core cost could critical crucial data dataset deep demonstrate demystify demystifying
    depend design different diverse do does domain downstream due during each effective effectively effectiveness efficiency
    efficient either emerge empirical empower empowering enable enhance enhancing entire et evaluate evaluation even example
    existing experiment experimental explore exploring extend extensive fast few find first for framework from full further
    future gap general give given good handling has have help high high-quality how however http https idea if important
    impressive improve improved improvement improving in including input insight instance instances into introduce is issue it
    its itself key kind large large-scale larger lead learn less level leverage leveraging like limitation long look made main
    make making many may meet method metric more moreover most mostly much multiple natural need new next no non not notable
    novel number object observe of often on once one only open or order original other our out outperform output over overall
    own paper parameter particular per perform performance perspective potential present previous problem process processes
    program promising propose proposed provide quality range recent recently remarkable require research respect result
    resulting rethink rethinking revisit revisiting same scenario second seen set setting several show shown significant
    significantly similar simple single size smaller solve solving specific state-of-the-art strategy strong study substantial
    substantially such superior surpass surpassing system taken task technique term test than that the their them then there
    these they this those three through thus to total toward towards train trained training two type under understand unified
    unleash unleashing unlock unlocking unveil unveiling up use used using usually various via vs was way we well well-known
    were what when where whether which while who why wide will with within without work works would yet you your""".split()
)  # fmt: skip


def singular(word: str) -> str:
    """Return the singular of an English plural by its ending; words such as bias, matrices, series stay."""
    if word.endswith("ies") and len(word) > len("series"):
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "ces", "ses", "ies")):
        return word[:-1]
    return word
