"""Names of people and organizations, written as one string."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.text.names import Name, is_organization, split_alike, split_name, without_others

#: Names, and how an index has them.
NAMES = {
    # particles
    "Rob van der Goot": "van der Goot, Rob",
    "Katharina von der Wense": "von der Wense, Katharina",
    "Ludwig van Beethoven": "van Beethoven, Ludwig",
    "Benjamin Van Durme": "Van Durme, Benjamin",
    "Xavier Van de Velde": "Van de Velde, Xavier",
    "Charles de la Vallée Poussin": "de la Vallée Poussin, Charles",
    "Ali ibn Abi Talib": "ibn Abi Talib, Ali",
    "Lila Al Hashimi": "Al Hashimi, Lila",
    "Shai Ben David": "Ben David, Shai",
    "Gerard 't Hooft": "'t Hooft, Gerard",
    "Lorenzo de' Medici": "de' Medici, Lorenzo",
    "José Ortega y Gasset": "Ortega y Gasset, José",
    "Antoni Gaudí i Cornet": "Gaudí i Cornet, Antoni",
    "ROB VAN DER GOOT": "VAN DER GOOT, ROB",
    "von Neumann": "von Neumann",
    # what only looks like one
    "Al Gore": "Gore, Al",
    "Di Jin": "Jin, Di",
    "Quoc V. Le": "Le, Quoc V.",
    "Kiet Van Nguyen": "Nguyen, Kiet Van",
    "danah boyd": "boyd, danah",
    "Mary e. Smith": "Smith, Mary e.",
    # suffixes
    "Hal Daumé III": "Daumé III, Hal",
    "John Smith Jr.": "Smith Jr., John",
    "John Smith, Jr.": "Smith Jr., John",
    "Smith, Jr., John": "Smith Jr., John",
    "Martin Luther King Jr": "King Jr, Martin Luther",
    "João Silva Filho": "Silva Filho, João",
    "Oscar de la Renta Sr.": "de la Renta Sr., Oscar",
    "Ana Neto": "Neto, Ana",
    # initials
    "J. R. R. Tolkien": "Tolkien, J. R. R.",
    "Smith J": "Smith, J",
    "van der Goot R.": "van der Goot, R.",
    "X. Y.": "Y., X.",
    # scripts
    "李四": "李四",
    "李 四": "李, 四",
    "Ed A. 李": "李, Ed A.",
    "Zhang San 张三": "Zhang San 张三",
    "张三 Zhang San": "张三 Zhang San",
    # with a part in brackets
    "Wei Li (李伟)": "Li, Wei (李伟)",
    "Wei Li（李伟）": "Li, Wei （李伟）",
    "Li, Wei (李伟)": "Li, Wei (李伟)",
    "李伟 (Wei Li)": "李伟 (Wei Li)",
    "Robert (Bob) van der Goot": "van der Goot, Robert (Bob)",
    "Wei (Li, David) Chen": "Chen, Wei (Li, David)",
    "张, San": "张, San",
    "Ada (B. Example": "Ada (B. Example",
    "((Ada) B.) Example": "((Ada) B.) Example",
    "山田 太郎": "山田, 太郎",
    "김 철수": "김, 철수",
    "محمد الأحمد": "الأحمد, محمد",
    "Иван Петров": "Петров, Иван",
    # no parts
    "Plato": "Plato",
    "The ATLAS Collaboration": "The ATLAS Collaboration",
    "Qwen Team": "Qwen Team",
    "Google DeepMind": "Google DeepMind",
    "Bank of England": "Bank of England",
    "Trees and Sons, Inc.": "Trees and Sons, Inc.",
    "A, B, C": "A, B, C",
    # the other way round
    "Goot, Rob van der": "Goot, Rob van der",
    "Daumé III, Hal": "Daumé III, Hal",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_has_a_family_name(name):
    assert split_name(name).family_first == NAMES[name]


@given(st.text(max_size=30))
def test_any_text_is_a_name_and_loses_no_letter(text):
    parts = "".join(split_name(text)).replace(",", "")
    assert sorted("".join(parts.split())) == sorted("".join(text.replace(",", "").split()))


@pytest.mark.parametrize(
    ("name", "example", "parts"),
    [
        ("Ana Garcia Lopez", "Garcia Lopez, Ana", ("Garcia Lopez", "Ana")),
        ("A. Garcia Lopez", "Garcia Lopez, Ana", ("Garcia Lopez", "A.")),
        ("R. van der Goot", "Goot, Rob van der", ("Goot", "R. van der")),
        ("Yao Ming", "Yao, Ming", ("Yao", "Ming")),
        ("Maps Unlimited", "Maps Unlimited", ("Maps Unlimited", "")),
        ("Ana Other", "Garcia Lopez, Ana", ("Other", "Ana")),
    ],
)
def test_another_spelling_is_split_alike(name, example, parts):
    assert split_alike(name, example) == Name(*parts)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("et al.", ""),
        ("Et al", ""),
        ("and others", ""),
        ("others", ""),
        ("…", ""),
        ("Doe, J., et. al.", "Doe, J."),
        ("Ada Example & others", "Ada Example"),
        ("Jane Others", "Jane Others"),
        ("Van Bet Al", "Van Bet Al"),
        ("Al Gore", "Al Gore"),
    ],
)
def test_what_says_that_a_list_goes_on_is_nobody(written, name):
    assert without_others(written) == name


def test_organizations_are_told_from_people():
    assert is_organization("The Map Team")
    assert not is_organization("Ada Example")
