"""Who an English noun phrase names that holds no name of the register: "online platforms", "the Task Force"."""

from __future__ import annotations

import re
from calendar import month_name
from functools import lru_cache

from dragoman.extract.context import Context
from dragoman.extract.leaders import adjectives_of
from dragoman.extract.mentions import Mention
from dragoman.extract.view import View
from dragoman.extract.who_words import EnglishWords
from dragoman.model import Language

POSSESSIVES = re.compile(r"\b(?:our|its|their)\s+")
SEVERAL = re.compile(r"(.*[A-Z]\w+)s on (.+?),? and on (.+)")
"""A plural head with two phrases: "Working Groups on X and on Y"."""
BOTH = re.compile(r",? and the (?=[A-Z])")
"""Joins two proper names."""
EACH_OF = re.compile(r",?\s(?:and|or)\s(?:every|each|any|all|an?)\s")
"""Joins two classes ("every maker and every seller")."""
NEW = re.compile(r"^(?:new|newly formed|newly established|joint|interagency|inter-agency|said|same)\s+")
MOST_TAKEN_UP = 3
"""Words at most of a phrase that may take up a longer name."""
REACH = 2500
"""Characters back to which the body that a phrase takes up is looked for."""


def acts(name: str, english: EnglishWords) -> bool:
    """Return whether the head noun of a phrase is one that can act."""
    if title_of_body(name, english):
        return True
    head = english.head_end.split(name.lower(), maxsplit=1)[0].rstrip()
    return bool(head) and (
        head.rsplit(maxsplit=1)[-1] in english.sets["actor_nouns"]
        or head.endswith(english.words["two_word_bodies"])
    )


def is_name_of_firm(bare: str, first: int, view: View) -> bool:
    """Return whether a proper name may do without an article: one name, not two persons', and no bare heading."""
    return " and " not in bare and first + len(bare) + SHORTEST_CLAUSE < view.end


SHORTEST_CLAUSE = 3
"""Characters at least behind a subject in its sentence; a heading has none."""


def is_body(name: str, english: EnglishWords) -> bool:
    """Return whether a phrase is a proper name of several words whose head is no paper, act or event."""
    if PROPER.fullmatch(name) is None:
        return False
    head = PROPER_TAIL.split(name, maxsplit=1)[0]
    last = head.rsplit(maxsplit=1)[-1].lower()
    return " " in head and last.removesuffix("s") not in english.sets["things"] and not last.isdigit()


CAPITAL = r"[A-Z](?:[\w&’'-]|\.(?=[\w-])|(?<=\b[A-Z])\.)*"
"""A word with a capital; a full stop is in it only inside or behind a single letter."""
PROPER = re.compile(rf"{CAPITAL}(?:,? (?:(?:of|for|on|in|to|and|the) ){{0,3}}{CAPITAL})+")
TITLED = re.compile(rf"{CAPITAL}(?:,? (?:(?:of|for|on|in|to|and|the) ){{0,3}}{CAPITAL})*")
NUMBERED = re.compile(rf"((?:{CAPITAL} )?{CAPITAL}) \d{{1,2}}")
"""A body that its number tells from others: "Working Group 9"."""
PROPER_TAIL = re.compile(r",? (?:of|for|on|in|to) |,")
"""Where the head of a proper name ends."""


def title_of_body(name: str, english: EnglishWords) -> str:
    """Return the title of a body whose name ends in small letters, or in a number; "" where a phrase is none such.

    "Ports and Rail working group" is the Ports and Rail Working Group; "Working Group 9" is as it is written.
    """
    numbered = NUMBERED.fullmatch(name)
    if numbered is not None:
        return name if numbered.group(1).endswith(english.words["body_nouns"]) else ""
    noun = next((noun for noun in english.words["lower_bodies"] if name.endswith(f" {noun}")), "")
    proper = name[: -len(noun) - 1] if noun else ""
    return f"{proper} {noun.title()}" if proper and TITLED.fullmatch(proper) else ""


