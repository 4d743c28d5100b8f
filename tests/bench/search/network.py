"""Bytes that a browser with an empty cache fetches for its first query, and for a later one: Chromium on a local host.

python tests/bench/search/network.py DIR [--engines regesta] [--count 30]
"""

import json
import sys
from collections import Counter
from statistics import median, quantiles

from archives import HERE, Work
from host import BLANK, compressed_size, hosting
from ours import CLIENT, kind_of
from queries import options_of, queries_of

sys.path.insert(0, str(HERE.parents[1] / "site"))
from chromium import started

ENGINES = ("regesta", "pagefind", "minisearch", "lunr")
_QUIET = 50  # milliseconds
_PARTS = ("client", "terms", "results", "other")
_TYPE = """async (query) => {
  const field = document.querySelector("main input[name=q]");
  const shown = () => document.querySelectorAll("main ol > li").length;
  const until = async (done) => {
    for (const end = performance.now() + 10000; !done() && performance.now() < end; ) await new Promise((go) => setTimeout(go, 5));
  };
  for (const [text, done] of [["", () => !shown()], [query, shown]]) {
    if (field.value === text) continue;
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await until(done);
  }
  return shown();
}"""
_PAGEFIND = """async (query) => {
  window.pagefind ??= await import("/pagefind/pagefind.js");
  const { results } = await window.pagefind.search(query);
  return (await Promise.all(results.slice(0, 10).map((one) => one.data()))).length;
}"""


def part_of(path):
    """Return which of _PARTS a fetched file is; "page" for the page itself, its style and pictures."""
    kind = kind_of(path.lstrip("/"))
    if kind:
        return {"terms": "terms", "shards": "results"}.get(kind, "other")
    if path.startswith("/pagefind/") and "fragment" in path:
        return "results"
    if path.endswith((".js", ".mjs")) or "/wasm." in path:
        return "client"
    return "terms" if path.startswith("/pagefind/") else "page"


def measure(engine, host, browser, texts):
    """Return for each query two lists of files sent: for it as the first one, and for the next one after it."""
    page_address, script = ("search/", _TYPE) if engine == "regesta" else (BLANK[1:], _PAGEFIND)
    rows = []
    for number, text in enumerate(texts):
        with browser.new_context() as context:
            context.set_default_timeout(20_000)
            page = context.new_page()
            host.sent.clear()
            page.goto(host.address + page_address)
            _settle(page, host)
            found = page.evaluate(script, text)
            _settle(page, host)
            first = list(host.sent)
            page.evaluate(script, texts[(number + 1) % len(texts)])
            _settle(page, host)
            rows.append((first, host.sent[len(first) :]))
            if not found:
                sys.stderr.write(f"{engine}: nothing found for {text}\n")
    return rows


def _settle(page, host):
    """Wait until nothing has been fetched for a while."""
    before = -1
    while before != len(host.sent):
        before = len(host.sent)
        page.wait_for_timeout(_QUIET)


def summary(rows):
    """Return bytes by part of the first and the later query: median and 95th percentile, requests, with heads."""
    return {"first": _numbers([first for first, _ in rows]), "later": _numbers([later for _, later in rows])}


def _numbers(lists):
    by_part = [Counter() for _ in lists]
    for counts, sent in zip(by_part, lists, strict=True):
        for file in sent:
            counts[part_of(file.path)] += file.body
    mine = [[file for file in sent if part_of(file.path) != "page"] for sent in lists]
    total = [sum(file.body for file in sent) for sent in mine]
    return {
        "bytes": median(total),
        "bytes95": quantiles(total, n=20, method="inclusive")[18],
        "with heads": median(sum(file.body + file.head for file in sent) for sent in mine),
        "requests": median(map(len, mine)),
        "page": median(counts["page"] for counts in by_part),
        **{part: median(counts[part] for counts in by_part) for part in _PARTS},
    }


def whole(engine, work):
    """Return what a whole index costs: its library and its JSON, results' texts apart; then nothing more."""
    libraries = {"minisearch": "minisearch/dist/umd/index.js", "lunr": "lunr/lunr.min.js"}
    index = work.root / f"{engine}.json"
    if not index.exists():
        raise SystemExit(f"{index}: is not there: run quality.py first")
    client, terms = compressed_size(HERE / "node_modules" / libraries[engine]), compressed_size(index)
    nothing = dict.fromkeys(("bytes", "bytes95", "with heads", "requests", "page", *_PARTS), 0)
    first = nothing | {
        "bytes": client + terms,
        "bytes95": client + terms,
        "with heads": client + terms,
        "requests": 2,
        "client": client,
        "terms": terms,
    }
    return {"first": first, "later": nothing}


def table(results):
    """Return a row for each search and query, in KB of 1,000 bytes."""
    head = (
        "",
        "query",
        "KB p50",
        "p95",
        "with heads",
        "requests",
        *(f"{part} KB" for part in _PARTS),
        "(page KB)",
    )
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for engine, found in results.items():
        for query, one in found.items():
            sizes = (one["bytes"], one["bytes95"], one["with heads"])
            cells = [
                engine,
                query,
                *map(_kb, sizes),
                f"{one['requests']:.0f}",
                *(_kb(one[part]) for part in _PARTS),
                _kb(one["page"]),
            ]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _kb(size):
    return f"{size / 1000:,.1f}"


def folders_of(options):
    """Return what the host serves: the site, Pagefind's index of it, and our modules one by one."""
    work = Work(options.work.resolve())
    return {
        "/pagefind/": work.pagefind,
        "/engine/": (options.client or CLIENT).resolve(),
        "/": (options.site or work.site).resolve(),
    }


def main():
    """Read the arguments, measure, print the table."""
    parser = options_of("Bytes that a browser fetches for a query.")
    parser.set_defaults(count=30, sets=("title",))
    parser.add_argument(
        "--engines", nargs="+", choices=ENGINES, default=ENGINES, help="which searches (default: all)"
    )
    options = parser.parse_args()
    texts = [query["text"] for query in queries_of(options)]
    results = {}
    with hosting(folders_of(options)) as host, started() as browser:
        for engine in options.engines:
            if engine in ("minisearch", "lunr"):
                results[engine] = whole(engine, Work(options.work))
            else:
                results[engine] = summary(measure(engine, host, browser, texts))
    (options.work / "network.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    sys.stdout.write(f"{table(results)}\n")


if __name__ == "__main__":
    main()
