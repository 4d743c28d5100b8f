"""Addresses in an abstract: found, trimmed, restored from mirrors, and classified by what they lead to."""

import pytest
from hypothesis import given

from helpers import nasty_texts
from regesta.content.fields import links as read_links
from regesta.sources.common.values import by_kind
from regesta.text.links import find_links, unmask


def found(text):
    return [link.url for link in find_links(unmask(text))]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Code is at https://github.com/ada/tool.", "https://github.com/ada/tool"),
        ("at https://github.com/ada/tool .", "https://github.com/ada/tool"),
        ("(see https://github.com/ada/tool).", "https://github.com/ada/tool"),
        ("https://a.example/x(y), and", "https://a.example/x(y)"),
        ("\\footnote{Code: https://github.com/ada/tool}", "https://github.com/ada/tool"),
        ("“https://github.com/ada/tool”", "https://github.com/ada/tool"),
        ("*https://github.com/ada/a_b*", "https://github.com/ada/a_b"),
        ("page: https://ada.github.io/x/{https://ada.github.io/x/}.", "https://ada.github.io/x/"),
        ("our site: muse.github.io", "https://muse.github.io"),
        ("in github.com/ada/tool, version 2", "https://github.com/ada/tool"),
        ("in www.github.com/ada/tool", "https://www.github.com/ada/tool"),
        ("http://ada.github.io for later", "http://ada.github.io"),
        ("https://hf-proxy-en5.pages.dev/ada/model,", "https://huggingface.co/ada/model"),
        ("https://b-61j.pages.dev/spaces/ada/demo", "https://huggingface.co/spaces/ada/demo"),
        ("https://hf-proxy-cf.effarig.site/collections/ada/x.", "https://huggingface.co/collections/ada/x"),
    ],
)
def test_an_address_is_found_without_the_sentence_around_it(text, url):
    assert found(text) == [url]


@pytest.mark.parametrize(
    "text",
    [
        "URLs like en.wikipedia.org or factquizmaster.com (fabricated)",
        "version 1.5.github is none",
        "https:// and http://.",
        "an e-mail to ada@ada.github.io",
        "https://[placeholder] and http://[::1",
        "https://℀.example/x",
    ],
)
def test_false_friends_are_not_addresses(text):
    assert found(text) == []


def test_a_host_that_only_resembles_a_mirror_stays():
    assert found("https://my-b-61j.pages.dev/x") == ["https://my-b-61j.pages.dev/x"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("https://github.com/ada/tool", {"code": "https://github.com/ada/tool"}),
        ("https://gitlab.com/ada/tool", {"code": "https://gitlab.com/ada/tool"}),
        (
            "https://huggingface.co/datasets/ada/corpus",
            {"data": "https://huggingface.co/datasets/ada/corpus"},
        ),
        ("https://huggingface.co/spaces/ada/demo", {"project": "https://huggingface.co/spaces/ada/demo"}),
        (
            "https://huggingface.co/papers/2410.21060",
            {"discussion": "https://huggingface.co/papers/2410.21060"},
        ),
        ("the weights: https://huggingface.co/ada/large", {"model": "https://huggingface.co/ada/large"}),
        ("our dataset is at https://huggingface.co/ada/large", {"data": "https://huggingface.co/ada/large"}),
        ("https://ada.github.io/tool/", {"project": "https://ada.github.io/tool/"}),
        ("hosted on https://github.com and https://huggingface.co/", {}),
        ("https://github.com/a/b https://github.com/a/b", {"code": "https://github.com/a/b"}),
        (
            "https://github.com/a/b, https://github.com/c/d",
            {"code": "https://github.com/a/b", "code-2": "https://github.com/c/d"},
        ),
    ],
)
def test_what_an_address_leads_to(text, kinds):
    assert by_kind(find_links(text)) == kinds


@given(nasty_texts(10))
def test_every_link_that_is_found_can_be_kept_in_a_paper_file(text):
    links = by_kind(find_links(unmask(text)))
    assert read_links(links) == links


@given(nasty_texts(10))
def test_links_stand_where_they_say(text):
    for link in find_links(text):
        assert link.url.endswith(text[link.start : link.end])


def test_what_no_paper_file_may_hold_is_left_out():
    text = f"https://a.example/{'x' * 2000} https://b.example/\u00adx " + " ".join(
        f"https://c.example/{number}" for number in range(2000)
    )
    links = by_kind(find_links(text))
    assert len(links) == 1000
    assert links["project"] == "https://c.example/0"
    assert read_links(links) == links


def test_brackets_and_doubled_addresses_of_any_number_are_taken_off():
    assert found("https://a.example/(b)" + ")]}" * 50_000) == ["https://a.example/(b)"]
    assert unmask("https://a.example/b{https://a.example/b}") == "https://a.example/b"
    assert unmask("https://a.example/b{https://c.example/}") == "https://a.example/b{https://c.example/}"
