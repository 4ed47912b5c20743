"""parse_mode: HTML, MarkdownV2 and Markdown, read as the server reads them.

https://core.telegram.org/bots/api#formatting-options; the refusals' words are those of TDLib's
MessageEntity.cpp, where offsets of errors are in bytes. Given: a text; back: the text without
markup and its entities (offsets in UTF-16 units). Raises ApiError "can't parse entities: ...".
"""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from emulators.telegram_entities import utf16_length
from emulators.telegram_errors import ApiError, bad_request
from emulators.telegram_text import Entity

TAGS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
RESERVED = frozenset("_*[]()~`>#+-=|{}.!")


def parsed(text: str, mode: str) -> tuple[str, list[Entity]]:
    """Return `text` without the markup of `mode`, and its entities."""
    match mode.lower():
        case "html":
            return _Html(text).read()
        case "markdownv2":
            return _MarkdownV2(text).read()
        case "markdown":
            return _markdown(text)
        case "" | "none":
            return text, []
    raise bad_request("unsupported parse_mode")


def _refused(why: str) -> ApiError:
    return bad_request(f"can't parse entities: {why}")


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _link(kind: str, url: str, offset: int, length: int) -> Entity | None:
    """Return a link or a mention by id, or none where the address is no address."""
    user = re.fullmatch(r"tg://user\?(?:.*&)?id=(\d+)(?:&.*)?", url)
    if user:
        mentioned = {"id": int(user[1]), "is_bot": False, "first_name": ""}
        return {"type": "text_mention", "offset": offset, "length": length, "user": mentioned}
    checked = checked_link(url)
    if checked is None:
        return None
    return {"type": kind, "offset": offset, "length": length, "url": checked}


def checked_link(url: str) -> str | None:
    """Return an address as the server keeps it, or none where it takes it for no address.

    Without a scheme it is http; a path is added.
    https://core.telegram.org/bots/api#inlinekeyboardbutton names the schemes: HTTP and tg:// (and
    ton://).
    """
    url = url.strip()
    if re.match(r"(?:tg|ton)://", url, re.IGNORECASE) or re.match(r"tg:", url, re.IGNORECASE):
        return url.lower() if "?" not in url else url
    found = re.fullmatch(r"(?:(\w+)://)?([^/?#\s]+)(.*)", url, re.DOTALL)
    if found is None or (found[1] or "http").lower() not in ("http", "https"):
        return None
    host = found[2].rsplit("@", 1)[-1]
    name = re.sub(r":\d{1,5}$", "", host)
    labels = name.split(".")
    if any(not label for label in labels) or (len(labels) < 2 and name.lower() != "localhost"):
        return None
    if re.search(r"[\s<>\"{}|\\^`':;,!()*$&+=%\[\]~]", name):
        return None
    return f"{(found[1] or 'http').lower()}://{found[2]}{found[3] or '/'}"


@dataclass
class _Open:
    """What has been opened and not closed: its name, its argument, where it began."""

    name: str
    argument: str
    offset: int
    text_at: int
    byte: int = 0


