from __future__ import annotations

import pytest

from dragoman.model import Stage, Stance
from dragoman.track.stance import load_cues

CUES = load_cues()


@pytest.mark.parametrize(
    ("sentence", "stage", "stance"),
    [
        ("The council convened in Kyoto.", Stage.COMPLETED, Stance.SUPPORTS),
        ("The bridge entered into force on Monday.", Stage.OPERATIONAL, Stance.SUPPORTS),
        ("A council will be established.", Stage.PROPOSED, Stance.QUALIFIES),
        ("The two sides launched the fund.", Stage.LAUNCHED, Stance.SUPPORTS),
        ("The talks were suspended.", Stage.SUSPENDED, Stance.QUALIFIES),
        ("The order was repealed.", Stage.REPEALED, Stance.CONTRADICTS),
        ("Japan did not take part.", None, Stance.CONTRADICTS),
        ("Melons are sweet.", None, Stance.CONTEXT),
        ("协定于周一生效。", Stage.OPERATIONAL, Stance.SUPPORTS),
        ("双方将启动项目。", Stage.PROPOSED, Stance.QUALIFIES),
    ],
)
def test_stage_and_stance_of_a_sentence(sentence: str, stage: Stage | None, stance: Stance) -> None:
    assert CUES.stage_of(sentence) is stage
    assert CUES.stance_of(sentence, stage, later=True) is stance


def test_what_is_older_is_context() -> None:
    assert CUES.stance_of("The council convened.", Stage.COMPLETED, later=False) is Stance.CONTEXT


def test_of_several_stages_the_one_nearest_to_the_subject_counts() -> None:
    sentence = "They welcomed the signing of a memorandum on fish and the launch of the Data Corridor."
    assert CUES.stage_of(sentence) is Stage.COMPLETED
    assert CUES.stage_of(sentence, [sentence.index("Corridor")]) is Stage.LAUNCHED


def test_every_stage_has_words() -> None:
    assert set(CUES.order) == set(Stage)
