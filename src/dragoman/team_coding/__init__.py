"""Team coding, for the faces: blind coding, agreement, arbitration, files; a part of the facade.

with Workspace.open("workspace") as workspace:
    team = workspace.coding()
    team.assign(["accord"], ["Ana", "Bo"], by="Mara")
    team.submit(Path("ana.csv").read_bytes(), "ana.csv", coder="Ana")
    for difference in team.queue("accord"):
        print(difference.quote, difference.fields)
"""

from __future__ import annotations

from dragoman.team_coding.desk import CODING_FORMS, GOLD, CodingDesk, coded_bytes
from dragoman.team_coding.importing import QDA_FORMS
from dragoman.team_coding.team import SEED, TeamCoding, stated

__all__ = ["CODING_FORMS", "GOLD", "QDA_FORMS", "SEED", "CodingDesk", "TeamCoding", "coded_bytes", "stated"]
