"""How well papers are found by words of their own: MRR@10 of our search, MiniSearch, Pagefind and a whole lunr index.

python tests/bench/search/quality.py DIR [--engines regesta] [--sets title typo] [--count 250]

Writes `losses-<engine>.tsv` to the folder: every query whose paper was not the first hit.
"""

import json
import subprocess
import sys
from statistics import mean, quantiles

from archives import HERE, Work
from ours import CLIENT
from queries import options_of, queries_of

ENGINES = ("regesta", "minisearch", "pagefind", "lunr")
_MOST = 10
_LOSSES = ("set", "rank", "query", "wanted", "first hit", "tie")


def answers(engine, queries, options):
    """Return for each query the addresses found, best first, and the milliseconds it took."""
    folders = {
        "work": options.work,
        "site": options.site or Work(options.work).site,
        "client": options.client or CLIENT,
    }
    job = {"engine": engine, "queries": [query["text"] for query in queries], "count": _MOST}
    job |= {name: str(folder.resolve()) for name, folder in folders.items()}
    run = subprocess.run(
        ["node", HERE / "quality.mjs"], input=json.dumps(job), capture_output=True, text=True, check=False
    )
    if run.returncode:
        raise SystemExit(f"{engine}: {run.stderr}")
    return json.loads(run.stdout)


def rank(query, urls):
    """Return the place of the wanted paper, from 1; 0 if it is not among those found."""
    return urls.index(query["wanted"]) + 1 if query["wanted"] in urls else 0


def is_tie(query, urls):
    """Tell whether a paper tie stands before the wanted one, or in place of it."""
    before = urls[: urls.index(query["wanted"])] if query["wanted"] in urls else urls
    return not set(query["others"]).isdisjoint(before)


def summary(queries, found):
    """Return by set: MRR@10, how many are first, how many among ten, ties, median and 95th percentile of milliseconds."""
    sets = {}
    for query, answer in zip(queries, found, strict=True):
        sets.setdefault(query["set"], []).append((query, answer["urls"], answer["ms"]))
    return {name: _numbers(rows) for name, rows in sets.items()}


def _numbers(rows):
    ranks = [rank(query, urls) for query, urls, _ in rows]
    forgiving = [rank(query, [url for url in urls if url not in query["others"]]) for query, urls, _ in rows]
    cuts = quantiles([ms for *_, ms in rows], n=20, method="inclusive")
    return {
        "queries": len(rows),
        "mrr": _reciprocal(ranks),
        "mrr without ties": _reciprocal(forgiving),
        "first": ranks.count(1),
        "among ten": sum(place > 0 for place in ranks),
        "ties": sum(is_tie(query, urls) for query, urls, _ in rows),
        "ms": cuts[9],
        "ms95": cuts[18],
    }


def _reciprocal(ranks):
    return mean(1 / place if place else 0 for place in ranks)


def write_losses(path, queries, found):
    """Write the queries whose paper was not first, the worst first."""
    rows = []
    for query, answer in zip(queries, found, strict=True):
        urls = answer["urls"]
        place = rank(query, urls)
        if place != 1:
            rows.append(
                (
                    query["set"],
                    place or "-",
                    query["text"],
                    query["wanted"],
                    urls[0] if urls else "",
                    "tie" if is_tie(query, urls) else "",
                )
            )
    rows.sort(key=lambda row: (row[0], -(row[1] if row[1] != "-" else _MOST + 1)))
    path.write_text("".join("\t".join(map(str, row)) + "\n" for row in (_LOSSES, *rows)), encoding="utf-8")


def table(results):
    """Return a row of MRR@10 for each search, and in brackets what it is without ties; then how often the paper came first."""
    sets = next(iter(results.values()))
    heads = [f"{name} ({one['queries']})" for name, one in sets.items()]
    lines = [f"| MRR@10 | {' | '.join(heads)} | ms p50 / p95 in node |", "|---" * (len(heads) + 2) + "|"]
    for engine, found in results.items():
        cells = [f"{one['mrr']:.3f} ({one['mrr without ties']:.3f})" for one in found.values()]
        slowest = max(found.values(), key=lambda one: one["ms95"])
        lines.append(f"| {engine} | {' | '.join(cells)} | {slowest['ms']:.1f} / {slowest['ms95']:.1f} |")
    lines += ["", f"| first, among ten, ties | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    for engine, found in results.items():
        cells = [f"{one['first']}, {one['among ten']}, {one['ties']}" for one in found.values()]
        lines.append(f"| {engine} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main():
    """Read the arguments, ask every engine, print the table."""
    parser = options_of("How well papers are found by words of their own.")
    parser.add_argument(
        "--engines", nargs="+", choices=ENGINES, default=ENGINES, help="which searches (default: all)"
    )
    options = parser.parse_args()
    queries = queries_of(options)
    results = {}
    for engine in options.engines:
        sys.stderr.write(f"{engine}\n")
        found = answers(engine, queries, options)
        write_losses(options.work / f"losses-{engine}.tsv", queries, found)
        results[engine] = summary(queries, found)
    (options.work / "quality.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    sys.stdout.write(f"{table(results)}\n")


if __name__ == "__main__":
    main()
