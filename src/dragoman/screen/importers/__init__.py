"""Importers: lists of parties in the publishers' own forms, each read whole or not at all.

    imported = read_list(Path("consolidated.csv.gz"), name="us-csl", today=day)
    imported.usable, imported.entries, imported.problems

Forms and columns: docs/screening.md and the pack `data/screening/formats.yaml`.
"""

from __future__ import annotations

from dragoman.screen.importers.reading import FORMS, ImportedList, age_problems, guess_form, read_list

__all__ = ["FORMS", "ImportedList", "age_problems", "guess_form", "read_list"]
