"""What the ZIP reader of Python raises on an archive that is damaged, encrypted or no archive."""

from __future__ import annotations

import zipfile
import zlib

DAMAGED_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError)
"""ValueError where an archive points before its beginning, RuntimeError where it is encrypted or packed in a way
that is not known, KeyError where a member that must be there is not. A file that cannot be read is an OSError."""
