"""Groups of countries: `data/groups/*.yaml`, several groups a file, each with its members between days."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from dragoman.check.form import Form
from dragoman.check.located import Entry, Items, Located, Scalar
from dragoman.check.tables import title_of
from dragoman.model import Confidence, Group

HEAD = ("title", "source", "as_of", "groups")
KEYS = ("title", "confidence", "versions", "source", "as_of", "note", "codes")
VERSION = ("since", "until", "members")

Span = tuple[date | None, date | None, frozenset[str]]


def read_groups(form: Form, node: Located | None, countries: Collection[str]) -> dict[str, Group]:
    """Return the groups of a file by name; every fault is noted with its line.

    Args:
        form: of the file.
        node: the file.
        countries: codes that a member may be; a group that says `codes: other` lists something else.
    """
    given = form.fields(node, HEAD, HEAD, what_for="file of groups")
    as_of = form.at(given, "as_of", form.day)
    if len(given) < len(HEAD) or as_of is None:
        return {}
    source = form.text_at(given, "source")
    return {
        name: read_group(form, name, entry, (source, as_of), countries)
        for name, entry in form.named(given["groups"].value, "groups").items()
    }


def read_group(form: Form, name: str, entry: Entry, head: tuple[str, date], countries: Collection[str]) -> Group:
    """Return one group; `head` is the source and the day of its file."""
    given = form.fields(entry.value, KEYS, ("title", "confidence", "versions"), what_for=f"group `{name}`")
    known = () if form.text_at(given, "codes") == "other" else countries
    spans = tuple(read_span(form, node, known) for node in nodes_of(form, given, "versions"))
    check_order(form, entry.line, name, spans)
    return Group(
        name=name,
        title=title_of(form, given["title"].value if "title" in given else Scalar(name, entry.line)),
        versions=spans,
        source=form.text_at(given, "source") or head[0],
        as_of=form.at(given, "as_of", form.day) or head[1],
        confidence=form.word(
            given["confidence"].value if "confidence" in given else None,
            "confidence",
            Confidence,
            Confidence.UNVERIFIED,
        ),
    )


def nodes_of(form: Form, given: Mapping[str, Entry], key: str) -> tuple[Located, ...]:
    """Return the members of a list under a key, () where there is none."""
    node = given[key].value if key in given else None
    if node is None or isinstance(node, Items):
        return node.nodes if node else ()
    form.wrong(node, key, "a list")
    return ()


def read_span(form: Form, node: Located, countries: Collection[str]) -> Span:
    """Return the members of a group between two days; an empty list is an empty group."""
    given = form.fields(node, VERSION, what_for="version")
    if "members" not in given:
        form.faults.add("missing-key", node.line, key="members", what="version of a group")
    members = form.texts(given["members"].value, "members") if "members" in given else ()
    for code in dict.fromkeys(members):
        if countries and code not in countries:
            form.faults.add("no-country-code", given["members"].line, given=code)
        if members.count(code) > 1:
            form.faults.add("doubled-member", given["members"].line, given=code)
    return form.at(given, "since", form.day), form.at(given, "until", form.day), frozenset(members)


def check_order(form: Form, line: int, name: str, spans: Iterable[Span]) -> None:
    """Note versions that overlap or are not in order; a gap is a day that the group does not know."""
    last: date | None = None
    for number, (since, until, _) in enumerate(spans):
        starts = since or date.min
        if number and (last is None or starts <= last):
            form.faults.add("overlapping-versions", line, what=f"group `{name}`", day=starts)
        last = until
