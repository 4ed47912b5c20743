r"""Text in, Discord's markdown out that shows just that text: no mention, link or style is live.

A backslash before any character that is no letter, digit or space shows that character itself:
https://support.discord.com/hc/en-us/articles/210298617. What can begin markup anywhere is escaped
everywhere; what does so only at the beginning of a line is escaped there, for each text here is one
line. "http\://" is not taken for a link, nor "\<@1>" for a mention, nor "\:smile:" for an emoji,
nor "discord\.gg/x" for an invitation.
"""

from __future__ import annotations

import functools
import re

from bot.safe_text import safe

_ANYWHERE = re.compile(
    r"[\\*_~`|<>\[\]#]|:(?=\S)|@(?=[eh])|(?<=discord)\.(?=gg/|new/)|\.(?=com/(?:invite|template))",
    re.IGNORECASE,
)
_AT_THE_BEGINNING = re.compile(r"(?:[-+]|\d+(?=[.)]))")

KEPT_TEXTS = 1_024
"""Texts whose markdown is kept: a fact is measured more than once before it is written."""


@functools.lru_cache(KEPT_TEXTS)
def escaped(text: str) -> str:
    """Return markdown, on one line, that shows this text."""
    line = _ANYWHERE.sub(r"\\\g<0>", safe(text))
    start = _AT_THE_BEGINNING.match(line)
    if start is None:
        return line
    if start[0].isdigit():  # a numbered list: the mark behind the number is what makes it one
        return f"{start[0]}\\{line[start.end() :]}"
    return f"\\{line}"


def bold(text: str) -> str:
    """Return the text in bold, or nothing for nothing."""
    line = escaped(text)
    return f"**{line}**" if line else ""
