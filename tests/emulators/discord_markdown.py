r"""Discord's markdown as its client reads it: what is live in a text, and what a person reads.

Written from observation of the client as recorded by the tests of LyricLy/parse-discord, the page
support.discord.com "Markdown Text 101", and docs.discord.com/developers/reference (Message
Formatting). Two doubts are decided on the strict side: any `:name:` counts as an emoji's short
code, since the list of names grows, and @everyone counts in embeds too, where it notifies nobody.

The rule that surprises: a backslash makes the next character plain if that is no letter, digit or
space, everywhere but inside code and inside the label of a masked link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlsplit


class Setting(Enum):
    """Where a text stands, which decides what works in it."""

    CONTENT = "content"
    """A message's content, or a text display: everything works."""
    EMBED = "embed"
    """An embed's description, or a field's value: everything but invites' cards."""
    TITLE = "title"
    """An embed's title, a field's name: bold and the like, code, emoji; no links, no mentions."""
    PLAIN = "plain"
    """An embed's footer or author, a button: nothing, not even a backslash."""


@dataclass(frozen=True)
class Live:
    """A part of a text that is more than text.

    `kind`: link (bare), masked_link, autolink, invite; user, role, channel, command, navigation,
    everyone, here; timestamp, emoji, shortcode; heading, subtext, list, quote; bold, italic,
    underline, strikethrough, spoiler, code, code_block.
    """

    kind: str
    text: str
    """The source of it."""
    target: str = ""
    """The address, the id, the name."""
    where: str = ""
    """content, embed 0 title, embed 0 field 2 value ..."""


DEEPEST = 100
"""Marks within marks that are read; no text of a person's has as many."""

LINKS = frozenset({"link", "masked_link", "autolink", "invite"})
MENTIONS = frozenset({"user", "role", "channel", "command", "navigation", "everyone", "here"})

