"""The tables that the benchmark prints."""

from statistics import median

_HEAD = (
    "Regesta",
    "search",
    "+ search",
    "MiB",
    "pages",
    "index",
    "Hugo",
    "MiB",
    "pages",
    "CPU",
    "+ search",
    "memory",
)
_ROW = "| {:<21} |" + " {:>8} |" * len(_HEAD)


def equality(samples):
    """Return what the two sites hold after a cold build, and by how much they differ."""
    ours, theirs = samples["cold", "Regesta"], samples["cold", "Hugo"]
    files, size = theirs.pages.files / ours.pages.files - 1, theirs.pages.size / ours.pages.size - 1
    verdict = (
        "equal work" if max(abs(files), abs(size)) <= 0.05 else "NOT EQUAL WORK: they differ by more than 5 %"
    )
    return "\n".join(
        [
            f"Regesta: {ours.pages.files:,} files, {ours.pages.size:,} bytes, and a search index of {ours.index.files:,} files, {ours.index.size:,} bytes",
            f"Hugo:    {theirs.pages.files:,} files ({files:+.1%}), {theirs.pages.size:,} bytes ({size:+.1%}): {verdict}",
        ]
    )


def table(rounds, steps):
    """Return a row a step: CPU seconds, MiB, files written, and ratios of Regesta to Hugo.

    Args:
        rounds: of each round, samples by step and engine's name.
        steps: of each round.
    """
    rows = (_ROW.format(step.name, *_cells(rounds, step.name)) for step in steps)
    return "\n".join([_ROW.format("", *_HEAD), "|" + "---|" * (len(_HEAD) + 1), *rows])


def _cells(rounds, step):
    """Return the cells of a row after its name; a dash for what Hugo cannot do."""
    ours = [samples[step, "Regesta"] for samples in rounds]
    theirs = [samples[step, "Hugo"] for samples in rounds if (step, "Hugo") in samples]
    return [*_own_cells(ours), *(_compared_cells(ours, theirs) if theirs else ["–"] * 6)]


def _own_cells(ours):
    return [
        _middle((sample.cpu for sample in ours), 2),
        _middle((sample.search for sample in ours), 2),
        _middle((sample.cpu + sample.search for sample in ours), 2),
        _middle((sample.peak for sample in ours), 0),
        _middle((sample.pages.written for sample in ours), 0),
        _middle((sample.index.written for sample in ours), 0),
    ]


def _compared_cells(ours, theirs):
    pairs = [*zip(ours, theirs, strict=True)]
    return [
        _middle((sample.cpu for sample in theirs), 2),
        _middle((sample.peak for sample in theirs), 0),
        _middle((sample.pages.written for sample in theirs), 0),
        _middle((our.cpu / their.cpu for our, their in pairs), 3),
        _middle(((our.cpu + our.search) / their.cpu for our, their in pairs), 3),
        _middle((our.peak / their.peak for our, their in pairs), 2),
    ]


def _middle(values, digits):
    return f"{median(values):,.{digits}f}"


def least(bare, rounds):
    """Return what bare Python takes for the input and output of a cold build, and how many times as long the build takes.

    Args:
        bare: of each round, the CPU seconds without and with the search index.
        rounds: as in `table`.
    """
    cold = [samples["cold", "Regesta"] for samples in rounds]
    without, whole = (median(seconds) for seconds in zip(*bare, strict=True))
    times = median(sample.cpu for sample in cold) / without
    whole_times = median(sample.cpu + sample.search for sample in cold) / whole
    return (
        f"Bare Python, same input and output as cold: {without:.2f} CPU s, + search {whole:.2f}; "
        f"Regesta takes {times:.1f} and {whole_times:.1f} times as long"
    )


def reload(waits):
    """Return how long the preview takes, from the wall seconds of each save."""
    return f"Preview, from saving a paper to the reload: {median(waits):.2f} s of wall time (median of {len(waits)})"
