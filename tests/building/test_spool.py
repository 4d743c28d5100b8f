"""Texts that are made once are found again, in memory and in the file."""

import pytest

from regesta.building.spool import Spool


@pytest.mark.parametrize("room", [0, 3, 100])
def test_each_text_is_made_once_and_comes_back_as_it_was(room):
    spool, made = Spool(room), []

    def text(number):
        made.append(number)
        return f"{number}: é \ud7ff 中 " * number

    for _ in range(3):
        for number in (*range(20), *reversed(range(20))):
            assert (
                spool.get(f"n{number}", lambda number=number: text(number))
                == f"{number}: é \ud7ff 中 " * number
            )
    assert made == [*range(20)]
