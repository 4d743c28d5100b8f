"""`regesta check` finds each way to spoil a site, and reports how to mend it."""

import json
import os
import shutil

import pytest

from helpers import FIXTURES, clone
from regesta.checking.built_site import load_site
from regesta.checking.check import check
from regesta.checking.findings import REPORTED
from regesta.cli import main

URL = "https://example.org/lab/"
PAGE = "papers/folds/index.html"


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Return the built site of the tiny archive: nothing is wrong with it."""
    root = clone(FIXTURES / "archive", tmp_path_factory.mktemp("check") / "archive")
    main(["build", "--root", str(root)])
    return root / "site"


@pytest.fixture
def site(built, tmp_path):
    """Return a copy of the site to spoil."""
    return clone(built, tmp_path / "site")


def told(site):
    """Return the problems as a curator reads them, without that of the changed file itself."""
    return [str(problem) for problem in check(site).problems if "was changed since" not in problem.what]


def swap(site, path, old, new):
    text = (site / path).read_text(encoding="utf-8")
    assert old in text
    (site / path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def add(site, html, path=PAGE):
    swap(site, path, "</main>", f"{html}</main>")


def test_nothing_is_wrong_with_what_regesta_builds(built, capsys):
    assert main(["check", "--output", str(built)]) == 0
    assert "0 problems" in capsys.readouterr().out


def test_problems_are_reported_and_end_with_status_1(site, capsys):
    add(site, '<p><a href="/lab/gone/">x</a>')
    assert main(["check", "--output", str(site)]) == 1
    shown = capsys.readouterr()
    assert f"{PAGE}:" in shown.err
    assert "/lab/gone/ leads nowhere" in shown.err
    assert "2 problems (files 1, links 1)" in shown.out


def test_a_folder_without_a_site_is_refused(tmp_path, capsys):
    assert main(["check", "--root", str(tmp_path)]) == 2
    assert "run `regesta build` first" in capsys.readouterr().err


def test_scripts_get_all_figures(site, capsys):
    (site / "mine.txt").write_text("mine")
    main(["check", "--output", str(site), "--json"])
    figures = json.loads(capsys.readouterr().out)
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    assert (figures["files"], figures["bytes"], figures["foreign"]) == (len(sizes), sum(sizes), 1)
    assert figures["pages"] == len(list(site.rglob("*.html")))
    assert figures["biggest"]["index.html"] == (site / "index.html").stat().st_size
    assert figures["host"]["name"] == "GitHub Pages"
    assert (figures["wrong"], figures["problems"]) == ({}, [])
    add(site, '<p>\n<a href="/lab/gone/">')
    main(["check", "--output", str(site), "--json"])
    figures = json.loads(capsys.readouterr().out)
    assert figures["wrong"] == {"files": 1, "links": 1}
    assert figures["problems"][1]["what"] == "/lab/gone/ leads nowhere"
    assert figures["problems"][1]["line"] > 1


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ('<a href="/lab/gone/">', "/lab/gone/ leads nowhere"),
        ("<a href=/lab/gone/?q=1#x>", "/lab/gone/?q=1#x leads nowhere"),
        ('<a href="../gone/">', "../gone/ leads nowhere"),
        ('<a href="https://example.org/lab/gone/">', "https://example.org/lab/gone/ leads nowhere"),
        ('<img src="/lab/gone.png" alt="">', "/lab/gone.png leads nowhere"),
        ('<meta property="og:image" content="https://example.org/lab/gone.png">', "gone.png leads nowhere"),
        ('<meta http-equiv="refresh" content="0; url=/lab/gone/">', "/lab/gone/ leads nowhere"),
        ('<object data="/lab/gone.svg">', "/lab/gone.svg leads nowhere"),
        ('<a href="/lab/tags">', "/lab/tags leads to a folder: it lacks the slash at its end"),
        ('<a href="/tags/">', "/tags/ leads out of the site's base path /lab/"),
        ('<a href="../../../tags/">', "../../../tags/ leads out of the site's base path"),
        ('<a href="#nowhere">', "#nowhere leads to a place that its page does not have"),
        ('<a href="/lab/#nowhere">', "/lab/#nowhere leads to a place that its page does not have"),
        ('<a href="https://[x">', "https://[x is not an address"),
    ],
)
def test_links_that_lead_nowhere(site, html, what):
    add(site, html)
    assert [what in problem for problem in told(site)] == [True]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://elsewhere.example/gone/">',
        '<a href="//elsewhere.example/gone/">',
        '<a href="https://example.org/another-site/">',
        '<a href="mailto:a@example.org">',
        '<a href="javascript:void(0)">',
        '<a href="">',
        '<a href="#">',
        '<a href="#top">',
        '<a href="?q=x">',
        '<a href=" /lab/tags/ ">',
        '<a href="/lab/papers/%66olds/">',
        '<a href="/lab/papers/../tags/">',
        '<a href="https://example.org/lab/papers/../tags/">',
        '<a href="../zebra/#content:~:text=zebra">',
        '<a id="ä b"></a><a href="#%C3%A4%20b">',
        '<a name="old-style"></a><a href="#old-style">',
        '<!-- <a href="/lab/gone/"> -->',
        '<script>"<a href=/lab/gone/>"</script>',
        '<p title="<a href=/lab/gone/>">',
        '&lt;a href="/lab/gone/"&gt;',
    ],
)
def test_links_that_lead_somewhere(site, html):
    add(site, html)
    assert told(site) == []


def test_links_lead_from_where_the_page_says(site):
    (site / "mine.html").write_text(
        '<title>Mine</title><base href="/lab/tags/"><a href="maps/"></a><a href="gone/"></a>'
    )
    assert ["gone/ leads nowhere" in problem for problem in told(site)] == [True]


def test_a_link_that_all_pages_have_is_reported_once(site):
    for page in site.rglob("*.html"):
        page.write_text(page.read_text().replace("</body>", '<a href="/lab/gone/">x</a></body>'))
    pages = len(list(site.rglob("*.html")))
    [problem] = told(site)
    assert f"/lab/gone/ leads nowhere, here and {pages - 1} times more" in problem


def test_a_problem_names_its_line(site):
    (site / "mine.html").write_text('<title>Mine</title>\n<p id="a">\n<a href="gone"></a>\n<p id="a">\n')
    assert [problem.partition(" ")[0] for problem in told(site)] == ["mine.html:3:", "mine.html:4:"]


def test_many_problems_of_a_kind_are_counted_and_some_reported(site):
    add(site, "".join(f'<a href="/lab/gone/{number}/">' for number in range(3 * REPORTED)))
    findings = check(site)
    assert findings.wrong["links"] == 3 * REPORTED
    assert len([problem for problem in findings.problems if "leads nowhere" in problem.what]) == REPORTED
    assert "more problems with links were found than are reported here: mend these first" in findings.notes


def test_an_id_that_a_page_has_twice(site):
    add(site, '<p id="a"></p><p id="a"></p><p id="b"></p>')
    add(site, '<p id="a"></p><p id="b"></p><p ID=a></p>', "index.html")
    assert ["has the id 'a' twice, like 1 other page" in problem for problem in told(site)] == [True]


def test_pages_with_one_title_are_reported(site):
    title = "<title>Tags · Papers &amp; Maps</title>"
    swap(site, "dates/index.html", "<title>Dates · Papers &amp; Maps</title>", title)
    [problem] = told(site)
    assert problem.startswith(
        "dates/index.html: has the title 'Tags · Papers & Maps', like tags/index.html: "
    )


def test_papers_with_one_title_are_only_noted(site):
    text = (site / PAGE).read_text()
    title = text[text.index("<title>") : text.index("</title>")]
    other = (site / "papers/zebra/index.html").read_text()
    swap(site, "papers/zebra/index.html", other[other.index("<title>") : other.index("</title>")], title)
    findings = check(site)
    assert "titles" not in findings.wrong
    assert any(
        "papers/folds/index.html, papers/zebra/index.html share the title" in note for note in findings.notes
    )


def test_drawings_may_have_titles_and_pages_for_no_search_engine_any(site):
    swap(site, "404.html", "<title>", "<title>Tags · Papers &amp; Maps</title><title>")
    add(site, "<svg><title>Tags · Papers &amp; Maps</title></svg>")
    assert told(site) == []


def test_a_canonical_address_of_another_page(site):
    swap(
        site, PAGE, f'rel="canonical" href="{URL}papers/folds/"', f'rel="canonical" href="{URL}papers/zebra/"'
    )
    assert [
        f"{PAGE}: names {URL}papers/zebra/ as its canonical address, but its own is {URL}papers/folds/"
        in told(site)[0]
    ] == [True]


def test_a_page_that_sends_on_names_the_other_as_canonical(site):
    swap(
        site, PAGE, f'rel="canonical" href="{URL}papers/folds/"', f'rel="canonical" href="{URL}papers/zebra/"'
    )
    swap(site, PAGE, "<head>", '<head><meta name="robots" content="noindex">')
    assert told(site) == [
        f"sitemap.xml: {URL}papers/folds/ is closed to search engines by noindex: mend it where it is made: crawlers go by it"
    ]


def test_an_address_where_nothing_is_published_is_noted(site):
    assert any(f"built for {URL}: before you publish" in note for note in check(site).notes)
    for page in site.rglob("*.html"):
        page.write_text(page.read_text().replace("https://example.org/", "https://lab.example/"))
    assert not any("before you publish" in note for note in check(site).notes)


def test_without_a_canonical_address_links_are_looked_at_all_the_same(site):
    swap(site, "index.html", '<link rel="canonical"', '<link rel="start"')
    for page in site.rglob("*.html"):
        page.write_text(page.read_text().replace('"/lab/', '"/'))
    add(site, '<a href="/gone/">')
    findings = check(site)
    assert "index.html names no canonical address" in findings.notes[0]
    assert [
        "/gone/ leads nowhere" in str(problem)
        for problem in findings.problems
        if "changed" not in problem.what
    ]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("</item>", "</itm>", "feed.xml:19: is not XML (mismatched tag)"),
        ("<channel>", "<!DOCTYPE rss [<!ENTITY a 'b'>]><channel>", "feed.xml:3: declares a document type"),
        ('version="2.0"', 'version="0.9"', "feed.xml: is not RSS 2.0"),
        (
            "<description>Twelve invented papers on maps, trees and tides.</description>",
            "",
            "feed.xml: lacks a <description>",
        ),
        (
            f"<link>{URL}papers/zebra/</link>",
            "<link>/lab/papers/zebra/</link>",
            f"names /lab/papers/zebra/, which is not an address below {URL}",
        ),
        (
            f"<link>{URL}papers/zebra/</link>",
            f"<link>{URL}papers/gone/</link>",
            f"names {URL}papers/gone/, which leads nowhere",
        ),
        (f'href="{URL}feed.xml"', f'href="{URL}rss.xml"', f"names {URL}rss.xml, which leads nowhere"),
        (
            ":papers/zebra/</guid>",
            ":papers/lantern/</guid>",
            "has the guid tag:regesta.invalid,2026:papers/lantern/ 2 times",
        ),
        ("00:28:09 GMT</pubDate>", "00:99:09 GMT</pubDate>", "which is not a date by RFC 822"),
        (
            "Mon, 23 Nov 2026 00:28:09 GMT</pubDate>",
            "Tue, 24 Nov 2026 00:28:09 GMT</pubDate>",
            "not in the order of their dates",
        ),
    ],
)
def test_faults_of_feeds(site, old, new, what):
    swap(site, "feed.xml", old, new)
    assert [what in problem for problem in told(site)] == [True]


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("atom.xml", "</entry>", "</entri>", "is not XML (mismatched tag)"),
        ("atom.xml", "<title>Zebras Crossing</title>", "", "atom.xml: lacks an <title>"),
        ("atom.xml", ":papers/zebra/</id>", ":papers/lantern/</id>", "papers/lantern/ 2 times"),
        (
            "atom.xml",
            f'html" href="{URL}papers/zebra/',
            f'html" href="{URL}papers/gone/',
            "which leads nowhere",
        ),
        ("feed.json", '"items":[', '"items":[7,', "feed.json: is not a JSON feed"),
        ("feed.json", '"title":"Papers & Maps"', '"title":""', "feed.json: lacks 'title'"),
        ("feed.json", "2026:papers/zebra/", "2026:papers/lantern/", "papers/lantern/ 2 times"),
        ("feed.json", f'"url":"{URL}papers/zebra/"', f'"url":"{URL}papers/gone/"', "which leads nowhere"),
        (
            "feed.json",
            '"id":"tag:regesta.invalid,2026:papers/zebra/"',
            '"id":""',
            "has 1 items without id or content",
        ),
        ("feed.json", '"items":[', '"items":{', "feed.json:"),
    ],
)
def test_faults_of_atom_and_json_feeds(site, name, old, new, what):
    swap(site, name, old, new)
    assert [what in problem for problem in told(site)] == [True]


@pytest.mark.parametrize(
    ("path", "old", "new", "what"),
    [
        (
            "sitemap.xml",
            f"<loc>{URL}papers/zebra/</loc>",
            f"<loc>{URL}papers/gone/</loc>",
            f"sitemap.xml: {URL}papers/gone/ leads nowhere",
        ),
        (
            "sitemap.xml",
            f"<loc>{URL}papers/zebra/</loc>",
            "<loc>https://other.example/</loc>",
            f"https://other.example/ is not an address below {URL}",
        ),
        (
            "sitemap.xml",
            f"<loc>{URL}papers/zebra/</loc>",
            f"<loc>{URL}papers/folds/</loc>",
            f"{URL}papers/folds/ is listed twice",
        ),
        (
            "sitemap.xml",
            f"<url><loc>{URL}papers/zebra/</loc>",
            "<url>",
            "papers/zebra/index.html: is not in the sitemap",
        ),
        ("sitemap.xml", "<lastmod>2026", "<lastmod>26", "which is not a date by ISO 8601"),
        ("sitemap.xml", "</urlset>", "", "sitemap.xml:"),
        ("sitemap.xml", "urlset", "places", "sitemap.xml: is not a sitemap"),
        (PAGE, 'rel="canonical"', 'rel="start"', f"{URL}papers/folds/ names no canonical address"),
        (
            "robots.txt",
            "sitemap.xml",
            "gone.xml",
            f"robots.txt: names the sitemap {URL}gone.xml, which is not a file of this site",
        ),
        ("robots.txt", URL, "https://other.example/", "names the sitemap https://other.example/sitemap.xml"),
        ("robots.txt", "Sitemap:", "#", "robots.txt: names no sitemap"),
    ],
)
def test_faults_of_sitemap_and_robots(site, path, old, new, what):
    swap(site, path, old, new)
    assert any(what in problem for problem in told(site)), told(site)


def test_a_sitemap_in_parts(site):
    whole = (site / "sitemap.xml").read_text()
    entries = whole.splitlines()[2:-1]
    frame = whole.replace("\n".join(entries), "{}")
    halves = sorted(
        (entries[1::2], entries[::2]), key=lambda half: f"<loc>{URL}venues/<" not in "".join(half)
    )
    for number, part in enumerate(halves, 1):
        (site / f"sitemap-{number}.xml").write_text(frame.format("\n".join(part)))
    places = "".join(f"<sitemap><loc>{URL}sitemap-{number}.xml</loc></sitemap>" for number in (1, 2))
    (site / "sitemap.xml").write_text(frame.replace("urlset", "sitemapindex").format(places))
    assert told(site) == []
    swap(site, "sitemap.xml", "sitemap-2", "sitemap-3")
    swap(site, "sitemap-1.xml", f"{URL}venues/", f"{URL}gone/")
    problems = told(site)
    assert f"sitemap.xml: {URL}sitemap-3.xml is not a file of this site" in problems[0]
    assert any(problem.startswith(f"sitemap-1.xml: {URL}gone/ leads nowhere") for problem in problems)
    assert any(problem.startswith("venues/index.html: is not in the sitemap") for problem in problems)


@pytest.mark.parametrize(
    ("path", "old", "new", "what"),
    [
        ("manifest.webmanifest", "}", "", "manifest.webmanifest:"),
        (
            "manifest.webmanifest",
            "/lab/icon.svg",
            "/lab/gone.svg",
            "names /lab/gone.svg, which leads nowhere",
        ),
        ("manifest.webmanifest", '"start_url": "/lab/"', '"start_url": "/"', "names /, which leads nowhere"),
        (
            "manifest.webmanifest",
            '"scope": "/lab/"',
            '"scope": "/"',
            "has the scope /, which is not below /lab/",
        ),
        ("manifest.webmanifest", '"src"', '"source"', "lacks something that it needs"),
        (
            "search/manifest.json",
            '"blocks":"',
            '"blocks":"nobody',
            "names search/base/terms/nobody.txt, which is missing",
        ),
        ("search/manifest.json", '"words":"', '"words":"gone', "which is missing"),
        ("search/manifest.json", '"documents":12', '"documents":13', "counts 13 papers, and shows 12"),
        ("search/manifest.json", '"shards"', '"shreds"', "lacks something that it needs"),
        ("search/manifest.json", '{"format":4', '["format",4', "search/manifest.json:1: is not JSON"),
    ],
)
def test_faults_of_data(site, path, old, new, what):
    swap(site, path, old, new)
    assert [what in problem for problem in told(site)] == [True]


def test_search_finds_no_paper_that_is_gone(site):
    shutil.rmtree(site / "papers/zebra")
    assert any(
        "search/manifest.json: finds /papers/zebra/, which leads nowhere" in problem for problem in told(site)
    )


def test_json_of_any_shape_does_not_stop_the_check(site):
    for text in (
        "[]",
        "1",
        "null",
        '"x"',
        "{}",
        '{"format": 2, "layers": 5}',
        "[" * 100_000,
        "\udcff",
        '{"icons": [1]}',
        '{"start_url": "https://[x"}',
    ):
        for name in ("manifest.webmanifest", "search/manifest.json"):
            (site / name).write_text(text, encoding="utf-8", errors="surrogateescape")
        assert all(problem.startswith(("manifest.webmanifest", "search/")) for problem in told(site))


def test_files_that_somebody_changed_or_took_away(site):
    (site / "icon.svg").write_text("<svg/>")
    (site / "icon-192.png").unlink()
    (site / "mine.txt").write_text("mine")
    findings = check(site)
    problems = [str(problem) for problem in findings.problems]
    assert "icon.svg: was changed since it was built: make it again with `regesta build --full`" in problems
    assert "icon-192.png: is missing: make it again with `regesta build --full`" in problems
    assert not any("mine.txt" in problem for problem in problems)
    assert findings.foreign == 1
    assert "(1 not made by Regesta)" in findings.summary()


def test_a_manifest_that_is_gone_or_broken(site):
    (site / ".regesta.json").write_text("{")
    assert [problem.partition(":")[0] for problem in told(site)] == [".regesta.json"]
    (site / ".regesta.json").unlink()
    findings = check(site)
    assert (findings.problems, findings.foreign) == ([], None)
    assert any("were not compared" in note for note in findings.notes)


def test_more_than_the_host_allows(site):
    with (site / "film.mp4").open("wb") as file:
        file.truncate(101 * 2**20)  # takes no room on the disk
    assert any(
        problem.startswith("film.mp4: has 105.9 MB: GitHub Pages does not accept files above 104.9 MB")
        for problem in told(site)
    )
    with (site / "film.mp4").open("wb") as file:
        file.truncate(950 * 10**6)
    assert any("near" in note for note in check(site).notes)
    with (site / "film.mp4").open("wb") as file:
        file.truncate(10**9)
    assert any("1.00 GB of the 1.00 GB that GitHub Pages allows" in problem for problem in told(site))


def test_what_is_not_a_file_of_the_site_is_ignored(site):
    (site / ".git/objects").mkdir(parents=True)
    (site / ".git/objects/page.html").write_text('<a href="/gone/">')
    (site / "loop").symlink_to(site)
    (site / "nowhere.html").symlink_to("gone")
    os.mkfifo(site / "pipe.html")
    assert told(site) == []
    assert check(site).foreign == 0


def test_pages_of_any_bytes_do_not_stop_the_check(site):
    pages = [
        b"",
        b"\xff\xfe<\x00a\x00",
        b"\x00" * 1000,
        b"<",
        b"<a href",
        b'<a href="',
        b"<!--",
        "\ufeff<p id=a>".encode(),
        b'<base href="http://[">',
    ]
    for number, data in enumerate(pages):
        (site / f"odd-{number}.html").write_bytes(data)
    assert told(site) == []


def test_a_pdf_that_scholar_does_not_read_is_noted(site):
    (site / "papers/folds/paper.pdf").write_bytes(b"x" * 5_000_001)
    (site / "papers/folds/slides.PDF").write_bytes(b"x" * 5_000_000)
    assert [note for note in check(site).notes if "PDF" in note] == [
        "papers/folds/paper.pdf: has 5.0 MB: Google Scholar does not read PDFs above 5.0 MB"
    ]


@pytest.fixture
def meanwhile(monkeypatch):
    """Let something happen after the pages were read, and before the other files are."""

    def let(happen):
        def load(folder):
            site = load_site(folder)
            happen(folder)
            return site

        monkeypatch.setattr("regesta.checking.check.load_site", load)

    return let


def test_a_file_that_vanishes_meanwhile_is_named(site, meanwhile, capsys):
    meanwhile(lambda folder: (folder / "feed.xml").unlink())
    assert main(["check", "--output", str(site), "--json"]) == 2
    output = capsys.readouterr()
    assert "feed.xml: cannot be read (no such file or directory): see that it can be" in output.err
    assert len(json.loads(output.out)["problems"]) == 1


def test_a_site_that_is_built_meanwhile_is_not_judged(site, meanwhile, capsys):
    meanwhile(lambda folder: os.utime(folder / ".regesta.json", ns=(1, 1)))
    assert main(["check", "--output", str(site)]) == 2
    assert capsys.readouterr().err == f"{site}: was built again while it was checked: check it again\n"


def test_a_link_to_itself_is_not_a_file_either(site):
    (site / "loop.html").symlink_to("loop.html")
    assert told(site) == []
    assert check(site).foreign == 0


def test_large_archives_are_told_of_lean_ones(site, monkeypatch):
    """Above so many papers, as long as lists have bibliographies; nothing is said of smaller or lean ones."""
    assert not any("outputs: lean" in note for note in check(site).notes)
    monkeypatch.setattr("regesta.checking.limits._LARGE", 2)
    assert any("outputs: lean" in note for note in check(site).notes)
