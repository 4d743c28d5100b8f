"""Work shared among processes: results are complete and in order, and errors are those of a single process."""

import os

import pytest

from regesta.building.parallel import in_parallel, processors


def test_results_come_in_the_order_of_the_shares():
    assert [*in_parallel(lambda share: [2 * n for n in share], [[1, 2], [3], [4, 5, 6]])] == [
        2,
        4,
        6,
        8,
        10,
        12,
    ]


def test_a_large_result_passes():
    counts = [10, 3_000_000, 2_000_000]
    assert [len(text) for text in in_parallel(lambda n: ["x" * n], counts)] == counts


def test_many_results_pass():
    assert [*in_parallel(range, [10, 2500, 1000])] == [*range(10), *range(2500), *range(1000)]


@pytest.mark.skipif(os.name == "nt", reason="needs a system that forks")
def test_all_but_the_first_share_are_done_by_others():
    first, *others = in_parallel(lambda _: [os.getpid()], [1, 2, 3])
    assert first == os.getpid()
    assert len({first, *others}) == 3


@pytest.mark.parametrize("bad", [0, 1, 2])
def test_an_error_is_raised_here(bad):
    def work(share):
        if share == bad:
            raise ValueError(f"share {share}")
        return [share]

    with pytest.raises(ValueError, match=f"share {bad}"):
        [*in_parallel(work, [0, 1, 2])]


def test_the_share_of_a_killed_process_is_done_again():
    here = os.getpid()

    def work(share):
        return [share] if os.getpid() == here else os.kill(os.getpid(), 9)

    assert [*in_parallel(work, [1, 2])] == [1, 2]


def test_no_process_is_left_behind():
    assert [*in_parallel(lambda share: [share], [1, 2, 3])] == [1, 2, 3]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_there_is_at_least_one_processor():
    assert processors() >= 1
