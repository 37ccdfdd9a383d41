"""The condition language of docs/rules.md: text to a typed tree.

The text is parsed by the standard library's parser for Python expressions into its syntax tree, which is then read
node by node against what the language has; what it does not have is refused. Nothing is ever compiled or run.
"""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from dragoman.check.functions import FUNCTIONS, read_call
from dragoman.check.refusal import ConditionFault, nearest
from dragoman.check.scan import DEEPEST, blanked
from dragoman.check.terms import (
    LEAVES,
    Among,
    And,
    Arithmetic,
    AsOf,
    Choose,
    Compare,
    Constant,
    Fact,
    Holds,
    Negative,
    Not,
    Or,
    Term,
)
from dragoman.check.types import BOOLEAN, NUMBER, ORDERED, TEXTUAL, Kind, Type, joined, meet, strange
from dragoman.model import FactSchema, Group
from dragoman.model.table import Table

MOST = 400
"""Terms of a condition."""
LARGEST = 10**15
"""Numbers written out; up to here each integer is itself as a float, too."""

_SHORT = 60
_NUMBER = re.compile(r"\d+(\.\d+)?(e\d{1,2})?", re.ASCII)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_TEXT = re.compile(r"'[^'\\]*'|\"[^\"\\]*\"")
_OPERATORS: Mapping[type[ast.AST], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_NAMES = frozenset({"true", "false", "as_of"})


def is_reserved(name: str) -> bool:
    """Tell whether a fact or collection cannot have a name, because the language has it or could not read it."""
    return name in _NAMES or name in FUNCTIONS or keyword.iskeyword(name) or not _NAME.fullmatch(name)


@dataclass(frozen=True, slots=True)
class Words:
    """What a condition may name."""

    schemas: Mapping[str, FactSchema]
    groups: Mapping[str, Group]
    tables: Mapping[str, Table]
    collections: frozenset[str]


def read_condition(text: str, words: Words, each: Iterable[str] = ()) -> Term:
    """Parse and type a condition.

    Args:
        text: one line.
        words: what it may name.
        each: the collections whose members it judges.

    Raises:
        ConditionFault: it is not one, or it is no yes or no.
    """
    reader = Reader.of(text, words, each)
    return reader.truth(reader.root, frozenset(each), 0)


def read_expression(text: str, words: Words, each: Iterable[str] = ()) -> Term:
    """Parse and type an expression of any type (a formula).

    Raises:
        ConditionFault: it is not one.
    """
    reader = Reader.of(text, words, each)
    term = reader.term(reader.root, frozenset(each), 0)
    return reader.held(reader.root, term) if term.type == BOOLEAN else term


@dataclass(slots=True)
class Reader:
    """Reads the syntax tree of one text."""

    text: str
    words: Words
    root: ast.expr
    _raw: bytes = field(init=False)
    _seen: int = 0

    def __post_init__(self) -> None:
        self._raw = self.text.encode()

    @classmethod
    def of(cls, text: str, words: Words, each: Iterable[str]) -> Reader:
        """Return a reader of a text whose characters are in order."""
        plain = blanked(text)
        for collection in each:
            if collection not in words.collections:
                message = f"There is no collection `{collection}`."
                raise ConditionFault(message, 1, nearest(collection, words.collections, "Collections"))
        return cls(text, words, _parsed(text, plain))

    # ---- where and what ----

    def column(self, node: ast.expr) -> int:
        """Return the 1-based character at which a node starts."""
        return len(self._raw[: node.col_offset].decode()) + 1

    def source(self, node: ast.expr) -> str:
        """Return a node as written."""
        return self._raw[node.col_offset : node.end_col_offset].decode()

    def refuse(self, node: ast.expr, message: str, remedy: str) -> NoReturn:
        """Raise the fault of a node."""
        raise ConditionFault(message, self.column(node), remedy)

    # ---- yes or no ----

    def truth(self, node: ast.expr, view: frozenset[str], depth: int) -> Term:
        """Read a node that must be a yes or no."""
        self._count(node, depth)
        match node:
            case ast.BoolOp(op=op, values=values):
                parts = tuple(self.truth(value, view, depth + 1) for value in values)
                return And(parts) if isinstance(op, ast.And) else Or(parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.truth(operand, view, depth + 1))
        term = self.term(node, view, depth)
        if term.type.kind is not Kind.BOOLEAN:
            source = self.source(node)
            remedy = f"Compare it: `{source} == ...`." if len(source) < _SHORT else "Compare it."
            self.refuse(node, f"`{source}` is {term.type.words}, not a yes or no.", remedy)
        return self.held(node, term)

    def held(self, node: ast.expr, term: Term) -> Term:
        """Return a yes or no as a condition: a bare fact, cell or constant becomes a comparison."""
        return term if isinstance(term, (*LEAVES, And, Or, Not, Choose)) else Holds(term, self.source(node))

    # ---- values ----

    def term(self, node: ast.expr, view: frozenset[str], depth: int) -> Term:
        """Read a node of any type."""
        self._count(node, depth)
        reader = _READERS.get(type(node))
        if isinstance(node, ast.Tuple):
            self.refuse(
                node, "A comma has no place here.", "Write numbers without it, lists in brackets: ['GB', 'JP']."
            )
        if reader is None:
            self.refuse(
                node, f"{_kind_of(node)} has no place in a condition.", "See `Conditions` in docs/rules.md."
            )
        return reader(self, node, view, depth)

    def _count(self, node: ast.expr, depth: int) -> None:
        self._seen += 1
        if depth > DEEPEST:
            self.refuse(
                node, f"The condition is nested deeper than {DEEPEST} levels.", "Move a part to a derived fact."
            )
        if self._seen > MOST * 2:
            self.refuse(
                node, f"The condition has more than {MOST} terms.", "Split it into rules or derived facts."
            )

    def constant(self, node: ast.Constant, _view: frozenset[str], _depth: int) -> Term:
        """Read a number or a text."""
        value, written = node.value, self.source(node)
        if isinstance(value, str) and _TEXT.fullmatch(written):
            return Constant(value, Type(Kind.TEXT, None, frozenset({value}), literal=True))
        if not isinstance(value, int | float) or not _NUMBER.fullmatch(written):
            self.refuse(node, f"`{written[:40]}` is neither a number nor a text.", "Write 4800, 0.51 or 'text'.")
        if isinstance(value, int) and value > LARGEST:
            self.refuse(node, "The number has too many digits.", "Write 1e25 for a one with 25 zeros.")
        return Constant(value, NUMBER)

    def name(self, node: ast.Name, view: frozenset[str], _depth: int) -> Term:
        """Read a fact, `true`, `false` or `as_of`."""
        if node.id in ("true", "false"):
            return Constant(node.id == "true", BOOLEAN)
        if node.id == "as_of":
            return AsOf()
        schema = self.words.schemas.get(node.id)
        if schema is None:
            self._unknown_name(node)
        if schema.each and schema.each not in view:
            message = f"`{node.id}` is a fact of each of the {schema.each}, which are not in view here."
            self.refuse(node, message, f"Write any_of({schema.each}, ...) or give the rule `each: {schema.each}`.")
        return Fact(schema, node.id)

    def _unknown_name(self, node: ast.Name) -> NoReturn:
        if node.id in FUNCTIONS:
            self.refuse(node, f"`{node.id}` needs its arguments.", f"Write {FUNCTIONS[node.id]}.")
        if node.id in self.words.collections:
            self.refuse(
                node, f"`{node.id}` is a collection.", f"Write any_of({node.id}, ...) or count_of({node.id})."
            )
        names = {*self.words.schemas, *_NAMES}
        self.refuse(node, f"There is no fact `{node.id}`.", nearest(node.id, names, "Facts"))

    def listed(self, node: ast.List, view: frozenset[str], depth: int) -> Term:
        """Read a list of constants."""
        terms = [self.term(item, view, depth + 1) for item in node.elts]
        if not terms:
            self.refuse(node, "The list is empty.", "Name its members: ['GB', 'JP'].")
        for item, term in zip(node.elts, terms, strict=True):
            if not isinstance(term, Constant) or term.type.kind is Kind.SET:
                self.refuse(item, "A list holds only texts, numbers and dates.", "Write ['GB', 'JP'].")
            if term.type.kind is not terms[0].type.kind:
                self.refuse(item, "The members of a list are of one kind.", "Write two conditions.")
        values = frozenset(term.value for term in terms if isinstance(term, Constant))
        kind = terms[0].type.kind
        texts = frozenset(str(value) for value in values) if kind is Kind.TEXT else None
        return Constant(values, Type(Kind.SET, kind, texts, literal=True))  # type: ignore[arg-type]

    def boolean(self, node: ast.BoolOp, view: frozenset[str], depth: int) -> Term:
        """Read `and` and `or` inside another expression."""
        return self.truth(node, view, depth)

    def unary(self, node: ast.UnaryOp, view: frozenset[str], depth: int) -> Term:
        """Read `-x` and `not x`."""
        if isinstance(node.op, ast.Not):
            return self.truth(node, view, depth)
        if not isinstance(node.op, ast.USub):
            self.refuse(node, "This sign is not calculated.", "Leave it out.")
        term = self._number(node.operand, view, depth)
        if isinstance(term, Constant) and isinstance(term.value, int | float):
            return Constant(-term.value, NUMBER)
        return Negative(term, term.type)

    def binary(self, node: ast.BinOp, view: frozenset[str], depth: int) -> Term:
        """Read + - * /."""
        operator = _OPERATORS.get(type(node.op))
        if operator is None:
            self.refuse(node, "Only + - * and / are calculated.", "Write it with those.")
        left, right = self._number(node.left, view, depth), self._number(node.right, view, depth)
        return Arithmetic(operator, left, right, Type(Kind.NUMBER, unit=self._unit(node, operator, left, right)))

    def _number(self, node: ast.expr, view: frozenset[str], depth: int) -> Term:
        term = self.term(node, view, depth + 1)
        if term.type.kind is Kind.DATE:
            self.refuse(
                node, "Dates are not calculated with signs.", "Write add_days(day, 90) or days_between(a, b)."
            )
        if term.type.kind is not Kind.NUMBER:
            self.refuse(
                node, f"`{self.source(node)}` is {term.type.words}, not a number.", "Calculate with numbers."
            )
        return term

    def _unit(self, node: ast.expr, operator: str, left: Term, right: Term) -> str:
        one, other = left.type.unit, right.type.unit
        if operator in "+-":
            if one and other and one != other:
                self.refuse(node, f"{one} and {other} cannot be added or subtracted.", "Bring them to one unit.")
            return one or other
        if one and other:
            return ""
        return one or (other if operator == "*" else "")

    def chosen(self, node: ast.IfExp, view: frozenset[str], depth: int) -> Term:
        """Read `a if test else b`."""
        test = self.truth(node.test, view, depth + 1)
        yes, no = self.term(node.body, view, depth + 1), self.term(node.orelse, view, depth + 1)
        if yes.type == BOOLEAN == no.type:
            return Choose(test, self.held(node.body, yes), self.held(node.orelse, no), BOOLEAN)
        if (yes.type.kind is Kind.SET) != (no.type.kind is Kind.SET) or not meet(yes.type.one(), no.type.one()):
            message = f"One value is {yes.type.words}, the other {no.type.words}."
            self.refuse(node, message, "Let both be of one kind.")
        return Choose(test, yes, no, joined(yes.type, no.type))

    def compared(self, node: ast.Compare, view: frozenset[str], depth: int) -> Term:
        """Read a comparison, a chain of comparisons, or `in`."""
        if isinstance(node.ops[0], ast.In | ast.NotIn) and len(node.ops) == 1:
            return self._among(node, view, depth)
        operators = [_OPERATORS.get(type(op), "") for op in node.ops]
        if "" in operators:
            self.refuse(node, "This is no comparison.", "Write == != < <= > >= or `in`, one at a time.")
        if len(operators) > 1 and not (all(o[0] == "<" for o in operators) or all(o[0] == ">" for o in operators)):
            self.refuse(
                node, "A chain of comparisons goes one way.", "Write 1600 <= x < 4800, or join two with `and`."
            )
        sides = [node.left, *node.comparators]
        terms = tuple(self.term(side, view, depth + 1) for side in sides)
        for index, operator in enumerate(operators):
            self._comparable(sides[index : index + 2], operator, terms[index], terms[index + 1])
        return Compare(tuple(operators), terms, self.source(node))

    def _comparable(self, nodes: list[ast.expr], operator: str, left: Term, right: Term) -> None:
        for node, term in zip(nodes, (left, right), strict=True):
            if term.type.kind is Kind.SET:
                self.refuse(node, "A set is not compared.", "Write within(a, b), overlaps(a, b) or `'x' in a`.")
        self.fits(nodes[1], left, right)
        for node, term in zip(nodes, (left, right), strict=True):
            if operator not in ("==", "!=") and term.type.kind not in ORDERED:
                self.refuse(node, f"{_capital(term.type.words)} has no order.", "Compare with == or !=.")

    def _among(self, node: ast.Compare, view: frozenset[str], depth: int) -> Term:
        element = self.term(node.left, view, depth + 1)
        container = self.term(node.comparators[0], view, depth + 1)
        if element.type.kind is Kind.SET:
            self.refuse(node.left, "A set is no member of a set.", "Write overlaps(a, b) or within(a, b).")
        if container.type.kind is not Kind.SET:
            message = f"`{self.source(node.comparators[0])}` is {container.type.words}, not a list, group or set."
            self.refuse(
                node.comparators[0], message, "Write ['GB', 'JP'], group('D:1') or a fact with several values."
            )
        self.fits(node.comparators[0], element, container)
        return Among(element, container, isinstance(node.ops[0], ast.NotIn), self.source(node))

    def fits(self, node: ast.expr, left: Term, right: Term) -> None:
        """Refuse two terms (or members of sets) that can never be equal."""
        one, other = left.type.one(), right.type.one()
        for literal, term in ((one, right), (other, left)):
            if odd := strange(literal, term.type.one()):
                self._not_an_option(node, min(odd), term)
        if not meet(one, other):
            message = f"{_capital(left.type.words)} is compared with {right.type.words}."
            self.refuse(node, message, _meeting(one, other))

    def _not_an_option(self, node: ast.expr, value: str, term: Term) -> NoReturn:
        if term.type.one().kind is Kind.COUNTRY:
            self.refuse(
                node, f"'{value}' is no country code.", "Write two capital letters, as in ISO 3166-1: 'GB'."
            )
        remedy = nearest(value, term.type.options or (), "Options")
        name = f" of `{term.name}`" if isinstance(term, Fact) else ""
        self.refuse(node, f"'{value}' is none of the options{name}.", remedy)

    def called(self, node: ast.Call, view: frozenset[str], depth: int) -> Term:
        """Read a function."""
        return read_call(self, node, view, depth)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _meeting(one: Type, other: Type) -> str:
    kinds = {one.kind, other.kind}
    if Kind.DATE in kinds and kinds & TEXTUAL:
        return "Write date('2026-01-15')."
    if Kind.BOOLEAN in kinds:
        return "Write the fact alone, or `not` and the fact."
    if one.unit and other.unit:
        return f"Bring {one.unit} and {other.unit} to one unit."
    if Kind.NUMBER in kinds and kinds & TEXTUAL:
        return "Write a number without quotes, a text with them."
    return "Compare things of one kind."


def _parsed(text: str, plain: str) -> ast.expr:
    start = len(plain) - len(plain.lstrip())
    try:
        root = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as fault:
        column = min(fault.offset or len(text), len(text) - start) + start
        message = "The condition cannot be read from here."
        raise ConditionFault(message, column, _syntax_remedy(fault)) from None
    except (ValueError, RecursionError, MemoryError):
        message = "The condition cannot be read."
        raise ConditionFault(message, 1, "Write it with less nesting.") from None
    return root if not start else _shifted(root, start)


def _shifted(root: ast.expr, start: int) -> ast.expr:
    for node in ast.walk(root):
        if isinstance(node, ast.expr):
            node.col_offset += start
            node.end_col_offset = (node.end_col_offset or 0) + start
    return root


def _syntax_remedy(fault: SyntaxError) -> str:
    words = fault.msg or ""
    if "never closed" in words or "unmatched" in words or "does not match" in words:
        return "Close each bracket."
    return "Look for a missing operator, comma or bracket; texts stand in quotes."


def _kind_of(node: ast.expr) -> str:
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", type(node).__name__).lower()
    return {"named expr": "`:=`", "joined str": "A formatted text"}.get(words, f"This ({words})")


_READERS: Mapping[type[ast.expr], Callable[..., Term]] = {
    ast.Constant: Reader.constant,
    ast.Name: Reader.name,
    ast.List: Reader.listed,
    ast.BoolOp: Reader.boolean,
    ast.UnaryOp: Reader.unary,
    ast.BinOp: Reader.binary,
    ast.IfExp: Reader.chosen,
    ast.Compare: Reader.compared,
    ast.Call: Reader.called,
}
