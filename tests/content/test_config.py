"""Settings: typed; all errors are reported at once, with their lines."""

import json
from base64 import b64decode
from dataclasses import fields
from hashlib import sha256

import pytest

from regesta.content.config import Config, load_config
from regesta.content.saved_searches import SavedSearch
from regesta.errors import RegestaError
from regesta.search.query import mistakes


@pytest.fixture
def settings(tmp_path):
    """Return a function that reads a text (or bytes) as archive.yaml."""
    content = tmp_path / "content"
    content.mkdir()

    def read(text, url=""):
        data = text if isinstance(text, bytes) else text.encode()
        (content / "archive.yaml").write_bytes(data)
        return load_config(content, url, mistakes)

    return read


def complaints(settings, text, url=""):
    with pytest.raises(RegestaError) as caught:
        settings(text, url)
    assert caught.value.status == 2
    return [str(problem) for problem in caught.value.problems]


def test_a_title_is_enough(settings):
    config = settings("title: Our papers\n")
    assert config == Config(title="Our papers")
    assert (config.language, config.theme, config.base_path) == ("en", "default", "/")


def test_values_are_typed_by_their_key(settings):
    config = settings("title: 2410.21060\nlanguage: no\npage_size: 40\ndescription: |\n  Two\n  lines\n")
    assert (config.title, config.language, config.page_size, config.description) == (
        "2410.21060",
        "no",
        40,
        "Two lines",
    )


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbftitle: Our papers\r\npage_size: 3\r\n",
        b"# a comment\ntitle: Our papers\npage_size: '3'\n",
    ],
)
def test_files_of_any_editor_are_read(settings, data):
    assert (settings(data).title, settings(data).page_size) == ("Our papers", 3)


@pytest.mark.parametrize(
    ("url", "base", "link", "full"),
    [
        ("https://example.org", "/", "/tags/", "https://example.org/tags/"),
        ("https://example.org/my-repo/", "/my-repo/", "/my-repo/tags/", "https://example.org/my-repo/tags/"),
        ("http://example.org:8000/a/b", "/a/b/", "/a/b/tags/", "http://example.org:8000/a/b/tags/"),
    ],
)
def test_addresses_live_under_the_base_path(settings, url, base, link, full):
    config = settings(f"title: a\nurl: {url}\n")
    assert (config.base_path, config.href("/tags/"), config.absolute("/tags/")) == (base, link, full)


@pytest.mark.parametrize(
    ("url", "patterns"),
    [
        ("https://example.org/", ["/", "/*/"]),
        ("https://example.org/a+b(c)&d/", ["/a\\+b\\(c\\)&d/", "/a\\+b\\(c\\)&d/*/"]),
    ],
)
def test_browsers_may_fetch_pages_below_the_base_path_and_the_policy_knows_these_rules(
    settings, url, patterns
):
    config = settings(f"title: a\nurl: {url}\n")
    assert json.loads(config.prefetch)["prefetch"][0]["where"] == {"href_matches": patterns}
    assert not {*config.prefetch} & {*"<>&"}
    assert b64decode(config.prefetch_hash) == sha256(config.prefetch.encode()).digest()


@pytest.mark.parametrize(
    ("text", "is_lean"), [("", False), ("outputs: full\n", False), ("outputs: lean\n", True)]
)
def test_an_archive_is_lean_if_its_curator_says_so(settings, text, is_lean):
    assert settings(f"title: a\n{text}").is_lean is is_lean


def test_the_command_line_overrides_the_url(settings):
    assert settings("title: a\nurl: https://example.org/a/\n", "https://example.org/b").base_path == "/b/"
    assert complaints(settings, "title: a\n", "ftp://x") == [
        "--url: 'ftp://x' cannot be used: write a full address without ? and #, as https://lab.example.org/papers/"
    ]


