"""`dragoman terms link`, `unlink` and `links`: links between versions that are set by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

import typer

from dragoman.cli.session import print_json, say, session_of
from dragoman.cli.track_options import By, Reason
from dragoman.model import UsageError
from dragoman.model.bilingual import LinkCorrection, Span, correction_to_row

STRETCH = re.compile(r"(\d+)-(\d+)")
Documents = Annotated[
    list[str],
    typer.Argument(help="Slugs or files: one that holds both versions, or one of each.", metavar="DOC [DOC]"),
]
English = Annotated[str, typer.Option("--en", help="Offsets of English sentences.", metavar="START-END[,...]")]
Chinese = Annotated[str, typer.Option("--zh", help="Offsets of Chinese sentences.", metavar="START-END[,...]")]


class NoOffsetsError(UsageError):
    """Words that are no offsets."""

    def __init__(self, written: str) -> None:
        super().__init__(
            f"`{written}` is no offsets.", "Write START-END, with commas between several: 0-57,58-90."
        )


def link(
    ctx: typer.Context,
    documents: Documents,
    en: English = "",
    zh: Chinese = "",
    by: By = "",
    reason: Reason = "",
) -> None:
    """Set by hand which sentences belong together, or that they stand alone; it counts until a text changes."""
    session = session_of(ctx)
    with session.open() as workspace:
        kept = workspace.translating.link(documents, en=stretches(en), zh=stretches(zh), person=by, reason=reason)
    told(kept, json=session.json)


def unlink(
    ctx: typer.Context,
    documents: Documents,
    en: English = "",
    zh: Chinese = "",
    by: By = "",
    reason: Reason = "",
) -> None:
    """Take back what was set by hand about sentences; the computed links count again."""
    session = session_of(ctx)
    with session.open() as workspace:
        kept = workspace.translating.unlink(
            documents, en=stretches(en), zh=stretches(zh), person=by, reason=reason
        )
    told(kept, json=session.json)


def links(ctx: typer.Context, documents: Documents) -> None:
    """Print all that was set by hand and taken back, oldest first."""
    session = session_of(ctx)
    with session.open() as workspace:
        found = workspace.translating.links(documents)
    for one in found:
        if session.json:
            print_json(correction_to_row(one))
        else:
            typer.echo(f"{one.at:%Y-%m-%d %H:%M}  {sentence(one)}")
    if not found:
        say("Nobody has set a link of these versions.")


def told(kept: LinkCorrection, *, json: bool) -> None:
    """Print what was kept."""
    if json:
        print_json(correction_to_row(kept))
    else:
        say(sentence(kept))


def sentence(one: LinkCorrection) -> str:
    """Return a correction in words."""
    return f"{one.action.value}  en {written(one.en)}  zh {written(one.zh)}  by {one.person}: {one.reason}"


def written(spans: Sequence[Span]) -> str:
    """Return offsets as they are typed, "-" for none."""
    return ",".join(f"{start}-{end}" for start, end in spans) or "-"


def stretches(text: str) -> list[Span]:
    """Return the offsets that were typed.

    Raises:
        UsageError: they are none.
    """
    found = [(part, STRETCH.fullmatch(part.strip())) for part in text.split(",") if part.strip()]
    for part, match in found:
        if match is None:
            raise NoOffsetsError(part)
    return [(int(match[1]), int(match[2])) for _, match in found if match]
