"""States and transitions of a case over time: procedures, clocks, obstacles, and how a case stands by its acts.

Pure functions on acts; who keeps them is the register's business.

    procedure = load_procedure("ai-exports-program")
    case = standing(acts)
    obstacles(procedure, case, "designate", person, fields, at)
"""

from __future__ import annotations

from dragoman.docket.clocks import read_clocks
from dragoman.docket.deadlines import deadlines, soon_days
from dragoman.docket.obstacles import obstacles, possible_moves
from dragoman.docket.procedures import (
    NoSuchProcedureError,
    load_procedure,
    procedure_names,
    procedures_taking,
)
from dragoman.docket.rights import may, own_acts, sees_inner, sight_of
from dragoman.docket.standing import after, standing
from dragoman.docket.watch import due_items

__all__ = [
    "NoSuchProcedureError",
    "after",
    "deadlines",
    "due_items",
    "load_procedure",
    "may",
    "obstacles",
    "own_acts",
    "possible_moves",
    "procedure_names",
    "procedures_taking",
    "read_clocks",
    "sees_inner",
    "sight_of",
    "soon_days",
    "standing",
]
