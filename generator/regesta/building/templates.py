"""Jinja2 for pages: it compiles templates to code that is the same for all settings, and quick where pages do most."""

from __future__ import annotations

import json
import re
from functools import cache
from types import CodeType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import markupsafe
from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound
from jinja2.compiler import CodeGenerator
from jinja2.nodes import Const, Filter, Impossible
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from jinja2.compiler import Frame
    from jinja2.environment import TemplateModule
    from jinja2.nodes import Expr, Output
    from jinja2.runtime import Context

    from regesta.building.template_cache import TemplateCache
    from regesta.building.themes import Theme

_MAKE_HTML = {"html", "json", "link", "links", "item", "frame"}  # filters
#: A filter on a constant in compiled code: its name, the constant and more arguments, as JSON.
_MARK = re.compile("\0(.+?)\0")
#: `escape` without its `Markup` object, which takes several times as long; older versions lack this function.
escape: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)


class _Code(CodeGenerator):
    """Generates the code of a template as Jinja does, but for all settings.

    `Templates.text` escapes what may not be HTML, and `Templates.complete` computes filters on constants.
    """

    def visit_Output(self, node: Output, frame: Frame) -> None:  # noqa: N802 - so Jinja calls it
        """Write code for texts and values in a row: it yields them as one piece.

        Jinja yields each alone, and appends them to a list where a macro gathers what it shows.
        """
        if frame.buffer is None and len(node.nodes) > 1:
            frame = frame.copy()
            frame.buffer = "yield environment.row"
        super().visit_Output(node, frame)

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            is_html = isinstance(node, Filter) and node.name in _MAKE_HTML
            self.write("(" if is_html else "environment.text(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_to_const(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> str:
        """Return what is shown of a constant, or a mark if it depends on settings.

        Raises:
            Exception: it has to be computed where it is shown: it is not a constant, or a mistake.
        """
        shown = super()._output_child_to_const(node, frame, finalize)
        if not isinstance(node, Filter):
            if node.find(Filter):
                raise Impossible
            return shown
        values = [value.value for value in (node.node, *node.args) if isinstance(value, Const)]
        if node.kwargs or len(values) <= len(node.args) or not frame.eval_ctx.autoescape:
            raise Impossible
        return f"\0{json.dumps([node.name, *values])}\0"


class _Template(Template):
    """A template whose macros are there once for all pages: they see what is the same for all, and what they are given."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002
        """Return the macros; Jinja compares all names with those of the importing page each time."""
        if self._module is None:
            self._module = self.make_module()
        return self._module


class _Loader(BaseLoader):
    """Gives Jinja the templates as they were when the theme's fingerprint was taken, whatever happens to the files since."""

    def __init__(self, theme: Theme, compiled: TemplateCache | None) -> None:
        self._templates, self._compiled = theme.templates, compiled

    def get_source(self, _: Environment, template: str) -> tuple[str, str, None]:
        """Return a template's text, and where it lies."""
        if template not in self._templates:
            raise TemplateNotFound(template)
        path, data = self._templates[template]
        return data.decode(), str(path), None

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        return sorted(self._templates)

    def load(  # type: ignore[override]
        self, environment: Templates, name: str, shared: MutableMapping[str, Any] | None = None
    ) -> Template:
        """Return a template, from the cache if it is there."""
        source, path, _ = self.get_source(environment, name)
        code = self._compiled.get(path, source) if self._compiled else None
        try:
            complete = environment.complete(code) if code else None
        except Exception:  # noqa: BLE001 - a filter fails: compiled anew, it is computed where it is shown
            complete = None
        if complete is None:
            code = environment.compile(source, name, path)
            complete = environment.complete(code)
            if self._compiled:
                self._compiled.put(path, source, code)
        return _Template.from_code(environment, complete, shared or {})


class Templates(Environment):
    """The templates of a theme.

    Args:
        theme: its templates.
        compiled: the cache of compiled templates.
    """

    code_generator_class = _Code
    #: What compiled code takes for a list of pieces; see `_Code.visit_Output`.
    row = SimpleNamespace(append=str, extend="".join)

    def __init__(self, theme: Theme, compiled: TemplateCache | None) -> None:
        super().__init__(
            loader=_Loader(theme, compiled),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            optimized=False,  # constants are computed where they are shown, even without
        )
        # Each page asks for its template and the parents of it, and Jinja's own cache takes 3 microseconds to answer.
        self.get_template = cache(self.get_template)  # type: ignore[method-assign]

    def complete(self, code: CodeType) -> CodeType:
        """Return the code of a template in which filters on constants are computed."""
        return code.replace(co_consts=tuple(map(self._complete, code.co_consts)))

    def _complete(self, constant: Any) -> Any:
        if isinstance(constant, CodeType):
            return self.complete(constant)
        return _MARK.sub(self._filtered, constant) if type(constant) is str else constant

    def _filtered(self, mark: re.Match[str]) -> str:
        name, value, *more = json.loads(mark[1])
        return self.text(self.call_filter(name, value, more))

    @staticmethod
    def text(value: Any) -> str:
        """Return a value as HTML: escaped, unless it is `Markup`."""
        kind = type(value)
        if kind is str:
            return escape(value)
        if kind is Markup:
            return value  # type: ignore[no-any-return]
        return str(value) if kind is int or kind is float else markupsafe.escape(value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return `obj.attribute` of a template; a key of a dictionary hides a method of the same name."""
        try:
            return obj[attribute] if type(obj) is dict else getattr(obj, attribute)
        except (AttributeError, KeyError):
            return super().getattr(obj, attribute)
