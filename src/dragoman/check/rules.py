"""One file of a pack's `rules/`: a rule with its versions, read with the line of every fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from dragoman.check.condition import Condition
from dragoman.check.form import Form, is_given
from dragoman.check.groups import nodes_of
from dragoman.check.located import Entry, Located, Scalar
from dragoman.check.pack import ReadyRule, ReadyVersion
from dragoman.check.refusal import ConditionFault
from dragoman.check.vocabulary import Vocabulary
from dragoman.model import Basis, Bilingual, Confidence, Force, Rule, Standing, Version

OF_A_VERSION = (
    "since",
    "until",
    "standing",
    "applies",
    "requires",
    "citation",
    "url",
    "as_of",
    "confidence",
    "note",
)
LINKS = ("exception_to", "yields_to", "contradicts")
OF_A_RULE = ("id", "title", "force", "jurisdiction", "each", "facts", "versions", "basis", "remedy", *LINKS)
KEYS = (*OF_A_RULE, *OF_A_VERSION)
NEEDED_ONCE = ("id", "title")
NEEDED_OF_EACH = ("citation", "as_of", "confidence")
OF_A_BASIS = ("doc", "section", "quote", "start", "end", "sha256")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TIMES = re.compile(r"\s+x\s+")
MOST_EACH = 2
EARLY = date.min
"""Stands in for a date that is missing; the pack is refused then."""


@dataclass(frozen=True, slots=True)
class RuleFile:
    """What a rule is read with.

    Attributes:
        form: of the file.
        pack: name of the pack.
        jurisdiction: of the pack.
        vocabulary: of the pack.
        collections: names that `each:` may use.
    """

    form: Form
    pack: str
    jurisdiction: str
    vocabulary: Vocabulary
    collections: tuple[str, ...]

    def read(self, node: Located | None) -> ReadyRule | None:
        """Return the rule of a file, None where it has no name; every fault is noted."""
        form = self.form
        given = form.fields(node, KEYS, NEEDED_ONCE, what_for="rule")
        name = form.text_at(given, "id")
        if not ID.fullmatch(name):
            if name:
                form.faults.add("bad-id", given["id"].line, given=name)
            return None
        each = self.each(given)
        versions = self.versions(given, each)
        rule = Rule(
            id=f"{self.pack}/{name}",
            title=form.at(given, "title", form.both) or Bilingual(name, name),
            force=form.word(value_of(given, "force"), "force", Force, Force.MUST),
            jurisdiction=form.text_at(given, "jurisdiction") or self.jurisdiction,
            versions=tuple(ready.version for ready in versions),
            each=each,
            facts=form.at(given, "facts", form.texts),
            basis=tuple(self.basis(entry) for entry in nodes_of(form, given, "basis")),
            remedy=form.at(given, "remedy", form.both),
            path=form.faults.source,
            line=given["id"].line,
            exception_to=self.links(given, "exception_to"),
            yields_to=self.links(given, "yields_to"),
            contradicts=self.links(given, "contradicts"),
        )
        self.check_facts(rule, given, versions)
        return ReadyRule(rule, versions)

    def each(self, given: Mapping[str, Entry]) -> tuple[str, ...]:
        """Return the collections that the rule judges member by member."""
        text = self.form.text_at(given, "each")
        names = tuple(TIMES.split(text)) if text else ()
        unknown = [name for name in names if name not in self.collections]
        if unknown or len(names) > MOST_EACH or len(set(names)) < len(names):
            self.form.faults.add(
                "bad-each", given["each"].line, given=text, known=", ".join(self.collections), most=MOST_EACH
            )
            return ()
        return names

    def links(self, given: Mapping[str, Entry], key: str) -> tuple[str, ...]:
        """Return ids of other rules in full."""
        names = self.form.at(given, key, self.form.texts)
        return tuple(name if "/" in name else f"{self.pack}/{name}" for name in names)

    def versions(self, given: Mapping[str, Entry], each: tuple[str, ...]) -> tuple[ReadyVersion, ...]:
        """Return the versions; keys outside the list are the defaults of its entries."""
        own = {key: entry for key, entry in given.items() if key in OF_A_VERSION}
        if "versions" not in given:
            line = given["id"].line
            return (self.version(own, each, line),)
        found = []
        for node in nodes_of(self.form, given, "versions"):
            entries = self.form.fields(node, OF_A_VERSION, what_for="version")
            found.append(self.version({**own, **entries, **emptied(node, own)}, each, node.line))
        first = [(ready.version.since is not None, ready.version.since, ready) for ready in found]
        return tuple(ready for _, _, ready in sorted(first, key=lambda one: (one[0], one[1] or EARLY)))

    def version(self, given: Mapping[str, Entry], each: tuple[str, ...], line: int) -> ReadyVersion:
        """Return one version, its conditions parsed."""
        form = self.form
        for key in NEEDED_OF_EACH:
            if not is_given(value_of(given, key)):
                form.faults.add("missing-key", line, key=key, what="rule")
        version = Version(
            since=form.at(given, "since", form.day),
            until=form.at(given, "until", form.day),
            standing=form.word(value_of(given, "standing"), "standing", Standing, Standing.IN_FORCE),
            applies=form.text_at(given, "applies"),
            requires=form.text_at(given, "requires"),
            citation=form.text_at(given, "citation"),
            as_of=form.at(given, "as_of", form.day) or EARLY,
            confidence=form.word(value_of(given, "confidence"), "confidence", Confidence, Confidence.UNVERIFIED),
            url=form.text_at(given, "url"),
            note=form.at(given, "note", form.both),
        )
        if version.since and version.until and version.until < version.since:
            form.faults.add("ends-before-it-begins", given["until"].line, since=version.since, until=version.until)
        return ReadyVersion(
            version, self.condition(given, "applies", each), self.condition(given, "requires", each), line
        )

    def condition(self, given: Mapping[str, Entry], key: str, each: tuple[str, ...]) -> Condition | None:
        """Return the condition of a key, None where it is absent or wrong (then it is noted)."""
        text = self.form.text_at(given, key)
        if not text:
            return None
        try:
            return self.vocabulary.condition(text, each)
        except ConditionFault as fault:
            node = given[key].value
            self.form.faults.add(
                "bad-condition",
                node.line,
                key=key,
                column=fault.column,
                message=fault.message.rstrip("."),
                hint=fault.remedy,
            )
            return None

    def basis(self, node: Located) -> Basis:
        """Return one sentence that the rule implements."""
        form = self.form
        given = form.fields(node, OF_A_BASIS, ("doc",), what_for="basis")
        if "quote" not in given and "sha256" not in given:
            form.faults.add("basis-without-quote", node.line)
        start, end = form.at(given, "start", form.number), form.at(given, "end", form.number)
        return Basis(
            doc=form.text_at(given, "doc"),
            section=form.text_at(given, "section"),
            quote=form.text_at(given, "quote"),
            start=None if start is None else int(start),
            end=None if end is None else int(end),
            sha256=form.text_at(given, "sha256"),
        )

    def check_facts(self, rule: Rule, given: Mapping[str, Entry], versions: tuple[ReadyVersion, ...]) -> None:
        """Note facts that the rule declares and does not use, or uses and does not declare."""
        conditions = [condition for ready in versions for condition in ready.conditions]
        used = {name for condition in conditions for name in condition.direct}
        line = given["facts"].line if "facts" in given else rule.line
        for name in rule.facts:
            if name not in used and self.is_whole(versions):
                self.form.faults.add("fact-not-used", line, fact=name)
        undeclared = sorted(used - set(rule.facts))
        if undeclared:
            self.form.faults.add(
                "fact-not-declared", line, facts=", ".join(undeclared), all=", ".join(sorted(used))
            )

    @staticmethod
    def is_whole(versions: tuple[ReadyVersion, ...]) -> bool:
        """Return whether every condition could be parsed."""
        return all(
            bool(ready.version.applies) == (ready.applies is not None)
            and bool(ready.version.requires) == (ready.requires is not None)
            for ready in versions
        )


def emptied(node: Located, defaults: Mapping[str, Entry]) -> dict[str, Entry]:
    """Return the defaults that a version takes back by an empty value (`until:`)."""
    entries = getattr(node, "entries", ())
    return {
        entry.key: replace(entry, value=Scalar("", entry.line))
        for entry in entries
        if entry.key in defaults and not is_given(entry.value)
    }


def value_of(given: Mapping[str, Entry], key: str) -> Located | None:
    """Return the value of a key, None where it is absent."""
    return given[key].value if key in given else None
