"""The axis of years: it includes years without papers, but a wrong date does not stretch it over millennia."""

from collections import Counter

from helpers import made, site_of
from regesta.content.paper import Paper
from regesta.pages import dates
from regesta.pages.charts import all_years, by_year, day_strip, twelve_months, weeks_of, year_grid


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


def dated(*days, **counts):
    """Return the site of papers of some days; `counts` gives some of them comments, by their letters."""
    return site_of(
        [
            Paper(letter, id=letter, published=day, comments=counts.get(letter), tags=("maps",))
            for letter, day in zip("abcdefghijklmnopqrstuvwxyz", days, strict=False)
        ]
    )


def test_bars_by_year_have_the_newest_first_and_the_undated_last():
    site = dated("2023", "2025-01-02", "2025-03", "2025-04-01", "2021", "", "")
    bars = by_year(site, site.archive.tags["maps"].years)
    assert [(bar.label, bar.papers, bar.width, bar.address) for bar in bars] == [
        ("2025", 3, 100, "/2025/"),
        ("2023", 1, 33, "/2023/"),
        ("2021", 1, 33, "/2021/"),
        ("Undated", 2, 67, ""),
    ]


def test_the_undated_do_not_crush_the_years_and_one_paper_is_seen():
    site = dated("2024", *["2025"] * 99)
    bars = by_year(site, Counter({"2025": 99, "2024": 1, "": 5000}))
    assert [(bar.papers, bar.width, bar.is_year) for bar in bars] == [
        (99, 100, True),
        (1, 2, True),
        (5000, 100, False),
    ]


def test_many_old_years_share_a_bar():
    site = dated(*(str(year) for year in range(2000, 2020)))
    bars = by_year(site, site.archive.tags["maps"].years)
    assert [bars[0].label, bars[-1].label, bars[-1].papers, len(bars)] == ["2019", "up to 2008", 9, 12]


def test_one_year_needs_no_bars_and_few_dates_tell_nothing():
    for site in (dated(*["2025"] * 9), dated("2025", "2024", "2023", "2022", *[""] * 9)):
        assert by_year(site, site.archive.tags["maps"].years) == []


def test_a_year_has_a_bar_for_each_day_with_papers():
    months = twelve_months(dated("2025-03-02", "2025-03-02", "2025-03-31", "2025-11"), "2025")
    assert [(month.name, month.papers, month.bars) for month in months if month.papers] == [
        ("March 2025", 3, [(2, 100), (31, 50)]),
        ("November 2025", 1, []),
    ]
    assert [month.address for month in months[:3]] == ["", "", "/2025/03/"]
    assert twelve_months(dated("2025"), "2025") == []


def test_a_strip_links_to_days_with_papers():
    site = dated("2025-03-02", "2025-03-03")
    strip = day_strip(site, ["2025-03-01", "2025-03-02", "2025-03-03"])
    assert [(day.number, day.column, day.weekday, day.address) for day in strip] == [
        (1, 6, "Sa", ""),
        (2, 7, "Su", "/2025/03/02/"),
        (3, 1, "Mo", "/2025/03/03/"),
    ]
    assert [link.address for link in weeks_of(site, ["2025-03-01", "2025-03-02", "2025-03-03"])] == [
        "/2025/W09/",
        "/2025/W10/",
    ]
    assert day_strip(site, ["2025-03-01"]) == []


def test_a_day_has_the_most_discussed_papers_first():
    site = dated("2025-03-02", "2025-03-02", "2025-03-02", c=4)
    page = made(dates.plan(site))["2025/03/02/index.html"]
    assert [item.id for item in page.data["groups"][0]["items"]] == ["c", "a", "b"]
    assert (page.data["order"], page.data["when"]) == ("discussed", "position")


def test_a_day_with_one_paper_does_not_number_it():
    assert made(dates.plan(dated("2025-03-02")))["2025/03/02/index.html"].data["when"] == "none"


def test_a_mark_says_how_many_papers_it_is_if_it_has_room():
    days = [*["2025-01"] * 9, *["2025-02"] * 5, *["2025-03"] * 4]
    cells = year_grid(dated(*days))["rows"][0]["cells"]
    assert [cell.number for cell in cells[:4]] == ["9", "5", "", ""]


def test_a_day_whose_papers_nobody_discussed_says_nothing_of_it():
    page = made(dates.plan(dated("2025-03-02", "2025-03-02")))["2025/03/02/index.html"]
    assert page.data["order"] == "date"
