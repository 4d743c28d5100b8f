r"""Formulas in titles and abstracts: where they begin and end, and what they are as MathML and as plain text."""

import pytest
from lxml import html

from helpers import check_golden
from regesta.text.formulas import Run, convert, plain, plain_tex, runs, title_html
from regesta.text.markdown import abstract_html, lead_html, plain_text
from regesta.text.mathml import mathml
from regesta.text.plain_formula import plain_formula

#: As abstracts have them; the golden file shows what becomes of each.
FORMULAS = r"""
\beta
\varepsilon\text{-greedy}
k\text{-means}
n!
O(n\log n)
\mathcal{O}(\log^2 n)
\tilde{O}(\varepsilon^{-2})
O(1/\sqrt{T})
\Omega(\sqrt{n \log n})
O(n^{1.5})
\leq 2900\times
\sim 10\%
\pm 0.5
p<0.05
3 \times 3
10^{-3}
10,000
90^\circ
\frac{1}{3}
\frac12
\frac{a+b}{2n}
\frac{\partial f}{\partial x}
\sqrt{n}
\sqrt[3]{n}
x^2 + y^2
-x
x=-1
f'(x)
x_{ij} y
A_{ij}
W^{res}
L_{KL}
D_{\mathrm{KL}}(p \| q)
\ell_1
\|x\|_2^2
\mathbf{x}_i^\top
\hat\theta = \arg\min_\theta L(\theta)
\operatorname{argmax}_x f(x)
\max\limits_{x} f
\underset{x}{\min}
\lambda_{\max}
\mathbb{E}_{x\sim p}[\log p_\theta(x)]
p(y\mid x)
x \in \mathbb R^d
\mathbf{W}\in\mathbb{R}^{m\times n}
\mathrm{SU}(2)
GL_n(\mathbb{F}_q)
\mathsf{NP} \neq \mathsf{P}
\sum_{i=1}^n i^2
\tfrac{1}{n}\sum_{i} x_i
\int_0^1 f(x)\,dx
a_1+a_2+\cdots+a_n=0
n \to \infty
f: X \to Y
\alpha := \beta
\langle x, y\rangle
\{0,1\}^n
\left(\frac{a}{b}\right)
\bar{x}
\vec{v}
\text{if } x > 0
^{3}
_2
2^{2^n}
\binom{n}{k}
\begin{pmatrix}a & b\\c & d\end{pmatrix}
\widehat{xy}
\nosuchcommand{x}
""".strip().splitlines()


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        ("A $\\beta$-VAE is", ["β-VAE"]),
        ("Fast $k$NN search", ["kNN"]),
        ("Adapt-$\\infty$ and GPT-$n$", ["Adapt-∞", "GPT-n"]),
        ("with $x$, ($y$) and $z$.", []),
        ("$\\alpha$ - a letter", []),
    ],
)
def test_no_line_ends_within_a_word_that_has_a_formula(title, whole):
    spans = html.fragment_fromstring(title_html(title), create_parent=True).findall("span[@class='whole']")
    assert [span.text_content() for span in spans] == whole
    shown = html.fragment_fromstring(abstract_html(title))
    assert [span.text_content() for span in shown.findall("span[@class='whole']")] == whole


def test_formulas_as_people_and_machines_see_them():
    shown = "".join(f"{tex}\n  {plain_formula(tex)}\n  {mathml(tex)}\n\n" for tex in FORMULAS)
    check_golden("formulas", {"formulas.txt": shown})


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("All $x$ and $y$.", ["x", "y"]),
        (r"All \(x\), \( y \) and \[ z \].", ["x", "y", "z"]),
        ("A line: $$x + y$$", ["x + y"]),
        ("From $5 to $6.", []),
        (r"It costs \$5 or \$6, \\(not \\[more.", []),
        (r"An open \(one and $another", []),
        ("$$x\n\ny$$ and \\[x\n\ny\\]", []),
        ("\\[ x\n+ y \\]", ["x\n+ y"]),
    ],
)
def test_where_formulas_begin_and_end(text, formulas):
    assert [run.tex for run in runs(text) if run.tex] == formulas
    assert "".join(run.source for run in runs(text)) == text


