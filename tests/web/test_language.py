from __future__ import annotations

import importlib
import inspect
import re
from datetime import UTC, date, datetime, timedelta, timezone
from importlib.resources import files
from typing import Any

import pytest
import yaml

from dragoman.lexicon.failures import code_of, failures
from dragoman.lexicon.problems import places_in
from dragoman.model import BlockKind, Bound, DeadlineKind, DragomanError, Kind, Language, ReviewState, Severity
from dragoman.model.lineage import LineageField
from dragoman.web.excerpt import FIELDS
from dragoman.web.filtering import Filter
from dragoman.web.language import accepted
from dragoman.wording import MissingMessageError, catalogue

PACKAGE = files("dragoman.web")
EN, ZH = catalogue(Language.EN), catalogue(Language.ZH)


def placeholders(message: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", message))


def sources() -> dict[str, str]:
    """Files that take texts from the catalogue; reports of comparison bring their words in a pack of their own."""
    folders = [PACKAGE, PACKAGE / "templates", PACKAGE / "templates" / "fragment", PACKAGE / "templates" / "part"]
    names = [entry for folder in folders for entry in folder.iterdir()]
    names += list((PACKAGE / "static").iterdir())
    names += [files("dragoman") / "wording.py", *(files("dragoman") / "report").iterdir()]
    names += list((files("dragoman") / "docketing").iterdir())
    texts = {
        str(entry): entry.read_text("utf-8") for entry in names if entry.name.endswith((".py", ".html", ".js"))
    }
    return {
        path: text
        for path, text in texts.items()
        if not re.search(r"comparison_words|alliance_words|class Words|class BriefingWords", text)
    }


def used_keys() -> tuple[set[str], set[str]]:
    """Keys that the templates name whole, and the groups of which they take a member by value."""
    text = "\n".join(sources().values())
    whole = set(re.findall(r"""\b(?:t|text)\(\s*["']([\w.]+?)["']\s*[,)]""", text))
    counted = set(re.findall(r"""\b(?:tn|count)\(\s*["']([\w.]+)["']\s*,""", text))
    grouped = set(re.findall(r"""\bt(?:ext)?\(\s*["']([\w.]+)\.["']\s*~""", text))
    grouped |= set(re.findall(r"""\btext\(\s*f["']([\w.]+)\.\{""", text))
    for report in sources().values():
        under = re.search(r"""return self\.texts\.text\(f["']([\w.]+)\.\{key\}["']""", report)
        if under is not None:
            grouped |= {
                f"{under[1]}.{group}" for group in re.findall(r"""\bwords\(\s*f["']([\w.]+)\.\{""", report)
            }
            whole |= {f"{under[1]}.{key}" for key in re.findall(r"""\bwords\(\s*["']([\w.]+)["']""", report)}
    named = set(re.findall(r"""\b(?:name|names|group)\(\s*["']([\w.]+)["']""", text))
    return whole | {f"{key}.{form}" for key in counted for form in ("one", "other")}, grouped | named


def test_both_languages_have_the_same_keys() -> None:
    assert set(EN.messages) == set(ZH.messages)


def test_both_languages_fill_in_the_same_values() -> None:
    differing = [key for key in EN.messages if placeholders(EN.messages[key]) != placeholders(ZH.messages[key])]
    assert differing == []


def test_chinese_texts_are_chinese() -> None:
    same = {
        "lang",
        "own_name.en",
        "bound.exact",
        "date.moment",
        "panel.decided",
        "script.position",
        "word.between",
        "alliances.normals.jaccard",
    }
    foreign = [key for key, text in ZH.messages.items() if not re.search("[\u4e00-\u9fff]", text)]
    assert set(foreign) == same


def test_chinese_texts_use_chinese_punctuation() -> None:
    assert [key for key, text in ZH.messages.items() if re.search(r"[\u4e00-\u9fff][,;:?]", text)] == []


def test_catalogues_name_source_and_date() -> None:
    for language in Language:
        path = files("dragoman").joinpath("data", "interface", f"{language.value}.yaml")
        content = yaml.safe_load(path.read_text("utf-8"))
        assert content["source"]
        assert isinstance(content["as_of"], date)


def test_every_text_that_a_page_asks_for_exists() -> None:
    whole, groups = used_keys()
    assert len(whole) > 100
    assert sorted(key for key in whole if key not in EN.messages) == []
    assert sorted(group for group in groups if not EN.names(group)) == []


def test_no_text_is_left_over() -> None:
    whole, groups = used_keys()
    scripts = "\n".join(text for name, text in sources().items() if name.endswith(".js"))
    by_script = {f"script.{key}" for key in EN.group("script") if re.search(rf'texts\.{key}\b|"{key}"', scripts)}
    by_state = {f"script.{state.value}" for state in ReviewState}
    whole |= by_script | by_state
    left = [key for key in EN.messages if key not in whole and key.rpartition(".")[0] not in groups - {"script"}]
    tags = {"technologies", "instruments", "month", "interval", "document_kind", "furniture"}
    assert [key for key in left if key.partition(".")[0] not in tags] == []


@pytest.mark.parametrize("language", list(Language))
def test_every_value_of_the_model_has_a_word(language: Language) -> None:
    texts = catalogue(language)
    groups = {
        "kind": Kind,
        "kind_short": Kind,
        "kind_long": Kind,
        "state": ReviewState,
        "severity": Severity,
        "severity_many": Severity,
        "deadline_kind": DeadlineKind,
        "bound": Bound,
        "language": Language,
    }
    for group, values in groups.items():
        assert [value for value in values if f"{group}.{value.value}" not in texts.messages] == []
    assert [field for field in FIELDS if f"field.{field}" not in texts.messages] == []
    assert [force for force in range(1, 5) if f"force.{force}" not in texts.messages] == []
    filters = set(Filter.model_fields) - {"order", "offset", "limit"}
    assert [name for name in filters if f"filter.{name}" not in texts.messages] == []


def test_block_roles_fall_back_to_a_word() -> None:
    assert BlockKind.FURNITURE
    assert EN.name("furniture", "menu") == "Menu of the page"
    assert EN.name("furniture", "weather") == "weather"


def test_dates_are_words() -> None:
    assert EN.date(date(2023, 6, 8)) == "8 June 2023"
    assert ZH.date(date(2023, 6, 8)) == "2023年6月8日"
    assert EN.date(None) == ""


def test_moments_are_given_in_utc() -> None:
    moment = datetime(2026, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=8)))
    assert EN.time(moment) == "28 February 2026, 17:30 UTC"
    assert "17:30" in ZH.time(moment.astimezone(UTC))


