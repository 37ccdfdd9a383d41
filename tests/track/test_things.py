from __future__ import annotations

import pytest

from dragoman.track.things import named_things
from tests.track.pages import TAGGER


@pytest.mark.parametrize(
    ("sentence", "things"),
    [
        ("They will set up a Quantum Standards Council soon.", ("Quantum Standards Council",)),
        ("We intend to launch the Data Corridor and the ABC-X fund.", ("Data Corridor", "ABC-X")),
        ("Launching a Lakeside Fund for Sensors.", ("Lakeside Fund for Sensors",)),
        ("The United States will work with Japan.", ()),
        ("Sharing of data is good.", ()),
        ("Joint work on 5G and 6G goes on.", ("5G", "6G")),
        ("It is called “common ground rules” here.", ("common ground rules",)),
        ("双方将启动Data Corridor项目。", ("Data Corridor",)),
    ],
)
def test_named_things_of_a_sentence(sentence: str, things: tuple[str, ...]) -> None:
    assert named_things(sentence, TAGGER) == things
