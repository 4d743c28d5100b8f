"""The axis of years: it includes years without papers, but a wrong date does not stretch it over millennia."""

from helpers import site_of
from regesta.content.paper import Paper
from regesta.pages.charts import all_years, year_grid


def years_of(*dates):
    return all_years(
        site_of([Paper("A", id=f"p{number}", published=date) for number, date in enumerate(dates)])
    )


def test_years_between_have_their_place():
    assert years_of("2021-05", "2024", "2022-01-01", "") == ["2021", "2022", "2023", "2024"]
    assert years_of() == []


def test_a_gap_of_more_than_a_generation_is_left_out():
    assert years_of("1000", "2023", "2025", "9998-12-31") == ["1000", "2023", "2024", "2025", "9998"]


def test_the_grid_has_a_row_for_each_of_them():
    site = site_of([Paper("A", id="a", published="1000-01"), Paper("B", id="b", published="9998")])
    assert [row["year"] for row in year_grid(site)["rows"]] == ["9998", "1000"]
