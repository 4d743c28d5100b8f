"""Take the pictures in docs/pictures/: pages of this archive in both themes, in light and dark on a desk, and on a phone."""

import shutil
import tempfile
from pathlib import Path

from built import Built, build
from chromium import started
from playwright.sync_api import Browser
from webserver import serving

REPOSITORY = Path(__file__).parent.parent.parent
PICTURES = REPOSITORY / "docs" / "pictures"
PAPER = "/papers/met-2-net-a-decoupled-two-stage-spatio-temporal-forecasting-model-for-complex/"
DESK = {"width": 1200, "height": 720}
LOOKS = {
    "light": {"viewport": DESK, "color_scheme": "light"},
    "dark": {"viewport": DESK, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 800}, "color_scheme": "light", "has_touch": True},
}


def main() -> None:
    """Build the archive, serve it, and take every picture anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, started() as chromium:
        site = build(REPOSITORY, Path(folder) / "site", "https://example.org/")
        newspaper = _build_in(Path(folder), "broadsheet")
        for built, pages in ((site, choose_pages(site)), (newspaper, {"broadsheet": "/"})):
            with serving(built) as home:
                for look in LOOKS:
                    _take(chromium, home, pages, look)


def _build_in(folder: Path, theme: str) -> Built:
    """Build this archive in another theme."""
    shutil.copytree(REPOSITORY / "content", folder / theme / "content")
    with (folder / theme / "content" / "archive.yaml").open("a") as settings:
        settings.write(f"theme: {theme}\n")
    return build(folder / theme, folder / theme / "site", "https://example.org/")


def choose_pages(site: Built) -> dict[str, str]:
    """The pages to show, by the name of their picture: the fullest tag and month, a paper with mathematics."""

    def fullest(kind: str) -> str:
        return max(site.kinds[kind], key=lambda address: site.file(address).read_bytes().count(b"/papers/"))

    return {
        "home": "/",
        "tag": fullest("tags/*"),
        "month": fullest("N/N"),
        "paper": PAPER,
        "search": "/search/?q=diffusion+models",
        "map": "/map/",
    }


def _take(chromium: Browser, home: str, pages: dict[str, str], look: str) -> None:
    with chromium.new_context(**LOOKS[look]) as context:
        tab = context.new_page()
        for name, address in pages.items():
            tab.goto(home + address[1:], wait_until="networkidle")
            tab.screenshot(path=PICTURES / f"{name}-{look}.png")


if __name__ == "__main__":
    main()
