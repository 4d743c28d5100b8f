"""TeX of bibliographies becomes the plain text that it shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.sources.common.latex import plain, verbatim


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"{\"O}zg{\"u}r \"ozg\"ur \"{o}", "Özgür özgür ö"),
        (
            r"\'{\i} \'\i {\'{\i}} \v s \v{s} \c c \H{o} \u{g} \r{a} \k{e} \d{h} \.{I} \={a}",
            "í í í š š ç ő ğ å ę ḥ İ ā",
        ),
        (r"\aa{} {\AA} \o\ \ss{} {\ae} \OE{} \L{}\'od\'z \dh", "å Å ø ß æ Œ Łódź ð"),
        (r"\~{} \^{} \textasciitilde{} \textbackslash{}x \{y\}", r"~ ^ ~ \x {y}"),
        (r"{\~{\^e}} \'{\^{o}}", "ễ ố"),
        (r"\emph{in {vitro}} {\bf bold} \textsc{Small} {\em x}", "in vitro bold Small x"),
        (r"``so'' --- 1--2, \enquote{caf\'e}", "“so” — 1–2, “café”"),
        (r"$x^2$ and $ \alpha $ and \(y\) and $$z$$", r"$x^2$ and $\alpha$ and $y$ and $z$"),
        (r"from $5 to $6, or \$7", "from $5 to $6, or $7"),
        (r"$\pm$0.5 and {$\mu$}m", r"$\pm0.5$ and $\mu$m"),
        (r"\url{http://a.b/~c_d} \href{http://a.b}{there}", "http://a.b/~c_d there"),
        (r"\LaTeX{} by \textcopyright\ me, \alpha\textendash\beta", "LaTeX by © me, α–β"),
        (r"\nobodyknows{x} \d", r"\nobodyknowsx \d"),
        ("{}}{{", ""),
    ],
)
def test_tex_becomes_what_it_shows(tex, shown):
    assert plain(tex) == shown


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\\{}$~`'-")))
def test_text_without_tex_stays_what_it_is(text):
    assert plain(text) == text


@given(st.text(alphabet="{}~`'\"-ab(=^ \n", max_size=80))
def test_braces_vanish_wherever_they_stand(text):
    assert not {"{", "}"} & set(plain(text))


def test_addresses_keep_all_but_what_protects_them():
    assert verbatim(r"\url{https://a.example/b\_c\%20d--e}") == "https://a.example/b_c%20d--e"
    assert verbatim(r"{10.1000/(SICI)1\_2{\textless}3}") == "10.1000/(SICI)1_2<3"
