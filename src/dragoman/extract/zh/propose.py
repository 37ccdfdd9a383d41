"""Candidates of a sentence: which words carry a provision, of which kind and force, and who their subject is."""

from __future__ import annotations

from dragoman.extract.candidate import Candidate
from dragoman.extract.context import Context
from dragoman.extract.view import View
from dragoman.model import Kind, Why


def propose(view: View, context: Context) -> list[Candidate]:
    """Return the candidates of a sentence, in text order."""
    groups = context.lexicon.cues[view.sentence.language].groups
    for cue in view.cues:
        group = cue.phrases[0].group
        attributes = groups[group]
        if "kind" in attributes:
            kind = Kind(attributes["kind"])
            why = Why("kind", kind.value, group, cue.start, cue.end)
            return [
                Candidate(
                    start=view.start,
                    end=view.end,
                    trigger=(cue.start, cue.end),
                    kind=kind,
                    force=attributes["force"],
                    rule=group,
                    clause=(view.start, view.end),
                    subject=(view.start, cue.start),
                    subject_rule="named",
                    aim=(cue.end, view.end),
                    features=(f"rule:{group}",),
                    why=(why,),
                )
            ]
    return []
