"""Page and theme make bytes."""

from __future__ import annotations

import json
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from regesta.errors import RegestaError, fail

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.catalogue import Catalogue
    from regesta.config import Config
    from regesta.page import Page
    from regesta.themes import Theme

_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
#: Characters that could end a script element, or a line of JavaScript.
_UNSAFE_IN_SCRIPT = ("<", ">", "&", "\u2028", "\u2029")


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
        # filters rather than functions: on constants Jinja works them out once, when it compiles a template
        self._environment.filters |= {
            "html": Markup,
            "json": _json,
            "t": t,
            "href": config.href,
            "absolute": config.absolute,
            "asset": lambda name: config.href(f"{theme.asset_folder}{name}"),
            "item": lambda item: self._part("item.html", item.id, {"item": item}),
            "calendar": lambda month: self._part("_calendar.html", month.address, {"month": month}),
        }
        self._environment.globals |= {"site": config, "t": t, "frame": self._frame, **shared}
        self._parts: dict[tuple[str, str], Markup] = {}

    def render(self, page: Page) -> bytes:
        """Return a page as UTF-8 HTML; its template sees the page, and each entry of its data under its own name."""
        return self._environment.get_template(page.template).render(page.data, page=page).encode()

    def _frame(self, name: str, here: str = "") -> Markup:
        """Return a part of the frame of every page; `here` is the way in that the page itself is."""
        return self._part(name, here, {"here": here})

    def _part(self, name: str, key: str, values: Mapping[str, Any]) -> Markup:
        """Return a part that many pages share (a list item, a calendar, the masthead), rendered at its first use for a key."""
        if (name, key) not in self._parts:
            template = self._environment.get_template(name)
            self._parts[name, key] = Markup(template.render(values))  # noqa: S704 - the template escapes
        return self._parts[name, key]


def template_failure(error: TemplateError, theme: Theme) -> RegestaError:
    """Return the error to show for a mistake in a theme's template: its file and line, and what Jinja says of it."""
    if isinstance(error, TemplateSyntaxError):
        return fail(f"themes/{theme.name}/templates/{error.name}", error.message or "cannot be read", "mend it", line=error.lineno, status=3)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    where, line = (Path(frames[-1].filename).name, frames[-1].lineno or 0) if frames else ("", 0)
    return fail(f"themes/{theme.name}/templates/{where}", str(error), "mend the template", line=line, status=3)


def _json(value: Any) -> Markup:
    """Return data as JSON that can stand in a script element."""
    text = _ENCODER.encode(value)
    for character in _UNSAFE_IN_SCRIPT:
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - escaped for its place
