"""A statement has who acts, by which modal, what is done and to what; slots are slices of the sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.extract.candidate import Span
from dragoman.extract.context import read_context
from dragoman.extract.en.slots import Slots, slots_of
from dragoman.extract.view import views_of
from dragoman.lexicon import load_lexicon
from tests.extract.en.reading import document_of

WORDS = (
    "the", "an", "owner", "owners", "Board", "of", "Pilots", "shall", "may", "not", "has", "been", "is", "keep",
    "kept", "keeping", "log", "to", "by", "who", "if", "as", "necessary", "and", ",", "(", ")", "in", "every", "two",
    "years", "carries", "out", "about", "that",
)  # fmt: skip


def slots_in(text: str) -> tuple[str, str, str, str]:
    slots = read(text)
    first, *rest = (words(text, span) for span in (slots.attribute, slots.deontic, slots.aim, slots.object))
    return (first, rest[0], rest[1], rest[2])


def read(text: str) -> Slots:
    document, lexicon = document_of(text, "law"), load_lexicon()
    view = next(views_of(document, lexicon))
    return slots_of(view, read_context(document, lexicon))


def words(text: str, span: Span | None) -> str:
    return text[slice(*span)] if span else ""


@pytest.mark.parametrize(
    ("text", "attribute", "deontic", "aim", "thing"),
    [
        ("An owner shall keep the log.", "owner", "shall", "keep", "log"),
        ("An owner may not sell the ship.", "owner", "may not", "sell", "ship"),
        ("Owners must never sell a ship.", "Owners", "must never", "sell", "ship"),
        ("The pilot has to sign the log.", "pilot", "has to", "sign", "log"),
        ("The owner may first use the old pier.", "owner", "may", "use", "old pier"),
        ("Each owner shall also pay a fee.", "owner", "shall", "pay", "fee"),
        ("The Board of Pilots adopts a code of conduct.", "Board of Pilots", "", "adopts", "code of conduct"),
        ("Owners of small boats shall pay.", "Owners of small boats", "shall", "pay", ""),
        ("It decides to meet.", "It", "", "decides", "to meet"),
        ("The pilot wugs the rope.", "pilot", "", "wugs", "rope"),
    ],
)
def test_components(text: str, attribute: str, deontic: str, aim: str, thing: str) -> None:
    assert slots_in(text) == (attribute, deontic, aim, thing)


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("The owner has filed a complaint.", "has filed"),
        ("The crew is mending the net.", "is mending"),
        ("The log has been checked by the owner.", "has been checked"),
        ("The owner is about to leave the port.", "is about to leave"),
        ("The owner has caused to be sold any boat.", "has caused to be sold"),
        ("The pilot shall keep posted, on the pier, a list of fees.", "keep posted"),
        ("The Board carries out the plan.", "carries out"),
        ("The Board shall protect and restore the pier.", "protect and restore"),
        ("The Board shall sell nets and restore the pier.", "sell"),
        ("The owner is unable to pay.", "is"),
        ("A pilot who is mending nets.", "is mending"),
        ("Any pilot acting for the owner of a boat.", "acting"),
    ],
)
def test_the_aim_is_the_whole_verb(text: str, aim: str) -> None:
    assert slots_in(text)[2] == aim


@pytest.mark.parametrize(
    ("text", "attribute", "aim", "thing"),
    [
        ("The log is checked by the owner.", "owner", "is checked", "log"),
        ("The log shall be checked.", "", "be checked", "log"),
        ("We are committed to clean seas.", "We", "are committed", ""),
        ("The nets owned by the pilot shall be sold.", "", "be sold", "nets owned by the pilot"),
    ],
)
def test_in_the_passive_the_subject_is_the_object(text: str, attribute: str, aim: str, thing: str) -> None:
    found = slots_in(text)
    assert (found[0], found[2], found[3]) == (attribute, aim, thing)


@pytest.mark.parametrize(
    ("text", "attribute", "deontic"),
    [
        ("Within a year, the Board shall report.", "Board", "shall"),
        (
            "In the case of a boat whose crew would have left under section 2 the owner shall report.",
            "owner",
            "shall",
        ),
        ("The Board, in line with its own code, shall report.", "Board", "shall"),
        ("The Board as necessary reports the loss.", "Board", ""),
        ("Any pilot acting for the owner of a boat.", "pilot", ""),
    ],
)
def test_adjuncts_are_no_part_of_who_acts(text: str, attribute: str, deontic: str) -> None:
    assert slots_in(text)[:2] == (attribute, deontic)


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("The Board shall submit to the mayor a plan for the port.", "plan for the port"),
        ("The Board shall submit, in accordance with rule 2, a plan.", "plan"),
        ("The Board prepares a plan, in accordance with rule 2.", "plan"),
        ("The Board lists the boats in order to save time.", "boats"),
        ("The Board lists boats that carry coal if the mayor asks.", "boats that carry coal"),
        ("The Board shall protect and restore the pier.", "pier"),
        ("The Board shall work together and restore the pier.", ""),
        ("The Board shall travel to the port to set up the pier.", "port to set up the pier"),
        ("The Board lists boats, nets and ropes.", "boats, nets and ropes"),
        ("The owner keeps a log and checks the net.", "log"),
        ("The pilot is caring for a boat that is subject to a fee.", "boat that is subject to a fee"),
        ("The pilot looks for a buyer to fill the post.", "buyer to fill the post"),
        ("The Board shall meet every two years.", ""),
        ("The Board shall meet in open session every two years.", ""),
        ("The Board shall require, as a rule, that the owner pay.", ""),
    ],
)
def test_the_object_goes_with_its_modifiers(text: str, thing: str) -> None:
    assert slots_in(text)[3] == thing


@pytest.mark.parametrize("text", ["Rules for pilots of small boats.", "Annex B."])
def test_a_phrase_has_no_slots(text: str) -> None:
    assert read(text) == Slots()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
def test_slots_lie_in_the_sentence_and_do_not_cross(chosen: list[str]) -> None:
    text = "Owners " + " ".join(chosen) + "."
    slots = read(text)
    spans = sorted(span for span in (slots.attribute, slots.deontic, slots.aim, slots.object) if span)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