def test_every_problem_is_named_at_once(settings):
    text = "# settings\ntitel: Papers\nurl: here\n\npage_size: many\nlanguage: [en]\ntheme: ../up\nsource_url: x\nnonsense: true\n"
    known = [field.name for field in fields(Config) if field.name not in ("whole_index", "subscribe_mail")]
    assert complaints(settings, text) == [
        "content/archive.yaml:2: `titel` is not a known key: did you mean `title`?",
        "content/archive.yaml:3: `url` cannot be read: write a full address without ? and #, as https://lab.example.org/papers/",
        "content/archive.yaml:5: `page_size` cannot be read: write a whole number from 1 to 9999",
        "content/archive.yaml:6: `language` cannot be read: write text here, not a list",
        "content/archive.yaml:7: `theme` cannot be read: use letters, digits and dashes",
        "content/archive.yaml:8: `source_url` cannot be read: write a full address without ? and #, as https://lab.example.org/papers/",
        f"content/archive.yaml:9: `nonsense` is not a known key: known keys are {', '.join(known)}, subscribe, search",
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "content/archive.yaml:1: has no title: add a line `title: …`"),
        ("page_size: 3\n", "content/archive.yaml:1: has no title: add a line `title: …`"),
        ("# mine\ntitle:\n", "content/archive.yaml:2: `title` is empty: write one"),
        ("title: [a]\n", "content/archive.yaml:1: `title` cannot be read: write text here, not a list"),
        ("title: a\npage_size: 0\n", "content/archive.yaml:2: `page_size` cannot be read: write a whole number from 1 to 9999"),
        ("title: a\nurl: https://example.org/?q=1\n", "content/archive.yaml:2: `url` cannot be read: write a full address without ? and #, as https://lab.example.org/papers/"),
        ("title: a\nurl: https://[x/\n", "content/archive.yaml:2: `url` cannot be read: write a full address without ? and #, as https://lab.example.org/papers/"),
        ("title: a\ntitle: b\n", "content/archive.yaml:2: has the key `title` twice: mend the YAML"),
        ("title: a\n  b: c\n", "content/archive.yaml:2: is not valid YAML (mapping values are not allowed in this context; quotes make a text of what holds a colon): mend the YAML"),
        ("- title\n", "content/archive.yaml:1: is not a list of `key: value` lines: mend the YAML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(settings, text, complaint):
    assert complaints(settings, text) == [complaint]


def test_a_file_that_is_no_text_is_named(settings):
    assert complaints(settings, b"title: \xff\n")[0].startswith("content/archive.yaml:1: ")


def test_a_missing_file_says_how_to_begin(tmp_path):
    with pytest.raises(RegestaError) as caught:
        load_config(tmp_path)
    assert (
        "is not a file that can be read: run `regesta new DIR` for a new archive, or name another with --root"
        in str(caught.value)
    )


def test_settings_may_stand_below_each_other(settings):
    assert settings("title: a\nsearch: {whole_index: true}\n").whole_index is True
    assert settings("title: a\nsearch:\n  whole_index: no\n").whole_index is False
    assert settings("title: a\nsearch:\nsearches:\n") == Config(title="a")


def test_searches_are_saved_in_their_order(settings):
    text = "title: a\nsearches:\n  wind:\n    title: Strong  wind\n    query: 'tag:kites \"strong wind\"'\n    description: What flies.\n  2024: {title: '2024', query: 'year:2024'}\n"
    assert settings(text).searches == (
        SavedSearch("wind", "Strong wind", 'tag:kites "strong wind"', "What flies."),
        SavedSearch("2024", "2024", "year:2024"),
    )


def test_every_mistake_below_another_key_is_named_at_once(settings):
    text = """\
title: a
search: {whole_indx: true}
searches:
  wind:
    titel: Wind
    query: colour:red
  Kites:
    title: [a]
    query: year:soon -
  bare: wind
  empty: {title: "", query: ""}
page_size: many
"""
    assert complaints(settings, text) == [
        "content/archive.yaml:2: `search.whole_indx` is not a known key: did you mean `whole_index`?",
        "content/archive.yaml:5: `searches.wind.titel` is not a known key: did you mean `title`?",
        "content/archive.yaml:6: `searches.wind.query` has the unknown field `colour:`: fields are title, abstract, author, org, venue, tag, keyword, collection, year and has; in quotes it is text",
        "content/archive.yaml:7: `searches.Kites` cannot be a name: use a-z, 0-9 and dashes",
        "content/archive.yaml:8: `searches.Kites.title` cannot be read: write text here, not a list",
        "content/archive.yaml:9: `searches.Kites.query` cannot read the years `soon`: write 2025, 2024..2025, 2024.. or ..2025",
        "content/archive.yaml:9: `searches.Kites.query` asks for nothing with `-`: write words, or field:word",
        "content/archive.yaml:10: `searches.bare` cannot be read: write {title: …, query: …}, and perhaps description",
        "content/archive.yaml:11: `searches.empty.title` is empty: write one",
        "content/archive.yaml:11: `searches.empty.query` asks for nothing: write words that are not too common, or field:word",
        "content/archive.yaml:12: `page_size` cannot be read: write a whole number from 1 to 9999",
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("search: true\n", "content/archive.yaml:2: `search` cannot be read: write {whole_index: …}"),
        (
            "search: {whole_index: maybe}\n",
            "content/archive.yaml:2: `search.whole_index` cannot be read: write true or false",
        ),
        (
            "search: {whole_index: [true]}\n",
            "content/archive.yaml:2: `search.whole_index` cannot be read: write text here, not a list",
        ),
        (
            "searches: [wind]\n",
            "content/archive.yaml:2: `searches` cannot be read: write each below its name, with `title: …` and `query: …`",
        ),
        ("whole_index: true\n", "content/archive.yaml:2: `whole_index` is not a known key: known keys are"),
    ],
)
def test_settings_stand_where_they_belong(settings, text, complaint):
    assert complaints(settings, f"title: a\n{text}")[0].startswith(complaint)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example//b.example/",
        "https://a.example/b/../../c",
        "https://a.example/\\\\b",
        "https://a.example/\\u202eb",
        "https://a.example/\\x01",
        "https://a.example:99999/",
    ],
)
def test_an_address_that_leads_elsewhere_is_refused(settings, url):
    assert complaints(settings, f'title: a\nurl: "{url}"\n')[0].startswith(
        "content/archive.yaml:2: `url` cannot be read"
    )


@pytest.mark.parametrize("language", ["en", "pt-BR", "zh-Hant-TW"])
def test_a_language_is_named_as_browsers_know_it(settings, language):
    assert settings(f"title: a\nlanguage: {language}\n").language == language


@pytest.mark.parametrize("language", ["en_US", "../en", "e"])
def test_what_browsers_take_for_no_language_is_refused(settings, language):
    assert complaints(settings, f"title: a\nlanguage: {language}\n") == [
        "content/archive.yaml:2: `language` cannot be read: write a language as en or pt-BR"
    ]
