from __future__ import annotations

from dragoman.model import ReviewState
from dragoman.register import Decision, Register
from tests.register.making import CODER, NOON, document, provision


def saved(place: str) -> Register:
    register = Register.open(place)
    for slug in ("memo", "act"):
        doc = document("We will meet.\nThey will pay.", slug)
        register.save(doc, [provision(doc, 0), provision(doc, 1)], coder=CODER, at=NOON)
    return register


def test_packed_ties_come_back_as_they_were_kept_and_only_the_last(place: str) -> None:
    register = saved(place)
    act, memo = register.ties.states()
    assert (act.slug, act.kept, memo.slug, memo.kept) == ("act", "", "memo", "")
    register.ties.keep(memo, "first", b"\x00old", ())
    register.ties.keep(memo, "second", b"\xff\x00new", ())
    register.ties.keep(act, "other", b"", ())
    register.close()
    register = Register.open(place)
    assert [state.kept for state in register.ties.states()] == ["other", "second"]
    assert dict(register.ties.packs()) == {"memo": b"\xff\x00new", "act": b""}
    assert dict(register.ties.packs(["memo"])) == {"memo": b"\xff\x00new"}
    register.close()


def test_what_they_rest_on_changes_with_decisions_and_versions(place: str) -> None:
    register = saved(place)
    before = {state.slug: state.basis for state in register.ties.states()}
    doc = document("We will meet.\nThey will pay.")
    register.review(provision(doc, 0).id, Decision(ReviewState.REJECTED, "Ann", NOON))
    decided = {state.slug: state.basis for state in register.ties.states()}
    assert decided["act"] == before["act"]
    assert decided["memo"] != before["memo"]
    old = next(state.version for state in register.ties.states() if state.slug == "act")
    changed = document("We will meet again.", "act")
    register.save(changed, [provision(changed, 0)], coder=CODER, at=NOON)
    new = next(state for state in register.ties.states() if state.slug == "act")
    assert (new.version != old, new.kept) == (True, "")
    register.close()
