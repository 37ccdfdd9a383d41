"""Who a Chinese noun phrase names that ends in the noun of a body and is no name of the register: 工作组, 该基金.

A bare noun takes up the body that the text named before by a longer name (成立潮汐联合工作组。工作组将…); a longer
phrase is kept as named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.extract.context import Context
from dragoman.extract.mention import Mention
from dragoman.extract.view import View
from dragoman.extract.who_words import ChineseWords, alternatives

OF = "的"
LONGEST = 18
"""Characters of the longest phrase that is read as the name of a body."""
SHORTEST = 4
"""Characters at least of a name that is kept as named where nothing longer stands before."""
REACH = 2500
"""Characters back to which the body that a noun takes up is looked for."""
HAN = re.compile(r"[\u4e00-\u9fff]+")
VERBAL = re.compile(r"[在于由向对将把被使让令以为是有就从]|通过|根据|按照|加强|支持|推动|建立|成立|设立")
"""Words that no name of a body holds: a phrase with one of them is a clause."""
POINTING = re.compile(r"^(?:该|本|此|这一|这个|上述|新的|新设的)")
CLASS = re.compile(r"^(?:各|所有|有关|相关|任何|其他|多个|每个|一些|许多)")
FOUNDING = (
    r"(?:(?:成立|设立|建立|组建|创立|创设|组成|责成|指示|授权|委托|要求|交由)了?(?:一个|新的)?|的|(?<=[\n。，；]))"
)
"""What stands right before a body that is named in full."""


def body_before(
    view: View, span: tuple[int, int], mentions: Sequence[Mention], chinese: ChineseWords, context: Context
) -> Mention | None:
    """Return the body whose noun ends a clause right before its trigger, None where none does.

    Args:
        view: the sentence.
        span: of the clause up to its trigger.
        mentions: names of the register in it.
        chinese: words of the data.
        context: of the document.
    """
    first, end = span
    text = view.text[first:end].rstrip()
    end = first + len(text)
    noun = next((noun for noun in chinese.words["founded_nouns"] if text.endswith(noun)), "")
    if not noun or any(mention.end > end - len(noun) for mention in mentions):
        return None
    start = first + text.rfind(OF) + 1 if OF in text else first + len(text) - len(text.lstrip())
    phrase = POINTING.sub("", view.text[start:end])
    start = end - len(phrase)
    if not is_phrase(phrase) or any(start < mention.start for mention in mentions):
        return None
    taken_up = named_before(phrase, text_before(view, start, context))
    name = taken_up or (phrase if len(phrase) >= SHORTEST else "")
    if not name:
        return None
    known = context.lexicon.actors.canonical(name, context.home)
    kind = context.lexicon.actors.type_of(known) if known else "unknown"
    return Mention(start, end, known or name, kind, "antecedent" if taken_up else "named")


def is_phrase(phrase: str) -> bool:
    """Return whether a stretch is one noun phrase that can name a single body."""
    return (
        len(phrase) <= LONGEST
        and HAN.fullmatch(phrase) is not None
        and VERBAL.search(phrase) is None
        and CLASS.match(phrase) is None
    )


def text_before(view: View, offset: int, context: Context) -> str:
    """Return the blocks before an offset as far as names are looked up in them, a line each."""
    first = max(0, offset - REACH)
    spans = ((block.start, block.end) for block in context.document.blocks[: view.sentence.block + 1])
    return "\n".join(view.text[max(first, start) : min(offset, end)] for start, end in spans if end > first)


def named_before(phrase: str, text: str) -> str:
    """Return the longer name a text has last for a phrase at its end, "" without one."""
    name = rf"[\u4e00-\u9fff]{{2,{LONGEST}}}?{alternatives((phrase,))}"
    pattern = re.compile(rf"{FOUNDING}(?=({name})(?![\u4e00-\u9fff]*{OF}))")
    names = [match.group(1) for match in pattern.finditer(f"\n{text}")]
    return next((name for name in reversed(names) if is_phrase(name)), "")
