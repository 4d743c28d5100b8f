"""Render pages with a theme: plain data becomes HTML."""

from __future__ import annotations

import json
import traceback
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.filters import do_join
from jinja2.utils import pass_eval_context
from markupsafe import Markup

from regesta.building.templates import Templates, escape
from regesta.errors import RegestaError, fail
from regesta.memory import DamagedError, Memory
from regesta.pages.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2.nodes import EvalContext

    from regesta.building.template_cache import TemplateCache
    from regesta.building.themes import Theme
    from regesta.content.config import Config
    from regesta.pages.catalogue import Catalogue
    from regesta.pages.page import Link, ListEntry, Page

_HELD = 2_000  # list items in memory, for the next page that shows them: some 5 MiB
_OFTEN = 2_000  # links and phrases that stay in memory
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
#: Characters that could end a script element, or a line of JavaScript.
_UNSAFE_IN_SCRIPT = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


class Renderer:
    """Renders pages with a theme. Every value is escaped, except with the filter `html`.

    Args:
        theme: its templates.
        config: the settings.
        t: the catalogue of UI strings.
        shared: what every page shows besides its own data (the navigation).
        compiled: the cache of compiled templates.
        kept: the list items that were rendered before; without, those of this renderer alone.

    Attributes:
        makes_lists: whether most lists are to be rendered, too: then a paper's item is rendered with its page.
    """

    def __init__(
        self,
        theme: Theme,
        config: Config,
        t: Catalogue,
        shared: Mapping[str, Any],
        compiled: TemplateCache | None = None,
        kept: Kept | None = None,
    ) -> None:
        self._theme, self._base, self.makes_lists = theme, config.base_path, False
        self._is_right_to_left = config.is_right_to_left
        self._kept, self._held = kept or Kept(Memory(), ""), dict[str, Markup]()
        self._parts = dict[tuple[str, str], Markup]()
        self._environment = Templates(theme, compiled)
        self._environment.filters |= self._filters(theme, config, t)
        self._environment.globals |= {"site": config, "t": t, "frame": self._frame, **shared}

    def render(self, page: Page) -> bytes:
        """Return a page as UTF-8 HTML. Its template sees `page` and, by name, each entry of its data.

        Raises:
            RegestaError: there is a mistake in a template.
            OSError, DamagedError: the file of kept pieces cannot be written, or is damaged.
        """
        try:
            if page.item and self.makes_lists:
                self._item(page.item)
            # Piece by piece: encoding ASCII costs nothing, but one other character slows down a whole string.
            return b"".join(map(str.encode, self._pieces(page.template, {**page.data, "page": page})))
        except (RegestaError, DamagedError):
            raise
        except Exception as error:
            if isinstance(error, OSError) and not isinstance(error, TemplateError):
                raise  # of the pieces' file, for templates open none; one that is not there is an OSError, too
            raise template_failure(error, self._theme, page.template) from error

    def compile_all(self) -> None:
        """Compile every template now, so that forked processes need not do it again."""
        for name in self._environment.list_templates(extensions=["html"]):
            with suppress(Exception):  # a mistake is reported by the page that uses the template
                self._environment.get_template(name)

    def _pieces(self, name: str, values: Mapping[str, Any]) -> list[str]:
        """Return the output of a template for some values, piece by piece."""
        template = self._environment.get_template(name)
        context = template.new_context({**self._environment.globals, **values}, shared=True)
        try:
            return list(template.root_render_func(context))
        except Exception:  # noqa: BLE001 - raised again, with the template's lines in the traceback
            self._environment.handle_exception()

    def _part(self, name: str, key: str, values: Mapping[str, Any]) -> Markup:
        """Return a part that many pages share (the masthead), rendered once for each key."""
        if (name, key) not in self._parts:
            self._parts[name, key] = _markup("".join(self._pieces(name, values)))
        return self._parts[name, key]

    def _item(self, entry: ListEntry) -> Markup:
        """Return a paper's item, rendered at its first use."""

        def rendered() -> str:
            return "".join(self._pieces("item.html", {"item": entry.make()}))

        html = self._held.get(entry.id)
        if html is None:
            html = _markup(self._kept.get(entry.id, entry.fingerprint, rendered))
            if len(self._held) < _HELD:
                self._held[entry.id] = html
        return html

    def _frame(self, name: str, here: str = "", is_page: bool = False) -> Markup:
        """Return a part of the frame of every page: all pages with the same `here` and `is_page` share it.

        Args:
            name: of its template.
            here: the address of the way in that the page belongs to, "" if it belongs to none.
            is_page: whether that is the page itself.
        """
        return self._part(name, f"{here} {is_page:d}", {"here": here, "is_page": is_page})

    def _filters(self, theme: Theme, config: Config, t: Catalogue) -> dict[str, Callable[..., Any]]:
        """Return what templates can do to a value.

        They are not functions, because filters on constants are computed once, when a template is loaded.
        """
        link = lru_cache(_OFTEN)(self._link)
        return {
            "html": _markup,
            "json": _json,
            "join": _join,
            "t": lru_cache(_OFTEN, typed=True)(t),
            "href": self._href,
            "absolute": config.absolute,
            "asset": lambda name: self._href(f"{theme.asset_folder}{name}"),
            "link": link,
            "links": lambda links: _markup(", ".join(map(link, links))),
            "item": self._item,
            "frame": self._frame,
        }

    def _href(self, address: str) -> str:
        """Return a site address under the base path."""
        return self._base + address.removeprefix("/")

    def _link(self, link: Link) -> Markup:
        """Return a link as HTML; the label alone if it leads nowhere. A label in another script is set apart."""
        label, way = str(link.label), ""
        if self._is_right_to_left or not label.isascii():
            way = ' dir="auto"'
        if not link.address:
            return _markup(f"<span{way}>{escape(label)}</span>" if way else escape(label))
        return _markup(f'<a href="{escape(self._href(link.address))}"{way}>{escape(label)}</a>')


def template_failure(error: Exception, theme: Theme, template: str) -> RegestaError:
    """Return the error for a mistake in a template, with its file and line."""
    if isinstance(error, TemplateSyntaxError):
        return fail(
            f"themes/{theme.name}/templates/{error.name}",
            error.message or "cannot be read",
            "mend it",
            line=error.lineno,
            status=3,
        )
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")
    ]
    where, line = (Path(frames[-1].filename).name, frames[-1].lineno or 0) if frames else (template, 0)
    what = str(error) if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    return fail(f"themes/{theme.name}/templates/{where}", what, "mend the template", line=line, status=3)


def _markup(html: str) -> Markup:
    """Return HTML that is not escaped again: `Markup(html)` without its checks."""
    return str.__new__(Markup, html)


def _json(value: Any) -> Markup:
    """Return data as JSON that can stand in a script element."""
    text = _ENCODER.encode(value)
    for character, escaped in _UNSAFE_IN_SCRIPT.items():
        if character in text:
            text = text.replace(character, escaped)
    return _markup(text)


@pass_eval_context
def _join(
    context: EvalContext, values: Iterable[Any], d: str = "", attribute: str | int | None = None
) -> str:
    """Return values joined as by Jinja's filter `join`, but faster for plain texts, which hold no HTML."""
    if (
        attribute is None
        and type(d) is str
        and type(values) in (list, tuple)
        and Markup not in map(type, values)
    ):
        with suppress(TypeError):  # one of them is not a text
            return d.join(values)
    joined: str = do_join(context, values, d, attribute)
    return joined