def stands_for(bare: str, first: int, english: EnglishWords, context: Context) -> Mention | None:
    """Return whom a phrase stands for that is one of the words of the data, None for another phrase."""
    words, plain = english.words, bare.lower()
    readings = (
        (plain.startswith(words["order"]), "order", "authors", "order"),
        (bool(context.home) and plain in words["government"], context.home, "state", "government"),
        (plain in words["speaker"], plain, "authors", "speaker"),
        (bool(context.told) and plain in words["addressee"], context.told, "office", "addressee"),
        (bool(context.body) and plain in words["of_body"], context.body, "body", "of-body"),
        (len(context.authors) == 1 and plain.endswith(words["members"]), "members", "authors", "members"),
        (plain in words["previous"], plain, "previous", "previous"),
    )
    fitting = (Mention(first, first + len(bare), *reading) for fits, *reading in readings if fits)
    return next(fitting, None)


def phrase_names(bare: str, first: int, view: View, english: EnglishWords, context: Context) -> list[Mention]:
    """Return who a noun phrase names, [] where its head cannot act.

    Args:
        bare: the phrase, without what opens its clause.
        first: its offset.
        view: the sentence.
        english: words of the data.
        context: of the document.
    """
    bare = BLANKED.split(bare, maxsplit=1)[0]
    firm = firm_meant(bare, first, view, english, context)
    if firm:
        return firm
    article = english.lead_articles.match(bare)
    name = bare[article.end() :] if article else bare
    unique = article is not None or is_name_of_firm(bare, first, view)
    able = acts(name, english) or (unique and is_body(name, english))
    if not able or not is_name(name, english):
        return []
    pointed = bare.lower().startswith(english.words["pointing"])
    if pointed and not name.title().endswith(english.words["body_nouns"]):
        return []
    definite = article is not None and article.group().split()[-1].lower() not in english.sets["indefinite"]
    taken_up = antecedent(name, view, first, english, context) if definite else None
    if taken_up is not None:
        return [taken_up]
    names = [name] if article and name.istitle() and " " not in name else unknown_names(name, english)
    if name.split()[0] in adjectives_of(context.lexicon.actors) and names == [name.lower()]:
        names = [name]
    full = [in_full(headed_by(each, view, first, english, context), context) for each in names]
    return [Mention(first, first + len(bare), each, "unknown", "named") for each in full]


OFFICER = re.compile(r"((?:[A-Z][\w-]+ )+of (?:the )?)([A-Z][a-z]+(?: [A-Z][a-z]+)?)")
"""An officer of a body that a text calls by its noun alone ("Director of the Office")."""


def headed_by(name: str, view: View, first: int, english: EnglishWords, context: Context) -> str:
    """Return the name of an officer with his body in full ("Director of the Office for Ports")."""
    officer = OFFICER.fullmatch(name)
    if officer is None or officer[2] not in english.sets["body_nouns"]:
        return name
    body = antecedent(officer[2], view, first, english, context)
    return f"{officer[1]}{body.name}" if body is not None else name


SHORT = re.compile(r"\b[A-Z]{2,6}\b")
"""A short name inside a longer one ("the WSP Forum")."""


def in_full(name: str, context: Context) -> str:
    """Return a name with the short name in it written out, as the text has it: "Partnership (WSP) Forum"."""
    short = SHORT.search(name)
    if short is None or " " not in name:
        return name
    before, behind = name[: short.start()], name[short.end() :]
    pattern = (
        rf"({re.escape(before)}(?:{CAPITAL} (?:(?:and|of|on|for) )?){{2,8}})\({short[0]}\)({re.escape(behind)})\b"
    )
    found = re.search(pattern, context.document.text)
    whole = f"{found[1].strip()}{found[2]}" if found else name
    return context.lexicon.actors.canonical(whole) or whole


