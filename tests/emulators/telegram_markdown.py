"""parse_mode MarkdownV2 and Markdown, after the API's page and TDLib's MessageEntity.cpp.

https://core.telegram.org/bots/api#markdownv2-style and #markdown-style
"""

from __future__ import annotations

import re
from typing import Any

from emulators.telegram_entities import utf16_length
from emulators.telegram_errors import ApiError
from emulators.telegram_links import Open, bytes_of, link_entity, refused
from emulators.telegram_text import Entity

RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
CLOSERS = {
    "bold": "*",
    "italic": "_",
    "underline": "__",
    "strikethrough": "~",
    "spoiler": "||",
    "code": "`",
    "pre": "```",
    "text_link": "]",
    "custom_emoji": "]",
}
SHOWN = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}


class MarkdownReader:
    """MarkdownV2 as the Bot API reads it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[Open] = []
        self.entities: list[Entity] = []
        self.in_quote = False

    def read(self) -> tuple[str, list[Entity]]:
        text = self.text
        while self.at < len(text):
            letter = text[self.at]
            after = text[self.at + 1 : self.at + 2]
            if letter == "\\" and after and 0 < ord(after) <= 126:
                self._put(after)
                self.at += 2
                continue
            inside = self.open[-1].name if self.open else ""
            special = letter == "`" if inside in ("code", "pre") else letter in RESERVED
            if letter == "\n" and inside not in ("code", "pre"):
                self._new_line()
            elif not special:
                self._put(letter)
                self.at += 1
            elif inside and self._closes(inside):
                self._close()
            else:
                self._start(letter)
        if self.in_quote and self.open and self.open[-1].name == "blockquote":
            self._end_quote()
        if self.open:
            raise self._unclosed(self.open[-1])
        self.entities.sort(key=lambda one: (one["offset"], -one["length"]))
        return "".join(self.out), self.entities

    def _put(self, letters: str) -> None:
        self.out.append(letters)
        self.length += utf16_length(letters)

    def _unclosed(self, opened: Open) -> ApiError:
        return refused(
            f"Can't find end of {SHOWN[opened.name]} entity at byte offset {opened.byte}"
        )

    def _closes(self, inside: str) -> bool:
        if inside == "blockquote":
            return False
        if inside == "italic":
            return self.text[self.at] == "_" and self.text[self.at + 1 : self.at + 2] != "_"
        return self.text.startswith(CLOSERS[inside], self.at)

    def _new_line(self) -> None:
        quoted = self.text[self.at + 1 : self.at + 2] == ">"
        if self.in_quote and not quoted:
            if self.open[-1].name != "blockquote":
                raise self._unclosed(self.open[-1])
            self._put("\n")
            self._end_quote()
            self.at += 1
            return
        self._put("\n")
        self.at += 1
        if quoted:
            if not self.in_quote:
                self._start(">")
            else:
                self.at += 1

    def _end_quote(self) -> None:
        opened = self.open.pop()
        self.in_quote = False
        kind = "blockquote"
        if opened.argument == "expandable":
            kind = "expandable_blockquote"
        if self.length > opened.offset:
            self.entities.append(
                {"type": kind, "offset": opened.offset, "length": self.length - opened.offset}
            )

    def _begin(self, kind: str, size: int, argument: str = "") -> None:
        byte = bytes_of(self.text[: self.at])
        self.at += size
        self.open.append(Open(kind, argument, self.length, len(self.out), byte))

    def _start(self, letter: str) -> None:
        two = self.text[self.at : self.at + 2]
        match letter:
            case "_":
                self._begin(*(("underline", 2) if two == "__" else ("italic", 1)))
            case "*":
                if two == "**" and self.text[self.at + 2 : self.at + 3] == ">":
                    self.at += 2  # an empty bold that parts one quotation from another
                else:
                    self._begin("bold", 1)
            case "~":
                self._begin("strikethrough", 1)
            case "[":
                self._begin("text_link", 1)
            case "`":
                self._start_code()
            case "|" if two == "||":
                ends_line = self.text[self.at + 2 : self.at + 3] in ("", "\n")
                if self.in_quote and ends_line and self.open[-1].name == "blockquote":
                    self.open[-1].argument = "expandable"
                    self.at += 2
                else:
                    self._begin("spoiler", 2)
            case "!" if two == "![":
                self._begin("custom_emoji", 2)
            case ">" if self._at_line_start() and not self.in_quote:
                self.in_quote = True
                self._begin("blockquote", 1)
            case _:
                raise refused(
                    f"Character '{letter}' is reserved and must be escaped with the preceding '\\'"
                )

    def _at_line_start(self) -> bool:
        before = self.text[: self.at]
        return not before or before.endswith(("\n", "**"))

    def _start_code(self) -> None:
        if not self.text.startswith("```", self.at):
            self._begin("code", 1)
            return
        found = re.compile(r"```(?:([^\s`]+)(?=\s))?(?:\r\n|\n\r|\n|\r)?").match(self.text, self.at)
        assert found is not None
        self._begin("pre", found.end() - self.at, found[1] or "")

    def _close(self) -> None:
        opened = self.open.pop()
        kind = opened.name
        self.at += len(CLOSERS[kind])
        length = self.length - opened.offset
        entity: Entity | None = {"type": kind, "offset": opened.offset, "length": length}
        assert entity is not None
        if kind == "pre" and opened.argument:
            entity["language"] = opened.argument
        if kind in ("text_link", "custom_emoji"):
            entity = self._with_address(opened, kind, length)
        if entity and length:
            self.entities.append(entity)

    def _with_address(self, opened: Open, kind: str, length: int) -> Entity | None:
        if self.text[self.at : self.at + 1] != "(":
            if kind == "custom_emoji":
                raise refused("Custom emoji entity must contain a tg://emoji URL")
            return link_entity(kind, "".join(self.out[opened.text_at :]), opened.offset, length)
        self.at += 1
        begin = self.at
        url: list[str] = []
        while self.at < len(self.text) and self.text[self.at] != ")":
            after = self.text[self.at + 1 : self.at + 2]
            if self.text[self.at] == "\\" and after and 0 < ord(after) <= 126:
                self.at += 1
            url.append(self.text[self.at])
            self.at += 1
        if self.at == len(self.text):
            what = "a custom emoji URL" if kind == "custom_emoji" else "a URL"
            raise refused(f"Can't find end of {what} at byte offset {bytes_of(self.text[:begin])}")
        self.at += 1
        address = "".join(url)
        if kind == "text_link":
            return link_entity(kind, address, opened.offset, length)
        emoji = re.fullmatch(r"tg://emoji\?id=([1-9]\d{0,18})", address)
        if emoji is None:
            raise refused("Invalid custom emoji URL specified")
        place: dict[str, Any] = {"type": kind, "offset": opened.offset, "length": length}
        return {**place, "custom_emoji_id": emoji[1]}


def old_markdown(text: str) -> tuple[str, list[Entity]]:
    """Read the old Markdown: no nesting, and an escape only before _ * ` [."""
    out: list[str] = []
    entities: list[Entity] = []
    length = at = 0
    kinds = {"_": "italic", "*": "bold", "`": "code", "[": "text_link"}
    while at < len(text):
        letter = text[at]
        if letter == "\\" and text[at + 1 : at + 2] in ("_", "*", "`", "["):
            letter, at = text[at + 1], at + 1
        elif letter in kinds:
            begin = at
            pre = re.compile(r"```(?:([^\s`]+)(?=\s))?(?:\r\n|\n\r|\n|\r)?").match(text, at)
            closer = "```" if pre else "]" if letter == "[" else letter
            at = pre.end() if pre else at + 1
            stop = text.find(closer, at)
            if stop < 0:
                where = bytes_of(text[:begin])
                raise refused(f"Can't find end of the entity starting at byte offset {where}")
            inner = text[at:stop]
            at = stop + len(closer)
            size = utf16_length(inner)
            kind = "pre" if pre else kinds[letter]
            entity: Entity | None = {"type": kind, "offset": length, "length": size}
            if entity is not None and pre and pre[1]:
                entity["language"] = pre[1]
            if letter == "[":
                url = inner
                if text[at : at + 1] == "(":
                    closing = text.find(")", at)
                    closing = len(text) if closing < 0 else closing
                    url, at = text[at + 1 : closing], closing + 1
                entity = link_entity("text_link", url, length, size)
            if entity and size:
                entities.append(entity)
            out.append(inner)
            length += size
            continue
        out.append(letter)
        length += utf16_length(letter)
        at += 1
    return "".join(out), entities
