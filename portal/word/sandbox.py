"""What a Word template may say, and how much: words, conditions, loops over lists, a few filters; nothing that reckons.

A template comes from an office and runs inside a page, so whatever it says must end soon. No expression in it makes
its value larger than the words it was given, the turns of all its loops are counted, and so is what it writes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

MOST_TURNS = 200_000
"""Turns of all loops of one paper: five hundred guests, each with an invitation of four hundred lines."""
MOST_WRITTEN = 30_000_000
"""Characters of one paper, as Word keeps them."""
LONGEST_ARGUMENT = 100
COUNTED = "counted"

STATEMENTS = {nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If}
EXPRESSIONS = {
    nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.CondExpr, nodes.Filter, nodes.Test,
}  # fmt: skip
FILTERS = {"capitalize", "default", "first", "join", "last", "length", "lower", "title", "trim", "upper"}


class TooMuch(SecurityError):
    """The template goes on longer than any paper does."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Words in, text out, for one paper: escaping stays on, and everything is counted."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.filters = {name: self.filters[name] for name in FILTERS} | {COUNTED: self.counted}
        self.globals.clear()
        self.turns = self.written = 0

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        if re.search(r"{%-?\s*autoescape", source):
            raise TemplateSyntaxError("autoescape", 1)
        return super().preprocess(source, name, filename)

    def _parse(self, *args: Any) -> nodes.Template:
        template = super()._parse(*args)
        check(template)  # before anything is compiled: what is constant is reckoned then
        for loop in template.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, COUNTED, [], [], None, None, lineno=loop.lineno)
        return template

    def counted(self, rows: Any) -> Iterator[Any]:
        """The rows of a loop, each counted."""
        if isinstance(rows, str | Mapping):
            raise SecurityError("a loop goes over a list")
        for row in rows:
            self.turns += 1
            if self.turns > MOST_TURNS:
                raise TooMuch("turns")
            yield row

    def concat(self, pieces: Iterable[str]) -> str:
        """The text of a part of the paper, no longer than a paper is."""
        kept = []
        for piece in pieces:
            self.written += len(piece)
            if self.written > MOST_WRITTEN:
                raise TooMuch("written")
            kept.append(piece)
        return "".join(kept)


def check(template: nodes.Template) -> None:
    """Refuse what could make much out of little: reckoning, calls, variables of its own, filters upon filters."""
    for node in _all(template):
        if type(node) not in STATEMENTS | EXPRESSIONS or getattr(node, "recursive", False):
            raise SecurityError(type(node).__name__)
        if isinstance(node, nodes.Filter):
            plain = all(
                isinstance(one, nodes.Const) and len(str(one.value)) <= LONGEST_ARGUMENT for one in node.args
            )
            inner = node.node is None or isinstance(node.node, nodes.Filter) or node.node.find(nodes.Filter)
            if inner or not plain or node.kwargs or node.dyn_args or node.dyn_kwargs:
                raise SecurityError(f"filter {node.name}")


def _all(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _all(child)