def firm_meant(bare: str, first: int, view: View, english: EnglishWords, context: Context) -> list[Mention]:
    """Return the firm that a word of its name, or "the company", takes up; [] where the phrase is none such."""
    end, plain = first + len(bare), bare.lower()
    if SINGLE.fullmatch(bare) and plain not in english.sets["actor_nouns"] | english.sets["no_name"]:
        name = single_name(bare, first, view, context)
        return [Mention(first, end, name, "unknown", "name")] if name else []
    if plain in english.sets["the_firm"]:
        last = context.memory.actors
        fits = len(last) == 1 and last[0][:1].isupper() and context.lexicon.actors.type_of(last[0]) in FIRMS
        return [Mention(first, end, last[0], "firm", "previous")] if fits else []
    if plain in english.sets["the_firms"]:
        return [Mention(first, end, name, "firm", "enumerated") for name in enumerated(view, first, context)]
    return []


def single_name(word: str, first: int, view: View, context: Context) -> str:
    """Return who a word with a capital names: a department, the longer name it begins, itself; "" for no name.

    A word that the text also has in small letters is none, nor one with its capital at a sentence's start only.
    """
    if any(term.start <= first < term.end for term in view.terms) or re.search(rf"\b{word.lower()}\b", view.text):
        return ""
    register = context.lexicon.actors
    known = (register.canonical(f"{department}{word}", context.home) for department in DEPARTMENTS)
    longer = longest_name(word, text_before(view, first, context))
    inside = first > view.start or re.search(rf"[a-z,] {word}\b", view.text)
    return next(filter(None, known), None) or register.canonical(longer) or longer or (word if inside else "")


DEPARTMENTS = ("Department of ", "Department of the ")
FIRMS = frozenset({"firm", "unknown", ""})
"""Types of actors that "the company" can take up; a name of no register has none."""
SINGLE = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)?|[A-Z]{2,6}")
"""A name of one word."""
ROW = re.compile(
    r"\b(?:companies|firms|developers|corporations|manufacturers)\b[^.;\n]{0,60}?"
    r"(?:[–—:(,]|\bincluding|\bsuch as)\s*"
    r"((?:[A-Z][\w&.’'-]*(?: [A-Z][\w&.’'-]*){0,3}, ){2,15}(?:and |& )?[A-Z][\w&’'-]*(?: [A-Z][\w&’'-]*){0,3})"
)
"""Firms named one after another behind a word for them: "seven companies – Amazon, Google, and Meta"."""


def enumerated(view: View, first: int, context: Context) -> list[str]:
    """Return the names of the row of firms that a text has named before an offset, [] without one."""
    rows = ROW.findall(text_before(view, first, context)) or ROW.findall(view.text[: view.start])
    if not rows:
        return []
    names = (name.strip() for name in re.split(r",\s*(?:and |& )?|\s+and\s+", rows[-1]))
    register = context.lexicon.actors
    return [register.canonical(name) or name for name in names if name]


def longest_name(word: str, before: str) -> str:
    """Return the longest name of several words that begins with a word and stands before, "" without one."""
    found = re.findall(rf"(?<![A-Z][a-z]\s)\b({word}(?: [A-Z][a-z]+){{1,3}})\b", before)
    return max(found, key=len, default="")


BLANKED = re.compile(r"\s{3,}(?=[a-z])(?!(?:of|on|for)\b)")
"""A bracket left out, with a clause behind it: the name before it has ended."""


def is_name(name: str, english: EnglishWords) -> bool:
    """Return whether a stretch can be the name of an actor: no verb, no second determiner, no possessed noun."""
    words = {word.lower() for word in name.split()}
    return not words & english.sets["no_name"] and NO_NAME.search(name) is None


NO_NAME = re.compile(
    r"['’](?:m|re|ve|s\s+[a-z])|\.\s|[“”\"]"
    r"|(?<!\bof)(?<!\bon)(?<!\bfor)(?<!\band)(?<!\bto)(?<!\bin)(?<!\bwith)\s+the\s"
)
"""Signs that a stretch is no name: contractions, possessed nouns, an article inside, a sentence's end, quotes."""