def test_what_stands_on_a_line_of_its_own():
    blocks = [run for run in runs(r"$a$ \(b\) $$c$$ \[d\]") if run.tex]
    assert [run.display for run in blocks] == ["inline", "inline", "block", "block"]
    assert abstract_html(r"With \[ x \] and so on.").count('display="block"') == 1
    assert 'display="inline"' in title_html("$$x$$")


def test_both_kinds_of_delimiters_are_read_alike():
    for one, other in (
        (r"A \(\sqrt{n}\) b", r"A $\sqrt{n}$ b"),
        (r"*A* \[\sqrt{n}\] b", r"*A* $$\sqrt{n}$$ b"),
    ):
        assert abstract_html(one) == abstract_html(other)
        assert plain_text(one) == plain_text(other) == "A √n b"


def test_a_converted_text_keeps_its_order():
    assert convert("a $b$ c", str.upper, lambda run: f"<{run.tex}>") == "A <b> C"
    assert [*runs("plain")] == [Run("plain")]


def test_a_title_as_plain_text():
    title = r"$\beta$-VAE, $\varepsilon$-greedy, $\sqrt{n}$, $\frac{1}{2}$ and $\mathrm{SU}(2)$"
    assert plain(title) == "β-VAE, ε-greedy, √n, 1/2 and SU(2)"
    assert plain("Met$^2$Net costs $5 and $6") == "Met²Net costs $5 and $6"


def test_an_escaped_dollar_is_a_dollar():
    title = r"From \$5 to \$x$ & $x$"
    assert plain(title) == "From $5 to $x$ & x"
    assert title_html(title) == f"From $5 to $x$ &amp; {mathml('x')}"


@pytest.mark.parametrize(
    "tex", [r"\nosuchcommand{x}", r"\frac{1", r"\begin{matrix}a\end{matrix}", r"\sqrt[7]{n}"]
)
def test_what_has_no_plain_form_stays_as_written(tex):
    assert plain_formula(tex) == tex


@pytest.mark.parametrize("before", ["n", ")", "2"])
def test_the_name_of_a_function_has_its_spaces(before):
    html = mathml(rf"{before}\log n")
    assert '<mo lspace="0.1667em" rspace="0.1667em">log</mo>' in html
    assert '<mo lspace="0" rspace="0">log</mo>' in mathml(r"(\log(n))")


def test_a_formula_wider_than_a_phone_scrolls_in_its_box():
    wide = " + ".join(f"a_{{{number}}}" for number in range(20))
    assert abstract_html(f"So ${wide}$ is wide.").startswith('<p>So <span class="wide" tabindex="0"><math')
    assert abstract_html(f"*So* ${wide}$ is wide.").startswith(
        '<p><em>So</em> <span class="wide" tabindex="0"><math'
    )
    assert "<span" not in abstract_html("So $a + b$ is not.")
    assert title_html(f"On ${wide}$").startswith(
        'On <span class="wide"><math'
    )  # a title may be a link: no focus in it


def test_no_formula_is_cut():
    formula = r"\(" + "x + " * 60 + r"y. Z\)"
    lead = lead_html(f"We {'show ' * 20}that {formula} holds. {'It holds. ' * 40}")
    assert lead.count("<math") == lead.count("</math>")
    assert "\\(" not in lead


@pytest.mark.parametrize("letter", ["", "x", "α", "W"])
@pytest.mark.parametrize(
    "script",
    [
        "",
        "^2",
        "_2",
        "^n",
        "^{res}",
        "_{ij}",
        "^{2n}",
        "_{KL}",
        "^{10}",
        "_x",
        "^{a1}",
        "^+",
        "^{+}",
        "_-",
        "^{n-1}",
        "^*",
        "^{*}",
    ],
)
def test_simple_formulas_are_the_same_without_the_library(letter, script):
    if letter + script:
        assert plain_tex(letter + script) == plain_formula(letter + script)
