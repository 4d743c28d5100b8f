"""How long a query takes whose files the browser has: each is asked in Chromium once untimed, then five times; the median counts.

python tests/bench/search/latency.py DIR [--sets title typo cut] [--count 100]
"""

import json
import sys
from statistics import quantiles

from archives import HERE
from host import BLANK, hosting
from network import folders_of
from queries import options_of, queries_of

sys.path.insert(0, str(HERE.parents[1] / "site"))
from chromium import started

ENGINES = ("regesta", "pagefind")
_ASK = """async (texts) => {
  const medians = [];
  for (const text of texts) {
    await window.ask(text);
    const times = [];
    for (let round = 0; round < 5; round++) {
      const start = performance.now();
      await window.ask(text);
      times.push(performance.now() - start);
    }
    medians.push(times.sort((a, b) => a - b)[2]);
  }
  return medians;
}"""
_STARTS = {
    "regesta": """async () => {
      const { searchOver } = await import("/engine/engine.js");
      const { httpRead } = await import("/engine/transport.js");
      const search = searchOver(httpRead("/search/"));
      window.ask = (text) => search({ text, count: 10 });
    }""",
    "pagefind": """async () => {
      const pagefind = await import("/pagefind/pagefind.js");
      window.ask = async (text) => Promise.all((await pagefind.search(text)).results.slice(0, 10).map((one) => one.data()));
    }""",
}


def measure(engine, host, browser, queries):
    """Return the milliseconds of every query by its set."""
    times = {}
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(0)
        page.goto(host.address + BLANK[1:])
        page.evaluate(_STARTS[engine])
        for name in dict.fromkeys(query["set"] for query in queries):
            texts = [query["text"] for query in queries if query["set"] == name]
            times[name] = page.evaluate(_ASK, texts)
    return times


def summary(times):
    """Return median, 95th percentile and maximum by set, and of all together."""
    everything = {**times, "all": [one for row in times.values() for one in row]}
    return {name: _numbers(row) for name, row in everything.items()}


def _numbers(times):
    cuts = quantiles(times, n=20, method="inclusive")
    return {"queries": len(times), "ms": cuts[9], "ms95": cuts[18], "longest": max(times)}


def table(results):
    """Return a row for each search: milliseconds by set."""
    names = list(next(iter(results.values())))
    lines = ["| ms p50 / p95 (longest) | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for engine, found in results.items():
        cells = [f"{one['ms']:.1f} / {one['ms95']:.1f} ({one['longest']:.1f})" for one in found.values()]
        lines.append(f"| {engine} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main():
    """Read the arguments, measure, print the table."""
    parser = options_of("How long a query takes whose files the browser has.")
    parser.set_defaults(count=100)
    parser.add_argument(
        "--engines", nargs="+", choices=ENGINES, default=ENGINES, help="which searches (default: both)"
    )
    options = parser.parse_args()
    queries = queries_of(options)
    with hosting(folders_of(options)) as host, started() as browser:
        results = {engine: summary(measure(engine, host, browser, queries)) for engine in options.engines}
    (options.work / "latency.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    sys.stdout.write(f"{table(results)}\n")


if __name__ == "__main__":
    main()
