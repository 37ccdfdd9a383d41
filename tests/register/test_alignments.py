from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dragoman.model.bilingual import LinkAction, LinkCorrection
from dragoman.register import Register

AT = datetime(2026, 4, 3, 12, tzinfo=UTC)
FIRST = LinkCorrection(
    "dams-en", "dams-zh", ("a" * 64, "b" * 64), LinkAction.LINK, ((0, 12), (13, 20)), (), "Ada", "left out", AT
)
SECOND = LinkCorrection(
    "dams-en",
    "dams-zh",
    ("a" * 64, "b" * 64),
    LinkAction.UNLINK,
    ((0, 12),),
    (),
    "Bo",
    "not so",
    AT + timedelta(1),
)


def test_corrections_of_two_documents_are_kept_in_order(place: str) -> None:
    register = Register.open(place)
    for one in (FIRST, SECOND):
        register.alignments.keep(one)
    assert register.alignments.history("dams-en", "dams-zh") == (FIRST, SECOND)
    assert register.alignments.history("dams-zh", "dams-en") == ()
    register.close()
