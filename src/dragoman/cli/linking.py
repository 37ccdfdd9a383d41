"""`dragoman track link` and `decide`: evidence by hand, and decisions on evidence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.cli.filters import date_of, known
from dragoman.cli.session import print_json, say, session_of
from dragoman.cli.track_options import By, ProvisionId, Reason
from dragoman.model import Evidence, EvidenceState, Stage, Stance, UsageError
from dragoman.model.track_format import evidence_to_row

STANCES = ", ".join(Stance)
STAGES = ", ".join(Stage)
ByParty = Annotated[
    str | None,
    typer.Option("--by-party", help="The party that says it of itself; none is independent.", metavar="NAME"),
]
Instance = Annotated[int | None, typer.Option("--instance", min=0, help="Which instance of a recurring duty.")]
SourceDay = Annotated[str | None, typer.Option("--day", help="Date of the source.", metavar="DATE")]
AStage = Annotated[str | None, typer.Option("--stage", help=f"{STAGES}.")]


class OneDecisionError(UsageError):
    """No decision, or several at once."""

    def __init__(self) -> None:
        super().__init__(
            "A decision is exactly one of --accept, --reject, --withdraw and --reset.",
            "`dragoman track history PROVISION` lists the evidence with its ids.",
        )


def link(
    ctx: typer.Context,
    provision: ProvisionId,
    stance: Annotated[str, typer.Option("--stance", help=f"{STANCES}.")],
    stage: AStage = None,
    quote: Annotated[str, typer.Option("--quote", help="The sentence, word for word.")] = "",
    page: Annotated[str, typer.Option("--page", help="Document or corpus page with it.", metavar="SLUG")] = "",
    address: Annotated[str, typer.Option("--address", help="Where it can be read.", metavar="URL")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="File that is kept along.")] = None,
    day: SourceDay = None,
    by_party: ByParty = None,
    instance: Instance = None,
    note: Annotated[str, typer.Option("--note", help="Why it is evidence.")] = "",
    candidate: Annotated[bool, typer.Option("--candidate", help="For another person to accept.")] = False,
    by: By = "",
) -> None:
    """Link evidence to a line by hand; it is accepted at once unless --candidate is given."""
    session = session_of(ctx)
    draft = Evidence(
        id="",
        provision=provision,
        stance=Stance(known("stance", [stance], Stance)[0]),
        state=EvidenceState.CANDIDATE if candidate else EvidenceState.ACCEPTED,
        quote=quote,
        page=page,
        address=address,
        day=date_of("day", day),
        stage=stage_of(stage),
        by_party=by_party or "",
        note=note,
        instance=instance or 0,
    )
    with session.open() as workspace:
        made = workspace.tracking.add_evidence(draft, by=by, file=file)
    if session.json:
        print_json(evidence_to_row(made))
    else:
        say(f"{made.id} is {made.state.value}")


def stage_of(given: str | None) -> Stage | None:
    """Return the stage of an option. Raises UnknownValueError."""
    return Stage(known("stage", [given], Stage)[0]) if given else None


def decide(
    ctx: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="EVIDENCE", help="Id of a piece of evidence.")],
    accept: Annotated[bool, typer.Option("--accept", help="It is evidence, as it stands or changed.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It is none.")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Its source took it back; needs --reason.")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Make it a candidate again.")] = False,
    stance: Annotated[str | None, typer.Option("--stance", help=f"{STANCES}.")] = None,
    stage: AStage = None,
    day: SourceDay = None,
    by_party: ByParty = None,
    instance: Instance = None,
    by: By = "",
    reason: Reason = "",
) -> None:
    """Decide on a piece of evidence; each decision is a further step of its history."""
    session = session_of(ctx)
    state = state_of(accept=accept, reject=reject, withdraw=withdraw, reset=reset)
    changes: Mapping[str, Any] = {
        "stance": Stance(known("stance", [stance], Stance)[0]) if stance else None,
        "stage": stage_of(stage),
        "day": date_of("day", day),
        "by_party": by_party,
        "instance": instance,
    }
    stated = {field: value for field, value in changes.items() if value is not None}
    with session.open() as workspace:
        made = workspace.tracking.decide_evidence(identifier, state, by=by, reason=reason, changes=stated)
    if session.json:
        print_json(evidence_to_row(made))
    else:
        say(f"{made.id} is {made.state.value}")


def state_of(*, accept: bool, reject: bool, withdraw: bool, reset: bool) -> EvidenceState:
    """Return the state that is decided on. Raises OneDecisionError."""
    wanted = {
        EvidenceState.ACCEPTED: accept,
        EvidenceState.REJECTED: reject,
        EvidenceState.WITHDRAWN: withdraw,
        EvidenceState.CANDIDATE: reset,
    }
    chosen = [state for state, is_wanted in wanted.items() if is_wanted]
    if len(chosen) != 1:
        raise OneDecisionError
    return chosen[0]
