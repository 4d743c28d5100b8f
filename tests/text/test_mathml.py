r"""Mathematics: real MathML for TeX, and nothing that can run or lead elsewhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from helpers import nasty_texts
from regesta.text.formulas import plain, plain_tex, title_html
from regesta.text.mathml import _serialize, is_harmless, mathml

#: Elements of MathML Core without scripts, links or other languages.
HARMLESS = {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "msup", "msub", "msubsup", "mover", "munder", "munderover", "mfrac", "msqrt", "mroot",
    "mtable", "mtr", "mtd", "mmultiscripts", "mprescripts", "none", "mpadded", "mphantom", "mstyle", "menclose", "code", "sup", "sub",
}  # fmt: skip


def tree(html):
    """Parse a piece of markup strictly."""
    return etree.fromstring(f"<x>{html}</x>", etree.XMLParser(resolve_entities=False))


def harmless(html):
    """Tell whether markup is well-formed and made of harmless elements without handlers or addresses."""
    elements = list(tree(html).iter())[1:]
    names = {re.sub(r"^\{.*\}", "", element.tag) for element in elements}
    attributes = {name for element in elements for name in element.attrib}
    return names <= HARMLESS and not any(re.match(r"on|href|src|style|xlink|\{", name) for name in attributes)


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        ("x^2", "x2"),
        (r"\alpha + \beta", "α+β"),
        (r"\frac{a}{b}", "ab"),
        (r"\mathcal{O}(n \log n)", "𝒪"),
        (r"\sqrt{n}", "n"),
        ("W^{res}", "Wres"),
        ("α", "α"),
        (r"a < b \& c", "a<b"),
    ],
)
def test_tex_becomes_mathml(tex, words):
    html = mathml(tex)
    assert harmless(html)
    assert html.startswith("<math")
    assert words in "".join(tree(html).itertext()).replace(" ", "")


def test_scripts_are_scripts_and_fractions_fractions():
    assert "<msup>" in mathml("x^2")
    assert "<msub>" in mathml("G_{stack}")
    assert "<mfrac>" in mathml(r"\frac{1}{2}")


@pytest.mark.parametrize(
    "tex",
    [
        r"\lVert x \rVert_2",
        r"\|x\|_2",
        r"\lvert x \rvert^2",
        "|x|^2",
        r"\lceil x \rceil_2",
        r"\langle x \rangle^2",
    ],
)
def test_brackets_keep_their_height_outside_of_left_and_right(tex):
    html = mathml(tex)
    assert html.count("<mo") == html.count('stretchy="false"') == 2
    assert 'stretchy="true"' in mathml(r"\left\lVert x \right\rVert_2")


ATTACKS = [
    r"\text{<svg/onload=alert(1)>}",
    r"\text{<img src=x onerror=alert(1)>}",
    r"\mathrm{</math><script>alert(1)</script>}",
    r"\href{javascript:alert(1)}{x}",
    r"\href{https://a.example}{x}",
    r"\style{background:url(https://a.example)}{x}",
    r"\class{evil}{x}",
    r"\color{red;background:url(//a.example)}{x}",
    r"\unicode{x3c}",
    r"&lt;script&gt;",
    r"\text{&lt;script&gt;alert(1)&lt;/script&gt;}",
    r"\text{&amp;lt;script&amp;gt;}",
    r'\begin{array}{l" onload="x}a\end{array}',
    r'\hspace{1em" onload="alert(1)}',
]


@pytest.mark.parametrize("tex", ATTACKS)
def test_mathematics_of_strangers_is_inert(tex):
    html = mathml(tex)
    assert harmless(html)
    assert not re.search(r"<(?:svg|img|script|a)\b", html)


def test_elements_that_the_library_might_learn_to_make_are_dropped():
    element = etree.fromstring(
        '<math onload="x"><a href="javascript:x"><svg><mi class="y">x</mi></svg></a><script>1 &lt; 2</script></math>'
    )
    assert _serialize(element) == "<math><mi>x</mi>1 &lt; 2</math>"


@pytest.mark.parametrize(
    "tex",
    [
        r"\nosuchcommand",
        r"\frac{1}",
        r"{",
        r"x^",
        r"x^2^3",
        r"\left(",
        r"\begin{matrix} a",
        r"\end{x}",
        "{" * 1900,
        r"\sqrt{" * 300,
        "x" * 2001,
    ],
    ids=lambda tex: tex[:20],
)
def test_what_cannot_be_read_is_shown_as_it_is_or_set_without_harm(tex):
    html = mathml(tex)
    assert harmless(html)
    if html.startswith("<code"):
        assert "".join(tree(html).itertext()) == tex
    else:
        assert html.startswith("<math")
        assert "\\" not in html


def test_an_unknown_command_is_shown_not_hidden():
    assert mathml(r"\nosuchcommand{x} < 1") == r'<code class="tex">\nosuchcommand{x} &lt; 1</code>'


pieces = st.sampled_from(
    [*ATTACKS, "{", "}", "^", "_", "&", "\\\\", r"\frac", r"\text{", r"\left", "<", '"', "x", "1", r"\alpha"]
)


@given(st.lists(pieces | st.text(max_size=5), max_size=8).map("".join))
def test_any_formula_is_inert(tex):
    assert harmless(
        mathml(
            "".join(
                c for c in tex if c >= " " and c not in "\x7f\ufffe\uffff" and not "\ud800" <= c <= "\udfff"
            )
        )
    )


@pytest.mark.parametrize(
    ("title", "html"),
    [
        ("Plain & <b>simple</b>", "Plain &amp; &lt;b&gt;simple&lt;/b&gt;"),
        ("From $5 to $6", "From $5 to $6"),
        ('"Quoted"', '"Quoted"'),
    ],
)
def test_a_title_is_escaped(title, html):
    assert title_html(title) == html


def test_the_mathematics_of_a_title_is_set():
    html = title_html("PanGu-$α$ & co")
    assert html.startswith('<span class="whole">PanGu-<math')
    assert html.endswith("</math></span> &amp; co")


@given(nasty_texts())
def test_no_title_becomes_markup(title):
    html = re.sub(r"<math.*?</math>|<code class=\"tex\">.*?</code>|</?su[bp]>", "", title_html(title))
    assert "<" not in re.sub(r'<span class="whole">([^<]*)</span>', r"\1", html)


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("x^2", "x²"),
        (r"O(n \log n)", "O(n log n)"),
        ("x^{10}", "x¹⁰"),
        ("x^n", "xⁿ"),
        (r"\alpha", "α"),
        (r"\mathcal{O}(n)", "O(n)"),
        ("W^{res}", "W^res"),
        (r"60\%", "60%"),
        ("G_{stack}", "G_stack"),
    ],
)
def test_formulas_as_plain_text(tex, text):
    assert plain_tex(tex) == text


def test_a_title_as_plain_text():
    assert plain("Met$^2$Net costs $5 and $6") == "Met²Net costs $5 and $6"


@pytest.mark.parametrize(
    "tex",
    [
        r"\def\a{x}\a",
        r"\newcommand{\a}{xx}\a\a",
        r"\sideset{}{}" * 100 + "x",
        r"\DeclareMathOperator{\a}{b}\a",
    ],
)
def test_commands_that_multiply_are_shown_as_they_stand(tex):
    assert mathml(tex) == f'<code class="tex">{tex}</code>'


@pytest.mark.parametrize("tex", ["{" * 300 + "x" + "}" * 300, r"\sqrt{" * 120 + "x" + "}" * 120])
def test_what_is_nested_too_deeply_is_shown_as_it_stands(tex):
    assert mathml(tex) == f'<code class="tex">{tex}</code>'


@pytest.mark.parametrize(
    "tex", [r"\hspace{999em}x", r"\rule{99em}{99em}", r"\raise 999pt{x}", r"a\above99em b", r"\mspace{-99em}"]
)
def test_lengths_that_leave_the_page_are_left_out(tex):
    assert "99" not in mathml(tex)
    assert 'width="2em"' in mathml(r"a\qquad b")


def test_characters_by_number_are_none_that_are_unwanted():
    assert "\u202e" not in mathml(r"\unicode{x202e}a")
    assert mathml(r"\text{&#12;a}").count("a</mtext>") == 1


@pytest.mark.parametrize(
    ("tex", "harmless"),
    [
        (r"\frac{a}{b} + \alpha_{i} \le \mathcal{O}(n \log n)", True),
        (r"\text{a\%} \operatorname{softmax}", True),
        (r"\input{/etc/passwd}", False),
        (r"\text{a\input{b}}", False),
        (r"\immediate\write18{id}", False),
        (r"\oper", False),
        (r"\href{x}{y}", False),
        ("^^5cinput", False),
        ("a}", False),
        ("{a", False),
        (r"\\}", False),
        ("a%", False),
        ("\\", False),
    ],
)
def test_what_may_be_handed_on_to_tex(tex, harmless):
    assert is_harmless(tex) is harmless