_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_SHRUG = "¯\\_(ツ)_/¯"
_CODE_BLOCK = re.compile(r"```(?:([a-zA-Z0-9_+\-.#]+)\n)?\n*([^\n].*?)\n*```", re.DOTALL)
_CODE = re.compile(r"(`+)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_BOLD = re.compile(r"\*\*((?:\\.|[^\\])+?)\*\*(?!\*)", re.DOTALL)
_UNDERLINE = re.compile(r"__((?:\\.|[^\\])+?)__(?!_)", re.DOTALL)
_STAR = re.compile(r"\*(?!\s)((?:\\.|\*\*|[^*\\])+?)(?<!\s) {0,2}\*(?!\*)", re.DOTALL)
_BAR = re.compile(r"_((?:\\.|__|[^_\\])+?)_(?![a-zA-Z0-9_])", re.DOTALL)
_STRIKE = re.compile(r"~~(.+?)~~(?!_)", re.DOTALL)
_SPOILER = re.compile(r"\|\|(.+?)\|\|", re.DOTALL)
_TIMESTAMP = re.compile(r"<t:(-?\d{1,17})(?::[tTdDfFRsS])?>")
_EMOJI = re.compile(r"<a?:(\w{1,32}):(\d+)>", re.ASCII)
_SHORTCODE = re.compile(r":(?=[\w+-]*[a-zA-Z])([\w+-]+):", re.ASCII)
_USER = re.compile(r"<@!?(\d+)>", re.ASCII)
_ROLE = re.compile(r"<@&(\d+)>", re.ASCII)
_CHANNEL = re.compile(r"<#(\d+)>", re.ASCII)
_COMMAND = re.compile(r"</([-_'\w]{1,32}(?: [-_'\w]{1,32}){0,2}):(\d+)>")
_NAVIGATION = re.compile(r"<id:(customize|browse|guide|home|linked-roles(?::\d+)?)>")
_AUTOLINK = re.compile(r"<([^: >\n]+:/[^ >\n]+)>")
_MAIL = re.compile(r"<((?:mailto:)?[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)>")
_PHONE = re.compile(r"<(?:tel:|sms:)?(\+\d[\d ()-]{3,20})>")
_BARE = re.compile(r"https?://[^\s<]+[^<.,:;\"'\]\s]", re.IGNORECASE)
_LABEL_STEP = re.compile(r"[^\[\]]+")
_URL_STEP = re.compile(r"[^\s\\()]+")
_URL_BEGIN = re.compile(r"\s*<?")
_URL_END = re.compile(r"(?:\s+['\"][^'\"]*['\"])?\s*\)")
_HEADING = re.compile(r"(#{1,3})\s+(?!#)([^\n]*\S[^\n]*)\n?")
_SUBTEXT = re.compile(r"-# +(?!-#)([^\n]+)\n?")
_QUOTE = re.compile(r"> ([^\n]*)\n?")
_QUOTE_ALL = re.compile(r">>> (.*)", re.DOTALL)
_ITEM = re.compile(r"([*-]|\d+\.) +(\S[^\n]*(?:\n +[^\n]*)*)\n?", re.ASCII)
_INVITE = re.compile(
    r"(?:discord\.gg|discord(?:app)?\.com/invite|discord\.new|discord(?:app)?\.com/template)"
    r"/([\w-]+)",
    re.IGNORECASE | re.ASCII,
)

_STARTS = frozenset("\\`*_~|<:@[#->h123456789H0¯")
"""Characters at which a rule may begin; all else is text."""


@dataclass
class _Place:
    """What surrounds a text that is being read."""

    setting: Setting
    where: str
    before: str = ""
    """What stands before it on its line: nothing, spaces, or text."""
    in_quote: bool = False
    depth: int = 0
    """How many lists it is in."""
    nested: int = 0
    """How many marks of any kind it is in."""
    in_label: bool = False
    spans: list[Live] = field(default_factory=list)

    def inner(self, before: str, **changes: bool | int) -> _Place:
        made = _Place(
            self.setting, self.where, before, self.in_quote, self.depth, self.nested + 1,
            self.in_label, self.spans,
        )  # fmt: skip
        for key, value in changes.items():
            setattr(made, key, value)
        return made

    def add(self, kind: str, text: str, target: str = "") -> None:
        self.spans.append(Live(kind, text, target, self.where))


def live_spans(text: str, setting: Setting = Setting.CONTENT, where: str = "content") -> list[Live]:
    """Return what is live in a text, in the order in which it begins."""
    place = _Place(setting, where)
    if setting is Setting.PLAIN or not text:
        return []
    shown = _read(text, place)
    if setting is Setting.CONTENT:
        del shown
        place.spans += _invites(text, where)
    return place.spans


def shown_text(text: str, setting: Setting = Setting.CONTENT) -> str:
    """Return what a person reads: without marks and backslashes, masked links as their label."""
    if setting is Setting.PLAIN:
        return text
    return _read(text, _Place(setting, ""))


def _invites(text: str, where: str) -> Iterator[Live]:
    """Yield invites: the client finds them in the raw text, so a backslash within stops it."""
    bare = _CODE.sub(lambda m: " " * len(m[0]), _CODE_BLOCK.sub(lambda m: " " * len(m[0]), text))
    for match in _INVITE.finditer(bare):
        yield Live("invite", match[0], match[1], where)


def _read(text: str, place: _Place) -> str:
    shown: list[str] = []
    at = 0
    while at < len(text):
        if text[at] not in _STARTS:
            shown.append(text[at])
            at += 1
            continue
        if not place.in_label:
            if text.startswith(_SHRUG, at):
                shown.append(_SHRUG)
                at += len(_SHRUG)
                continue
            escaped = _ESCAPED.match(text, at)
            if escaped:
                shown.append(escaped[1])
                at += 2
                continue
        found = _rule(text, at, place)
        if found is None:
            shown.append(text[at])
            at += 1
        else:
            shown.append(found[0])
            at = found[1]
    return "".join(shown)


def _rule(text: str, at: int, place: _Place) -> tuple[str, int] | None:
    """Try the rules at a place; return what is shown, and where the text goes on."""
    found = None
    if place.nested > DEEPEST:
        return None
    if place.setting in (Setting.CONTENT, Setting.EMBED) and not place.in_label:
        found = _block(text, at, place)
    if found is None:
        found = _style(text, at, place)
    if found is None:
        found = _object(text, at, place)
    return found


def _line_before(text: str, at: int, place: _Place) -> str:
    """Return what stands on the line before a place, taking in what stands before the text."""
    start = text.rfind("\n", 0, at) + 1
    return text[start:at] if start else place.before + text[:at]


def _block(text: str, at: int, place: _Place) -> tuple[str, int] | None:
    if text[at] == "`":
        match = _CODE_BLOCK.match(text, at)
        if match:
            place.add("code_block", match[0])
            return match[2], match.end()
    before = _line_before(text, at, place)
    if before.strip(" "):
        return None
    if not before:
        match = _SUBTEXT.match(text, at)
        if match:
            place.add("subtext", match[0])
            return _line(_read(match[1], place.inner("")), match), match.end()
        match = None if place.depth else _HEADING.match(text, at)
        if match:
            place.add("heading", match[0])
            title = match[2].rstrip().rstrip("#").rstrip()
            return _line(_read(title, place.inner("")), match), match.end()
    if text[at] == ">" and not place.in_quote:
        return _quote(text, at, place)
    match = _ITEM.match(text, at) if place.depth < 11 else None
    if match:
        place.add("list", match[0])
        bullet = "•" if match[1] in "*-" else match[1]
        inside = re.sub(rf"(?m)^ {{1,{len(match[1]) + 1}}}", "", match[2])
        shown = _read(inside, place.inner("", depth=place.depth + 1))
        return _line(f"{bullet} {shown}", match), match.end()
    return None


def _quote(text: str, at: int, place: _Place) -> tuple[str, int] | None:
    match = _QUOTE_ALL.match(text, at)
    if match:
        place.add("quote", match[0])
        return _read(match[1], place.inner("", in_quote=True)), match.end()
    lines: list[str] = []
    end = at
    match = _QUOTE.match(text, end)
    while match:
        lines.append(match[1])
        end = match.end()
        match = _QUOTE.match(text, end)
    if not lines:
        return None
    place.add("quote", text[at:end])
    shown = _read("\n".join(lines), place.inner("", in_quote=True))
    return shown + ("\n" if text[end - 1] == "\n" else ""), end


def _line(shown: str, match: re.Match[str]) -> str:
    return shown + "\n" if match[0].endswith("\n") else shown


_STYLES = (
    ("*", "bold", _BOLD),
    ("_", "underline", _UNDERLINE),
    ("~", "strikethrough", _STRIKE),
    ("|", "spoiler", _SPOILER),
)


def _style(text: str, at: int, place: _Place) -> tuple[str, int] | None:
    first = text[at]
    if first == "`":
        match = _CODE.match(text, at)
        if match:
            place.add("code", match[0])
            return match[2].strip(" ") or match[2], match.end()
        return None
    kind, found = "", None
    for mark, name, rule in _STYLES:
        if first == mark:
            kind, found = name, rule.match(text, at)
    slanted = {"*": _STAR, "_": _BAR}.get(first)
    match = slanted.match(text, at) if slanted else None
    if match and (found is None or len(match[0]) >= len(found[0])):
        kind, found = "italic", match
    if found is None:
        return None
    place.add(kind, found[0])
    before = _line_before(text, at, place)
    return _read(found[1], place.inner(before)), found.end()


_MENTIONS = (
    ("user", _USER),
    ("role", _ROLE),
    ("channel", _CHANNEL),
    ("navigation", _NAVIGATION),
)


def _object(text: str, at: int, place: _Place) -> tuple[str, int] | None:
    first = text[at]
    if first == ":":
        match = _SHORTCODE.match(text, at)
        if match:
            place.add("shortcode", match[0], match[1])
            return match[0], match.end()
        return None
    if first == "<":
        match = _EMOJI.match(text, at)
        if match:
            place.add("emoji", match[0], match[2])
            return f":{match[1]}:", match.end()
    if place.setting is Setting.TITLE:
        return None
    if first == "<":
        match = _TIMESTAMP.match(text, at)
        if match:
            place.add("timestamp", match[0], match[1])
            return match[0], match.end()
    if place.in_label:
        return None
    if first == "<":
        return _bracket(text, at, place)
    if first == "@":
        for name in ("everyone", "here"):
            if text.startswith(f"@{name}", at):
                place.add(name, f"@{name}")
                return f"@{name}", at + len(name) + 1
    if first in "hH":
        return _bare(text, at, place)
    if first == "[":
        return _masked(text, at, place)
    return None


def _bracket(text: str, at: int, place: _Place) -> tuple[str, int] | None:
    for kind, rule in _MENTIONS:
        match = rule.match(text, at)
        if match:
            place.add(kind, match[0], match[1])
            return match[0], match.end()
    match = _COMMAND.match(text, at)
    if match:
        place.add("command", match[0], match[2])
        return match[0], match.end()
    for rule in (_MAIL, _PHONE):
        match = rule.match(text, at)
        if match:
            place.add("autolink", match[0], match[1])
            return match[1], match.end()
    match = _AUTOLINK.match(text, at)
    if match:
        if is_address(match[1]):
            place.add("autolink", match[0], match[1])
        return match[1], match.end()
    return None


def _bare(text: str, at: int, place: _Place) -> tuple[str, int] | None:
    match = _BARE.match(text, at)
    if match is None:
        return None
    url = match[0]
    closing = len(url) - len(url.rstrip(")"))
    if closing > url.count("("):
        url = url[:-1]
    if is_address(url):
        place.add("link", url, url)
    return url, at + len(url)


def _masked(text: str, at: int, place: _Place) -> tuple[str, int] | None:
    label_end = _label_end(text, at + 1)
    if label_end is None:
        return None
    begin = _URL_BEGIN.match(text, label_end + 2)
    assert begin is not None, "it may match nothing"
    found = _url_end(text, begin.end(), groups=True) or _url_end(text, begin.end(), groups=False)
    if found is None:
        return None
    url_end, end = found
    whole = text[at:end]
    url = _ESCAPED.sub(r"\1", text[begin.end() : url_end].removesuffix(">"))
    label = " ".join(text[at + 1 : label_end].split())
    if not is_address(url, also=("discord",)) or not _can_be_label(label):
        return whole, end
    place.add("masked_link", whole, url)
    return _read(label, place.inner("x", in_label=True)), end


def _label_end(text: str, at: int) -> int | None:
    """Return where a label's closing bracket is, before a parenthesis; brackets within may pair."""
    while at < len(text):
        step = _LABEL_STEP.match(text, at)
        if step:
            at = step.end()
        elif text[at] == "]":
            if text.startswith("(", at + 1):
                return at
            at += 1
        else:
            closing = text.find("]", at)
            if closing < 0:
                return None
            at = closing + 1
    return None


def _url_end(text: str, at: int, *, groups: bool) -> tuple[int, int] | None:
    """Return where the address of a masked link ends, and where the link does.

    With `groups`, a pair of parentheses within the address belongs to it.
    """
    if text.find(")", at) < 0:
        return None
    while at < len(text):
        step = _URL_STEP.match(text, at)
        if step:
            at = step.end()
            continue
        end = _URL_END.match(text, at)
        if end:
            return at, end.end()
        if text[at] == "\\" and not text.startswith("\n", at + 1):
            at += 2
        elif text[at] == "(" and groups:
            closing = text.find(")", at)
            if closing < 0:
                return None
            at = closing + 1
        elif text[at] == "(":
            at += 1
        else:
            return None
    return None


def is_address(url: str, also: tuple[str, ...] = ()) -> bool:
    """Whether the client takes a text for an address: http or https, and a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https", *also) and bool(parts.netloc)


def _can_be_label(label: str) -> bool:
    """Whether the client lets a text stand for a link: not blank, no address, no emoji's code."""
    if not label.strip("\u200b\u200c\u200d\u2060\ufeff \u00ad"):
        return False
    return not _BARE.search(label) and not _EMOJI.search(label) and not _INVITE.search(label)
