"""How the rules of a pack hang together: exceptions, precedence, contradictions, all of which lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dragoman.check.pack import ReadyRule
from dragoman.check.problems import nearest, problem
from dragoman.model import Problem, Rule


def check_links(pack: str, rules: Sequence[ReadyRule]) -> Iterator[Problem]:
    """Yield what is wrong with the links between the rules of a pack.

    A link to a rule of another pack is looked up when both are run.
    """
    known = {ready.rule.id: ready.rule for ready in rules}
    for rule in known.values():
        yield from _unknown(pack, rule, known)
        yield from _scopes(rule, known)
    yield from _circles(known)


def links_of(rule: Rule) -> Iterator[tuple[str, str]]:
    """Yield the kind of link and the id of the other rule."""
    for kind in ("exception_to", "yields_to", "contradicts"):
        for other in getattr(rule, kind):
            yield kind, other


def _unknown(pack: str, rule: Rule, known: Mapping[str, Rule]) -> Iterator[Problem]:
    """Yield links of a rule to itself or to no rule of the pack."""
    for kind, other in links_of(rule):
        name = other.partition("/")[2]
        if other == rule.id:
            yield problem("link-to-itself", rule.path, rule.line, key=kind, given=name)
        elif other.startswith(f"{pack}/") and other not in known:
            near = nearest(name, (one.partition("/")[2] for one in known if one != rule.id))
            yield problem("unknown-rule", rule.path, rule.line, key=kind, given=name, near=near)


def _scopes(rule: Rule, known: Mapping[str, Rule]) -> Iterator[Problem]:
    """Yield links between rules that do not judge the same subject."""
    for kind, other in links_of(rule):
        if other not in known:
            continue
        judge, judged = (rule, known[other]) if kind == "exception_to" else (known[other], rule)
        fits = set(judge.each) <= set(judged.each) or (
            kind == "contradicts" and set(judged.each) <= set(judge.each)
        )
        if not fits:
            yield problem(
                "link-across-subjects",
                rule.path,
                rule.line,
                key=kind,
                given=other.partition("/")[2],
                judge=each_words(judge),
                judged=each_words(judged),
            )


def each_words(rule: Rule) -> str:
    """Return what a rule judges, in words."""
    return f"`{rule.id.partition('/')[2]}` judges " + (" x ".join(rule.each) or "the case")


def depends_on(known: Mapping[str, Rule]) -> dict[str, list[str]]:
    """Return, by rule, the rules that decide whether it bears on a case."""
    edges: dict[str, list[str]] = {name: [] for name in known}
    for rule in known.values():
        edges[rule.id] += [other for other in rule.yields_to if other in known]
        for other in rule.exception_to:
            if other in known:
                edges[other].append(rule.id)
    return edges


def _circles(known: Mapping[str, Rule]) -> Iterator[Problem]:
    """Yield one problem a circle of exceptions and precedence."""
    edges = depends_on(known)
    done: set[str] = set()
    for start in edges:
        circle = _circle_from(start, edges, done)
        if circle:
            rule = known[circle[0]]
            words = " -> ".join(one.partition("/")[2] for one in (*circle, circle[0]))
            yield problem("circular-rules", rule.path, rule.line, circle=words)


def _circle_from(start: str, edges: Mapping[str, Iterable[str]], done: set[str]) -> list[str]:
    """Return the first circle that can be reached, [] for none; what was looked at is added to `done`."""
    path: list[str] = []
    stack: list[tuple[str, bool]] = [(start, False)]
    while stack:
        name, leaving = stack.pop()
        if leaving:
            path.pop()
            done.add(name)
        elif name in path:
            done.update(path)
            return path[path.index(name) :]
        elif name not in done:
            path.append(name)
            stack.append((name, True))
            stack += [(other, False) for other in edges[name] if other != name]
    return []
