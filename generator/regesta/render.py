"""Page and theme make bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.catalogue import Catalogue
    from regesta.config import Config
    from regesta.page import Item, Page
    from regesta.themes import Theme

#: Characters that could end a script element or a line of JavaScript, as JSON escapes.
_JSON_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class Renderer:
    """Renders pages with a theme. Every value is escaped unless the planner made HTML of it (`| html`).

    Args:
        shared: what every page shows beside its own data (the navigation).
    """

    def __init__(self, theme: Theme, config: Config, t: Catalogue, shared: Mapping[str, Any]) -> None:
        folders = [folder / "templates" for folder in theme.folders]
        self._environment = Environment(
            loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
        )
        self._environment.filters |= {"html": Markup, "json": _json}
        self._environment.globals |= {
            "site": config,
            "t": t,
            "href": config.href,
            "absolute": config.absolute,
            "asset": lambda name: config.href(f"{theme.asset_folder}{name}"),
            "item": self._item,
            **shared,
        }
        self._items: dict[str, Markup] = {}

    def render(self, page: Page) -> bytes:
        """Return a page as UTF-8 HTML."""
        return self._environment.get_template(page.template).render(page=page).encode()

    def _item(self, item: Item) -> Markup:
        """Return a paper's list item, rendered at its first use."""
        if item.id not in self._items:
            template = self._environment.get_template("item.html")
            self._items[item.id] = Markup(template.render(item=item))  # noqa: S704 - the template escapes
        return self._items[item.id]


def _json(value: Any) -> Markup:
    """Return data as JSON that can stand in a script element."""
    return Markup(json.dumps(value, ensure_ascii=False).translate(_JSON_ESCAPES))  # noqa: S704 - translated
