"""What the facade passes on to the comparing room."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from dragoman.comparing import Comparing
from dragoman.lexicon import Lexicon
from dragoman.register import Register

ENGLISH = "Joint Statement\n\n1 March 2025\n\nNorway and Singapore will test tidal cables in Bergen by 2027.\n"
CHINESE = "联合声明\n\n2025年4月1日\n\n挪威和新加坡将于2027年前在卑尔根测试潮汐电缆。\n"


def test_the_words_of_the_termbase_help_to_link_two_languages(tmp_path: Path) -> None:
    asked: list[Lexicon] = []

    def extend(lexicon: Lexicon) -> Lexicon:
        asked.append(lexicon)
        return lexicon

    for name, text in {"statement.en.txt": ENGLISH, "statement.zh.txt": CHINESE}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    register = Register.open(tmp_path / "register.sqlite")
    comparing = Comparing(register, lambda _: (), lambda: datetime(2026, 1, 1, tzinfo=UTC), extend)
    comparing.lineage([str(tmp_path / "statement.en.txt"), str(tmp_path / "statement.zh.txt")])
    register.close()
    assert len(asked) == 1