def test_numbers_choose_their_form() -> None:
    assert EN.count("count.provisions", 1) == "1 provision"
    assert EN.count("count.provisions", 1200) == "1,200 provisions"
    assert EN.count("count.provisions", 0) == "0 provisions"


def test_intervals_are_said_in_words() -> None:
    assert [EN.interval(value) for value in ("P6M", "P1Y", "P42D", "P1Y6M")] == [
        "6 months",
        "year",
        "42 days",
        "P1Y6M",
    ]
    assert ZH.interval("P6M") == "6个月"


def test_a_missing_text_is_a_defect_with_its_place() -> None:
    with pytest.raises(MissingMessageError) as caught:
        EN.text("no.such.key")
    assert "no.such.key" in caught.value.message
    assert "en.yaml" in caught.value.remedy


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", Language.ZH),
        ("en-GB,en;q=0.9,zh;q=0.8", Language.EN),
        ("de-DE, zh;q=0.5, en;q=0.7", Language.EN),
        ("fr, de", None),
        ("zh;q=0, en;q=0.1", Language.EN),
        ("zh;q=high", None),
        ("", None),
    ],
)
def test_the_browser_states_its_languages(header: str, language: Language | None) -> None:
    assert accepted(header) is language


def data(*path: str) -> Any:  # noqa: ANN401
    return yaml.safe_load(files("dragoman").joinpath("data", *path).read_text("utf-8"))


def test_every_tag_and_guessed_kind_of_the_data_packs_has_a_word() -> None:
    kinds = {entry["kind"] for entry in data("reading", "metadata.yaml")["kinds"]}
    assert kinds - set(EN.names("document_kind")) == set()
    assert set(EN.names("technologies")) == set(data("lexicons", "technologies.yaml")["tags"])
    assert set(EN.names("instruments")) == set(data("lexicons", "instruments.yaml")["tags"])


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (LineageField.SCOPE, "ai, rnd", "人工智能、联合研发"),
        (LineageField.SCOPE, "Denmark, Japan", "Denmark, Japan"),
        (LineageField.DELEGATION, "nobody else is charged", "未授权他方"),
        (LineageField.DEADLINE, "by spring 2027", "by spring 2027"),
        (LineageField.CONDITION, "", ""),
    ],
)
def test_what_changed_between_two_texts_is_said_in_chinese_as_far_as_its_words_are_ours(
    field: LineageField, value: str, words: str
) -> None:
    assert ZH.change(field, value) == words
    assert EN.change(field, value) == value


def class_of(name: str) -> type[DragomanError]:
    module, _, kind = name.rpartition(".")
    found: type[DragomanError] = getattr(importlib.import_module(f"dragoman.{module}"), kind)
    return found


def test_errors_in_chinese_are_classes_filled_with_what_they_are_raised_with() -> None:
    for name, entry in failures().items():
        kind = class_of(name)
        assert code_of(kind) == name
        given = set(inspect.signature(kind.__init__).parameters)
        places = {place for part in entry.values() for place in places_in(part["zh"])}
        own = inspect.getsource(kind)
        assert {
            place for place in places if place.removesuffix("_remedy") not in given and f'"{place}"' not in own
        } == set(), name
        assert set(entry) <= {"message", "remedy"}
        assert not any(re.search(r"[\u4e00-\u9fff][,;:?]", part["zh"]) for part in entry.values()), name
