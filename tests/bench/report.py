"""The tables that the benchmark prints."""

from statistics import median

_ROW = "| {:<20} | {:>9} | {:>9} | {:>8} | {:>8} | {:>8} | {:>8} | {:>8} | {:>8} | {:>8} | {:>8} |"
_HEAD = (
    "", "Regesta", "+ search", "MiB", "written", "Hugo", "MiB", "written", "CPU", "+ search", "memory"
)  # fmt: skip


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
        steps: their names.
    """
    return "\n".join(
        [_ROW.format(*_HEAD), "|" + "---|" * len(_HEAD), *(_row(rounds, step) for step in steps)]
    )


def _row(rounds, step):
    pairs = [(samples[step, "Regesta"], samples[step, "Hugo"]) for samples in rounds]

    def middle(value, digits):
        return f"{median(value(ours, theirs) for ours, theirs in pairs):,.{digits}f}"

    return _ROW.format(
        step,
        middle(lambda ours, _: ours.cpu, 2),
        middle(lambda ours, _: ours.cpu + ours.search, 2),
        middle(lambda ours, _: ours.peak, 0),
        middle(lambda ours, _: ours.pages.written + ours.index.written, 0),
        middle(lambda _, theirs: theirs.cpu, 2),
        middle(lambda _, theirs: theirs.peak, 0),
        middle(lambda _, theirs: theirs.pages.written, 0),
        middle(lambda ours, theirs: ours.cpu / theirs.cpu, 3),
        middle(lambda ours, theirs: (ours.cpu + ours.search) / theirs.cpu, 3),
        middle(lambda ours, theirs: ours.peak / theirs.peak, 2),
    )
