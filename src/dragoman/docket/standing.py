"""How a case stands: its acts, folded one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from dragoman.model.docket import (
    Act,
    ActKind,
    Attachment,
    Condition,
    DocketCase,
    Item,
    Position,
    Request,
    SeatPosition,
    Stay,
)
from dragoman.model.rule import Force, Standing

Fold = Callable[[DocketCase, Act], DocketCase]


def standing(acts: Iterable[Act]) -> DocketCase:
    """Return how a case stands after its acts, given in their order.

    Raises:
        ValueError: there is no act, the first does not submit the case, or a number is missing or doubled.
    """
    case: DocketCase | None = None
    for act in acts:
        case = after(case, act)
    if case is None:
        message = "a case begins with being submitted"
        raise ValueError(message)
    return case


def after(case: DocketCase | None, act: Act) -> DocketCase:
    """Return how a case stands after one more act; None stands for a case that does not exist yet.

    Raises:
        ValueError: the act does not follow the last one.
    """
    expected = 1 if case is None else case.acts + 1
    if act.number != expected or (case is None) != (act.kind is ActKind.SUBMITTED):
        message = f"{act.case}: act {act.number} ({act.kind}) where {expected} was expected"
        raise ValueError(message)
    if case is None:
        return _submitted(act)
    return replace(FOLDS[act.kind](case, act), acts=act.number)


def day_or_none(text: str | None) -> date | None:
    """Return the day of a payload."""
    return date.fromisoformat(text) if text else None


def _submitted(act: Act) -> DocketCase:
    given = act.payload
    return DocketCase(
        number=act.case,
        procedure=given["procedure"],
        title=given["title"],
        applicant=act.account,
        organisation=given.get("organisation", ""),
        stage=given["stage"],
        acts=act.number,
        version=1,
        facts=given["facts"],
        stays=(Stay(given["stage"], act.at),),
        targets=tuple(given.get("targets", ())),
    )


def _revised(case: DocketCase, act: Act) -> DocketCase:
    return replace(
        case,
        version=case.version + 1,
        facts=act.payload["facts"],
        title=act.payload.get("title", case.title),
        targets=tuple(act.payload.get("targets", ())),
    )


def _attached(case: DocketCase, act: Act) -> DocketCase:
    given = act.payload
    one = Attachment(given["name"], given["sha256"], given["size"], act.number)
    return replace(case, attachments=(*case.attachments, one))


def _checked(case: DocketCase, act: Act) -> DocketCase:
    given = act.payload
    return replace(
        case,
        checked=given["version"],
        outcome=given["outcome"],
        results=given["results"],
        advised=_advised(given.get("findings", ())),
    )


def _advised(findings: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return the rules that are proposed and not yet binding by their result.

    Checks of earlier versions did not keep how a rule stands; what bound nobody there counts as proposed, until
    the case is checked again.
    """
    found: dict[str, dict[str, None]] = {}
    for one in findings:
        proposed = one.get("standing", Standing.PROPOSED) == Standing.PROPOSED
        if proposed and not one["counted"] and one["force"] == Force.MUST:
            found.setdefault(one["result"], {})[one["rule"]] = None
    return {result: tuple(rules) for result, rules in found.items()}


def _screened(case: DocketCase, act: Act) -> DocketCase:
    return replace(case, screened=act.payload["version"], open_hits=tuple(act.payload["open"]))


def _unchanged(case: DocketCase, act: Act) -> DocketCase:  # noqa: ARG001 - a comment changes nothing else
    return case


def _asked(case: DocketCase, act: Act) -> DocketCase:
    one = Request(act.number, act.payload["text"], day_or_none(act.payload.get("due")), act.at)
    return replace(case, requests=(*case.requests, one))


def _answered(case: DocketCase, act: Act) -> DocketCase:
    given = act.payload
    requests = tuple(
        replace(one, answered=act.at, answer=given["text"]) if one.act == given["request"] else one
        for one in case.requests
    )
    return replace(case, requests=requests)


def _position(case: DocketCase, act: Act) -> DocketCase:
    given = act.payload
    said = SeatPosition(given["seat"], Position(given["position"]), given["reason"], act.account, act.at)
    others = tuple(one for one in case.positions if one.seat != said.seat)
    return replace(case, positions=(*others, said))


def _moved(case: DocketCase, act: Act) -> DocketCase:
    given = act.payload
    stays = (*case.stays[:-1], replace(case.stays[-1], until=act.at), Stay(given["to"], act.at))
    fields: Mapping[str, Any] = given.get("fields", {})
    return replace(
        case,
        stage=given["to"],
        stays=stays,
        positions=() if given.get("asks_anew") else case.positions,
        decision={"move": given["move"], "at": act.at.isoformat(), "account": act.account, **fields}
        if given.get("decision")
        else case.decision,
        expires=day_or_none(fields.get("expires")) or case.expires,
    )


def _condition(case: DocketCase, act: Act) -> DocketCase:
    given = act.payload
    one = Condition(act.number, given["text"], day_or_none(given.get("due")), given.get("every", ""))
    return replace(case, conditions=(*case.conditions, one))


def _reported(case: DocketCase, act: Act) -> DocketCase:
    given = act.payload
    report = (date.fromisoformat(given["day"]), bool(given["kept"]))
    conditions = tuple(
        replace(one, reports=(*one.reports, report)) if one.act == given["condition"] else one
        for one in case.conditions
    )
    return replace(case, conditions=conditions)


def _raised(case: DocketCase, act: Act) -> DocketCase:
    given = act.payload
    item = Item(act.number, given["cause"], given["text"], given["key"], act.at)
    return replace(case, items=(*case.items, item))


def _settled(case: DocketCase, act: Act) -> DocketCase:
    def settle(item: Item, at: datetime) -> Item:
        return replace(item, settled=at) if item.act == act.payload["item"] else item

    return replace(case, items=tuple(settle(item, act.at) for item in case.items))


FOLDS: Mapping[ActKind, Fold] = {
    ActKind.REVISED: _revised,
    ActKind.ATTACHED: _attached,
    ActKind.CHECKED: _checked,
    ActKind.SCREENED: _screened,
    ActKind.COMMENTED: _unchanged,
    ActKind.ASKED: _asked,
    ActKind.ANSWERED: _answered,
    ActKind.POSITION: _position,
    ActKind.MOVED: _moved,
    ActKind.CONDITION: _condition,
    ActKind.REPORTED: _reported,
    ActKind.RAISED: _raised,
    ActKind.SETTLED: _settled,
}
