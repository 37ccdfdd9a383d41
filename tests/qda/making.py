"""Projects as other programs write them, small enough to read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

NS = "urn:QDA-XML:project:1.0"


def guid(number: int) -> str:
    return f"00000000-0000-0000-0000-{number:012d}"


def project(sources: str, codes: str = "", users: str = "", notes: str = "") -> str:
    book = f"<CodeBook><Codes>{codes}</Codes></CodeBook>"
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="{NS}" name="p" origin="Other 1">'
        f"<Users>{users}</Users>{book}<Sources>{sources}</Sources><Notes>{notes}</Notes></Project>"
    )


def user(number: int, name: str) -> str:
    return f'<User guid="{guid(number)}" name="{name}"/>'


def code(number: int, name: str, inner: str = "") -> str:
    return f'<Code guid="{guid(number)}" name="{name}" isCodable="true">{inner}</Code>'


def source(name: str, inner: str, path: str = "internal://t.txt") -> str:
    return f'<TextSource guid="{guid(900)}" name="{name}" plainTextPath="{path}">{inner}</TextSource>'


def passage(start: object, end: object, *codes: int, who: int = 1, note: str = "") -> str:
    codings = "".join(
        f'<Coding guid="{guid(800)}" creatingUser="{guid(who)}"><CodeRef targetGUID="{guid(one)}"/></Coding>'
        for one in codes
    )
    about = f"<Description>{note}</Description>" if note else ""
    return (
        f'<PlainTextSelection guid="{guid(700)}" startPosition="{start}" endPosition="{end}">'
        f"{about}{codings}</PlainTextSelection>"
    )


def archive(members: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return target.getvalue()
