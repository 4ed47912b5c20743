"""Secrets taken out of texts: whole ones, quoted ones, and pieces long enough to be of use."""

from __future__ import annotations

import json
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from bot.settings import SHOWN_INSTEAD, Secret

SHORTEST_PART = 10
"""Characters of a part of a token, between its ":" or ".", that is hidden where it stands alone."""

SHORTEST_PIECE = 12
"""Characters of any piece of a secret that are hidden: what a cut text may end with."""

_STEP = 4
"""Every piece of SHORTEST_PIECE characters holds a block of _BLOCK at a multiple of _STEP."""
_BLOCK = SHORTEST_PIECE - _STEP + 1


class Redaction:
    """Replaces what is secret by "***". It costs some look-ups of short texts where nothing is."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        """Take the secrets; empty ones hide nothing."""
        texts = [secret.reveal() for secret in secrets if secret.reveal()]
        whole = {form for text in texts for form in _forms(text)}
        whole |= {part for text in texts for part in _parts(text)}
        self._whole = tuple(whole)
        self._blocks = [
            (form, start, form[start : start + _BLOCK])
            for form in self._whole
            for start in range(0, len(form) - _BLOCK + 1, _STEP)
        ]

    def clean(self, text: str) -> str:
        """Return a text without any secret.

        >>> Redaction([Secret("12345678:abcdefghijklmnop")]).clean("/bot12345678%3Aabcdefghi...")
        '/bot***...'
        """
        spans = sorted(self._spans(text))
        if not spans:
            return text
        shown: list[str] = []
        end = 0
        for first, last in spans:
            if first > end or not shown:
                shown += text[end:first], SHOWN_INSTEAD
            end = max(end, last)
        return "".join((*shown, text[end:]))

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a secret, a part or a long enough piece begins and ends; they may overlap."""
        for secret in self._whole:
            at = text.find(secret)
            while at >= 0:
                yield at, at + len(secret)
                at = text.find(secret, at + len(secret))
        for form, start, block in self._blocks:
            at = text.find(block)
            while at >= 0:
                first, last = _grown(text, at, form, start)
                if last - first >= SHORTEST_PIECE:
                    yield first, last
                at = text.find(block, at + 1)


def _grown(text: str, at: int, form: str, start: int) -> tuple[int, int]:
    """Return where the piece of a secret begins and ends that a block of it is a part of."""
    first, before = at, start
    while first and before and text[first - 1] == form[before - 1]:
        first, before = first - 1, before - 1
    last, behind = at + _BLOCK, start + _BLOCK
    while last < len(text) and behind < len(form) and text[last] == form[behind]:
        last, behind = last + 1, behind + 1
    return first, last


def _forms(text: str) -> set[str]:
    content = text.encode()
    coded = {b64encode(content).decode(), urlsafe_b64encode(content).decode()}
    return {
        text,
        quote(text, safe=""),
        json.dumps(text)[1:-1],
        *(form.rstrip("=") for form in coded),
    }


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[:.]", text) if len(part) >= SHORTEST_PART]