def unknown_names(name: str, english: EnglishWords) -> list[str]:
    """Return a noun phrase as the name of an actor that the register does not know.

    A phrase that is capital only as the start of a sentence is set in small letters; "Working Groups on X and
    on Y" names two.
    """
    titled_body = title_of_body(name, english)
    if titled_body:
        return [titled_body]
    plain = POSSESSIVES.sub("", english.name_end.split(name)[0]).strip()
    if plain[1:].islower():
        plain = plain.lower()
    both = BOTH.split(plain)
    if len(both) > 1 and all(is_body(part, english) for part in both):
        return both
    each = EACH_OF.split(plain)
    if len(each) > 1 and all(acts(part, english) for part in each):
        return each
    several = SEVERAL.fullmatch(plain)
    if several is None:
        return [plain]
    head, one, two = several.groups()
    return [f"{head} on {one}", f"{head} on {two}"]


def antecedent(name: str, view: View, first: int, english: EnglishWords, context: Context) -> Mention | None:
    """Return the body that "the Task Force", "this group" takes up, None where the text named none.

    The nearest before, else one in the same sentence: a name in capitals that ends in the noun or holds it
    ("Roundtable on Inclusion"), else a phrase with a further word to it ("group of technical experts").
    """
    wanted = NEW.sub("", name.strip())
    if len(wanted.split()) > MOST_TAKEN_UP:
        return None
    before, behind = text_before(view, first, context), " ".join(view.text[first : view.end].split())
    end = first + len(wanted)
    titled = name_in_full(wanted, before, english, context)
    if titled:
        kind = context.lexicon.actors.type_of(titled) if titled in context.lexicon.actors.actors else "unknown"
        return Mention(first, end, titled, kind, "antecedent")
    title = TITLE_KIND.sub("", context.document.title) if view.sentence.language is Language.EN else ""
    found = next(filter(None, (full_names(wanted, text, english) for text in (before, behind, title))), [])
    if found:
        last, register = found[-1], context.lexicon.actors
        owner, _, own = last.partition(" ")
        known = register.canonical(last) or (register.canonical(own) if owner.isupper() else None)
        return Mention(first, end, known or last, register.type_of(known) if known else "unknown", "antecedent")
    phrases = longer_phrases(wanted.lower(), before, english)
    return Mention(first, end, phrases[-1], "unknown", "antecedent") if phrases else None


TITLE_KIND = re.compile(
    r"^(?:[A-Z][\w’'.-]+ ){0,2}"
    r"(?:statement|declaration|readout|remarks|fact sheet|report|communiqué|memorandum|press release)"
    r"(?: on| of| from|:) (?:the )?(?:establishment |launch |meeting )?(?:of (?:the )?)?",
    re.IGNORECASE,
)
"""Words at the start of a title that tell of what kind a text is."""


def name_in_full(wanted: str, before: str, english: EnglishWords, context: Context) -> str:
    """Return the office or agency named last that a bare title takes up: "the Secretary", "the ministry".

    The name known to the register is taken, else the title with what stands behind its "of"; "" without one.
    """
    head = wanted.title()
    if " " in head or f"{head} " not in before or wanted.lower() in english.sets["no_title"]:
        return ""
    barred = english.words["deputies"]
    matches = [m for m in titled(head).finditer(before) if not before[: m.start()].endswith(barred)]
    if not matches:
        return ""
    acted = next((one for one in context.memory.actors if one.startswith(f"{head} of ")), "")
    if acted and any(consulted(before, match) for match in matches[-1:]):
        return acted
    name = matches[-1].group()
    parts = name.split()
    shorter = (" ".join(parts[:count]) for count in range(len(parts), 2, -1))
    register = context.lexicon.actors
    known = (register.canonical(each.rstrip(","), context.home) for each in shorter)
    return next(filter(None, known), None) or name


def consulted(before: str, match: re.Match[str]) -> bool:
    """Return whether an officer is only named as one consulted ("in consultation with the Secretary of State")."""
    return ASIDE.search(before, 0, match.start()) is not None


ASIDE = re.compile(
    r"\bin (?:close )?(?:consultation|coordination|cooperation|collaboration|conjunction) with [^.;]*$"
)
"""Opens an aside that names whom somebody consults, up to the end of a stretch."""


@lru_cache(maxsize=256)
def titled(head: str) -> re.Pattern[str]:
    """Return a pattern of a title in full: "Secretary of Health and Human Services", "Office for Ports"."""
    rest = r"(?: and(?! [A-Z][a-z]+ (?:of|for)\b)| of the| of|,(?= [A-Z][\w-]+(?:,| and)))? [A-Z][\w-]+"
    return re.compile(rf"\b{re.escape(head)} (?:of|for) (?:the )?[A-Z][\w-]+(?:{rest}){{0,5}}")


