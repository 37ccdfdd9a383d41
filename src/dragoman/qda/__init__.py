"""Exchange with programs for qualitative analysis: REFI-QDA projects and codebooks, IG Script.

REFI-QDA (QDA-XML 1.5, www.qdasoftware.org) is the exchange format of NVivo, ATLAS.ti, MAXQDA and others:
`project.py` writes a project (.qdpx) and a codebook (.qdc), `reading.py` reads projects, `codes.py` says which
code stands for which field. `script.py` writes IG Script, the notation of the Institutional Grammar 2.0.
"""

from __future__ import annotations

from dragoman.qda.codes import CodeMap, code_map
from dragoman.qda.project import codebook_bytes, project_bytes
from dragoman.qda.reading import Passage, Project, SourceText, read_project
from dragoman.qda.script import ig_rows, ig_script

__all__ = [
    "CodeMap",
    "Passage",
    "Project",
    "SourceText",
    "code_map",
    "codebook_bytes",
    "ig_rows",
    "ig_script",
    "project_bytes",
    "read_project",
]