class _Html:
    """HTML as the Bot API reads it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        text = self.text
        while self.at < len(text):
            letter = text[self.at]
            if letter == "&":
                self._put(self._decoded())
            elif letter != "<":
                self._put(letter)
                self.at += 1
            elif text[self.at + 1 : self.at + 2] == "/":
                self._close()
            else:
                self._start()
        if self.open:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        self.entities.sort(key=lambda one: (one["offset"], -one["length"]))
        return "".join(self.out), self.entities

    def _put(self, letters: str) -> None:
        self.out.append(letters)
        self.length += utf16_length(letters)

    def _decoded(self) -> str:
        """Take one `&...;` (a semicolon may lack), or an ampersand that begins none."""
        found = re.compile(r"&(?:#(?:x([0-9a-fA-F]+)|(\d+))|([a-zA-Z]+));?").match(
            self.text, self.at
        )
        letter = "&"
        if found is not None:
            if found[3]:
                letter = NAMED.get(found[3], "")
            else:
                code = int(found[1], 16) if found[1] else int(found[2])
                letter = chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000 else ""
            if letter:
                self.at = found.end()
                return letter
        self.at += 1
        return "&"

    def _byte(self, at: int) -> int:
        return _bytes(self.text[:at])

    def _start(self) -> None:
        begin = self.at
        found = re.compile(r"<([^\s>]*)").match(self.text, begin)
        assert found is not None
        self.at = found.end()
        if self.at == len(self.text):
            raise _refused(f"Unclosed start tag at byte offset {self._byte(begin)}")
        name = found[1].lower()
        if name not in TAGS:
            raise _refused(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        argument = ""
        while True:
            self._blanks()
            if self.at == len(self.text):
                raise _refused(f"Unclosed start tag at byte offset {self._byte(begin)}")
            if self.text[self.at] == ">":
                self.at += 1
                break
            key, value = self._attribute(name, begin)
            argument = _argument(name, key, value) or argument
        if name == "span" and argument != "spoiler":
            raise _refused(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}'
            )
        self.open.append(_Open(name, argument, self.length, len(self.out)))

    def _blanks(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in " \t\r\n\f\v":
            self.at += 1

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        found = re.compile(r"[^\s=>/\"']*").match(self.text, self.at)
        assert found is not None
        key = found[0].lower()
        if not key:
            raise _refused(
                f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}'
            )
        self.at = found.end()
        self._blanks()
        if self.text[self.at : self.at + 1] != "=":
            if tag == "blockquote" and key == "expandable":
                return key, "expandable"
            raise _refused(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" '
                f"at byte offset {self._byte(begin)}"
            )
        self.at += 1
        self._blanks()
        if self.at == len(self.text):
            raise _refused(f"Unclosed start tag at byte offset {self._byte(begin)}")
        mark = self.text[self.at]
        if mark not in "'\"":
            token_at = self.at
            token = re.compile(r"[A-Za-z0-9.-]*").match(self.text, self.at)
            assert token is not None
            self.at = token.end()
            if self.at < len(self.text) and self.text[self.at] not in " \t\r\n>":
                raise _refused(
                    f"Unexpected end of name token at byte offset {self._byte(token_at)}"
                )
            return key, token[0].lower()
        self.at += 1
        value: list[str] = []
        while self.at < len(self.text) and self.text[self.at] != mark:
            if self.text[self.at] == "&":
                value.append(self._decoded())
            else:
                value.append(self.text[self.at])
                self.at += 1
        if self.at == len(self.text):
            raise _refused(f"Unclosed start tag at byte offset {self._byte(begin)}")
        self.at += 1
        return key, "".join(value)

    def _close(self) -> None:
        begin = self.at
        if not self.open:
            raise _refused(f"Unexpected end tag at byte offset {self._byte(begin)}")
        found = re.compile(r"</([^\s>]*)\s*").match(self.text, begin)
        assert found is not None
        self.at = found.end()
        if self.text[self.at : self.at + 1] != ">":
            raise _refused(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        name, opened = found[1].lower(), self.open.pop()
        if name and name != opened.name:
            raise _refused(
                f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{opened.name}>"'
                f', found "</{name}>"'
            )
        if self.length > opened.offset:
            self._add(opened)

    def _add(self, opened: _Open) -> None:
        kind, offset, length = TAGS[opened.name], opened.offset, self.length - opened.offset
        entity: Entity | None = {"type": kind, "offset": offset, "length": length}
        assert entity is not None
        last = self.entities[-1] if self.entities else {}
        same = (last.get("offset"), last.get("length")) == (offset, length)
        match opened.name:
            case "a":
                url = opened.argument or "".join(self.out[opened.text_at :])
                entity = _link("text_link", url, offset, length)
            case "tg-emoji":
                if not re.fullmatch(r"[1-9]\d{0,18}", opened.argument):
                    raise _refused("Invalid custom emoji identifier specified")
                entity["custom_emoji_id"] = opened.argument
            case "blockquote" if opened.argument:
                entity["type"] = "expandable_blockquote"
            case "pre" if same and last.get("type") == "code":
                self.entities.pop()
                if "language" in last:
                    entity["language"] = last["language"]
            case "code" if same and last.get("type") == "pre":
                if opened.argument:
                    last["language"] = opened.argument
                entity = None
            case "code" if opened.argument:
                entity["language"] = opened.argument
        if kind == "code" and entity and not any(one.name == "pre" for one in self.open):
            entity.pop("language", None)
        if entity:
            self.entities.append(entity)


def _argument(tag: str, key: str, value: str) -> str:
    match tag, key:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("blockquote", "expandable"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
    return ""


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


class _MarkdownV2:
    """MarkdownV2 as the Bot API reads it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
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

    def _unclosed(self, opened: _Open) -> ApiError:
        return _refused(
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
        byte = _bytes(self.text[: self.at])
        self.at += size
        self.open.append(_Open(kind, argument, self.length, len(self.out), byte))

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
                raise _refused(
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

    def _with_address(self, opened: _Open, kind: str, length: int) -> Entity | None:
        if self.text[self.at : self.at + 1] != "(":
            if kind == "custom_emoji":
                raise _refused("Custom emoji entity must contain a tg://emoji URL")
            return _link(kind, "".join(self.out[opened.text_at :]), opened.offset, length)
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
            raise _refused(f"Can't find end of {what} at byte offset {_bytes(self.text[:begin])}")
        self.at += 1
        address = "".join(url)
        if kind == "text_link":
            return _link(kind, address, opened.offset, length)
        emoji = re.fullmatch(r"tg://emoji\?id=([1-9]\d{0,18})", address)
        if emoji is None:
            raise _refused("Invalid custom emoji URL specified")
        place: dict[str, Any] = {"type": kind, "offset": opened.offset, "length": length}
        return {**place, "custom_emoji_id": emoji[1]}


def _markdown(text: str) -> tuple[str, list[Entity]]:
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
                where = _bytes(text[:begin])
                raise _refused(f"Can't find end of the entity starting at byte offset {where}")
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
                entity = _link("text_link", url, length, size)
            if entity and size:
                entities.append(entity)
            out.append(inner)
            length += size
            continue
        out.append(letter)
        length += utf16_length(letter)
        at += 1
    return "".join(out), entities
