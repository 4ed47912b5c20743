"""A file's bytes in, its text out: UTF-8, or what a web page declares; never a guess."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}\bcharset\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w.:-]{1,40})"
    rb"|<\?xml[^>]{0,200}\bencoding\s{0,3}=\s{0,3}[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
DECLARED_WITHIN = 4096
"""Bytes at a page's start in which its encoding is declared; HTML asks for the first 1024."""

_LATIN = frozenset(["iso8859-1", "latin-1", "ascii"])
_KNOWN = frozenset(
    "utf-8 iso8859-1 iso8859-2 iso8859-5 iso8859-7 iso8859-9 iso8859-15 ascii cp1250 cp1251 cp1252"
    " cp1253 cp1254 cp1255 cp1256 cp1257 koi8-r koi8-u gb18030 gbk gb2312 big5 shift_jis euc_jp"
    " euc_kr".split()
)

ARCHIVES = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"ZIM\x04", "ZIM"),
    (b"Rar!", "rar"),
)
"""The first bytes of packed files, after the formats' specifications."""

OTHERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG picture"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF8", "GIF picture"),
    (b"RIFF", "media file"),
    (b"SQLite format 3\x00", "database"),
    (b"\x7fELF", "program"),
    (b"\xd0\xcf\x11\xe0", "Office document"),
    (b"{\\rtf", "RTF document"),
)


class UnreadableError(ValueError):
    """Bytes that are no text to be read, with the words that go on from the file's name."""


def decode(data: bytes, *, may_declare: bool) -> str:
    """Return the text of a file.

    `may_declare` says that its format can declare an encoding. Raises UnreadableError for packed,
    binary and empty files and for bytes that aren't in the encoding that they should be in.
    """
    for start, kind in ARCHIVES:
        if data.startswith(start):
            raise UnreadableError(
                f"is packed ({kind}); unpack it first and give the article's file."
            )
    for start, kind in OTHERS:
        if data.startswith(start):
            raise UnreadableError(f"is no text but a {kind}; save the article as text or HTML.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableError("is in UTF-16; save it as UTF-8.")
    if not data.strip():
        raise UnreadableError("is empty; save the article's text in it.")
    if b"\x00" in data:
        raise UnreadableError("is no text: it holds zero bytes; save the article as text in UTF-8.")
    encoding = _declared(data) if may_declare else "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = "UTF-8" if encoding == "utf-8" else encoding
        raise UnreadableError(
            f"is not in {name} (byte {error.start + 1} can't be read); save it as UTF-8."
        ) from error


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data, 0, DECLARED_WITHIN)
    if match is None or data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    label = (match[1] or match[2]).decode("ascii", "replace")
    try:
        name = codecs.lookup(label).name
    except LookupError:
        name = ""
    if name not in _KNOWN:
        raise UnreadableError(f"declares the encoding {label!r}, unknown here; save it as UTF-8.")
    if name in _LATIN:
        return "cp1252" if _is_cp1252(data) else "latin-1"
    return name


def _is_cp1252(data: bytes) -> bool:
    """Whether what is declared as Latin-1 is Windows-1252, as HTML takes it, and fits it."""
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True
