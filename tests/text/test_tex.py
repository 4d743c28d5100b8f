r"""TeX in plain text: what is certain is restored, the rest stays unchanged."""

import pytest
from hypothesis import given

from helpers import nasty_texts
from regesta.text.formulas import runs
from regesta.text.tex import restore


@pytest.mark.parametrize(
    ("raw", "restored"),
    [
        (r"60.01\% of A\&B cost \$5 in \#1", "60.01% of A&B cost $5 in #1"),
        (r"na\"ive T\"ulu T\"ULU", "naïve Tülu TÜLU"),
        (r"Poincar\'e, Erd\H{o}s, \v{S}koda, \c{c}a, \~n, \^{\i}le", "Poincaré, Erdős, Škoda, ça, ñ, île"),
        (r"stra\ss e, \O{}re, \ae on, \L\'od\'z", "straße, Øre, æon, Łódź"),
        ("a ``deep'' method, ``anchor\" and ``crossover,''", "a “deep” method, “anchor” and “crossover,”"),
        ("5times and 2.29times, {64times 64times 64}", "5× and 2.29×, {64× 64× 64}"),
        ("5sim15, up to sim99%, (sim 1%)", "5∼15, up to ∼99%, (∼1%)"),
        ("74.9 rightarrow 57.2", "74.9 → 57.2"),
        ("Adapt-infty (leq100)", "Adapt-∞ (≤100)"),
        (r"PATIENT-{\Psi}-TRAINER and \alpha", "PATIENT-Ψ-TRAINER and α"),
        ("a matrix W^{res}, an operator G_{stack}", "a matrix $W^{res}$, an operator $G_{stack}$"),
        ("Met^2Net", "Met$^2$Net"),
        (r"models~(DMs) by Ada~Example", "models\u00a0(DMs) by Ada\u00a0Example"),
        ("both -- and more---or less, 1--2", "both – and more—or less, 1–2"),
        (r"10\,000", "10\u2009000"),
        (r"\textless{}0.5B", "<0.5B"),
        (
            r"textit{O}bstacles, \textbf{We will}, an \emph{old} x\textsc{abc}",
            "Obstacles, We will, an old xabc",
        ),
    ],
)
def test_what_is_certain_is_restored(raw, restored):
    assert restore(raw) == restored


@pytest.mark.parametrize(
    "text",
    [
        "3 times faster, sometimes, many times",
        "a sim-to-real gap, simple similarity, SimCLR",
        "tau, lambda and log stay words; so does chi^2",
        r"we propose \method (\eg adapters) based on \answerdotai/Model and \RTP",
        r"unclosed \footnote{The code",
        r"unclosed \textbf{We will",
        r"context{it}, a \mytextit{word}, \text{word}",
        "~8K samples, 10~30%, (13~15M), ~9.5%",
        "p(caption|image), PT-*, snake_case, __init__",
        "$5 and $6",
        r"a command that is whole, as \rightarrow or \infty",
        "the option --flag, and <!-- this -->",
        "no leq in words like sequleq",
    ],
)
def test_what_is_not_certain_stays(text):
    assert restore(text) == text


@pytest.mark.parametrize("formula", [r"$\alpha$", r"$2\times 3 \leq 7\%$", r"$\sim~x$", "$W^{res}$"])
def test_mathematics_is_left_alone(formula):
    assert restore(f"We use {formula} here, 60\\% of it.") == f"We use {formula} here, 60% of it."


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("a $x$ and $y^2$.", ["x", "y^2"]),
        ("$5 and $6", []),
        (r"cost \$x$ more", []),
        ("$ x $", []),
        ("$$", []),
        ("$a\nb$", []),
        ("PanGu-$α$:", ["α"]),
    ],
)
def test_dollars_are_mathematics_or_money(text, formulas):
    assert [run.tex for run in runs(text) if run.tex] == formulas


@given(nasty_texts())
def test_any_text_is_restored_without_complaint(text):
    assert isinstance(restore(text), str)