def text_before(view: View, offset: int, context: Context) -> str:
    """Return the blocks before an offset as far as names are looked up in them, a line each."""
    first = max(0, offset - REACH)
    lines: list[str] = []
    for block in reversed(context.document.blocks[: view.sentence.block + 1]):
        if block.end <= first:
            break
        lines.append(" ".join(view.text[max(first, block.start) : min(offset, block.end)].split()))
    return "\n".join(reversed(lines))


def full_names(wanted: str, text: str, english: EnglishWords) -> list[str]:
    """Return the names that a text has for a phrase in their head, in its order, none across its lines.

    Names are in capitals, but for their last words where these are the kind of the body, or have a number.
    """
    head, barred = wanted.title(), (*english.words["deputies"], *english.words["headed"])
    found = [*numbered_names(head, text), *lower_names(wanted.lower(), text, english)]
    if head in text:
        noun = re.escape(head)
        tail = r"(?: (?:on|for) (?:the )?[A-Z]\w+(?:(?:,? (?:and|of|the))* [A-Z]\w+)*)"
        matches = re.finditer(rf"({LEAD}{noun}\b{tail}?|\b{noun}{tail})(?! [A-Z\d])", text)
        found += [
            (match.start(), trimmed(match.group(1).rsplit(" and the ", 1)[-1], english)) for match in matches
        ]
    return [name for _, name in sorted(found) if name != head and not name.startswith(barred)]


LEAD = rf"(?:{CAPITAL} (?:(?:for|of|on|and|in|the|to) ){{0,2}}){{1,8}}"
"""Words in capitals before the noun of a body's name."""


def numbered_names(head: str, text: str) -> list[tuple[int, str]]:
    """Return the bodies that a text tells apart by number ("Working Group 9"), with their offsets."""
    if head not in text:
        return []
    matches = re.finditer(rf"\b((?:[A-Z]\w+ )?{re.escape(head)} \d{{1,2}})\b(?! (?:of|{MONTHS}))", text)
    return [(match.start(), match.group(1)) for match in matches]


MONTHS = "|".join(month_name[1:])


def lower_names(noun: str, text: str, english: EnglishWords) -> list[tuple[int, str]]:
    """Return the bodies named in capitals up to their kind ("Ports and Rail working group"), with offsets."""
    kinds = [kind for kind in english.words["lower_bodies"] if kind.endswith(noun)]
    if noun not in text or not kinds:
        return []
    matches = re.finditer(rf"\b({LEAD})({'|'.join(kinds)})\b", text)
    named = ((match.start(), trimmed(match.group(1).rstrip(), english), match.group(2)) for match in matches)
    return [
        (at, f"{lead} {kind.title()}")
        for at, lead, kind in named
        if lead.lower() not in english.sets["name_start"]
    ]


def longer_phrases(noun: str, text: str, english: EnglishWords) -> list[str]:
    """Return the phrases in small letters that have a noun for their head and a further word to it."""
    if noun not in text:
        return []
    pattern = rf"\b((?:[\w-]+ ){{0,2}}{re.escape(noun)}(?: of [a-z-]+(?: [a-z-]+s\b)?)?)"
    phrases = (trimmed(INDEFINITE.split(phrase)[-1], english) for phrase in re.findall(pattern, text))
    return [phrase for phrase in phrases if len(phrase.split()) > len(noun.split())]


INDEFINITE = re.compile(r"^(?:[\w-]+ )*?(?:the|an?|any|no|each|every|this|that|such|its|their|our|to) ")
"""What stands before a noun phrase up to its article, with the verb before that."""


def trimmed(phrase: str, english: EnglishWords) -> str:
    """Return a phrase without the words at its start that are no part of a name."""
    parts = phrase.split()
    while len(parts) > 1 and parts[0].lower() in english.sets["name_start"]:
        parts.pop(0)
    return " ".join(parts)
