"""parse_mode HTML; https://core.telegram.org/bots/api#html-style and TDLib's MessageEntity.cpp."""

from __future__ import annotations

import re

from emulators.telegram_entities import utf16_length
from emulators.telegram_links import Open, bytes_of, link_entity, refused
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


class HtmlReader:
    """HTML as the Bot API reads it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[Open] = []
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
            raise refused(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
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
        return bytes_of(self.text[:at])

    def _start(self) -> None:
        begin = self.at
        found = re.compile(r"<([^\s>]*)").match(self.text, begin)
        assert found is not None
        self.at = found.end()
        if self.at == len(self.text):
            raise refused(f"Unclosed start tag at byte offset {self._byte(begin)}")
        name = found[1].lower()
        if name not in TAGS:
            raise refused(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        argument = ""
        while True:
            self._blanks()
            if self.at == len(self.text):
                raise refused(f"Unclosed start tag at byte offset {self._byte(begin)}")
            if self.text[self.at] == ">":
                self.at += 1
                break
            key, value = self._attribute(name, begin)
            argument = _argument(name, key, value) or argument
        if name == "span" and argument != "spoiler":
            raise refused(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}'
            )
        self.open.append(Open(name, argument, self.length, len(self.out)))

    def _blanks(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in " \t\r\n\f\v":
            self.at += 1

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        found = re.compile(r"[^\s=>/\"']*").match(self.text, self.at)
        assert found is not None
        key = found[0].lower()
        if not key:
            raise refused(
                f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}'
            )
        self.at = found.end()
        self._blanks()
        if self.text[self.at : self.at + 1] != "=":
            if tag == "blockquote" and key == "expandable":
                return key, "expandable"
            raise refused(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" '
                f"at byte offset {self._byte(begin)}"
            )
        self.at += 1
        self._blanks()
        if self.at == len(self.text):
            raise refused(f"Unclosed start tag at byte offset {self._byte(begin)}")
        mark = self.text[self.at]
        if mark not in "'\"":
            token_at = self.at
            token = re.compile(r"[A-Za-z0-9.-]*").match(self.text, self.at)
            assert token is not None
            self.at = token.end()
            if self.at < len(self.text) and self.text[self.at] not in " \t\r\n>":
                raise refused(f"Unexpected end of name token at byte offset {self._byte(token_at)}")
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
            raise refused(f"Unclosed start tag at byte offset {self._byte(begin)}")
        self.at += 1
        return key, "".join(value)

    def _close(self) -> None:
        begin = self.at
        if not self.open:
            raise refused(f"Unexpected end tag at byte offset {self._byte(begin)}")
        found = re.compile(r"</([^\s>]*)\s*").match(self.text, begin)
        assert found is not None
        self.at = found.end()
        if self.text[self.at : self.at + 1] != ">":
            raise refused(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        name, opened = found[1].lower(), self.open.pop()
        if name and name != opened.name:
            raise refused(
                f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{opened.name}>"'
                f', found "</{name}>"'
            )
        if self.length > opened.offset:
            self._add(opened)

    def _add(self, opened: Open) -> None:
        kind, offset, length = TAGS[opened.name], opened.offset, self.length - opened.offset
        entity: Entity | None = {"type": kind, "offset": offset, "length": length}
        assert entity is not None
        last = self.entities[-1] if self.entities else {}
        same = (last.get("offset"), last.get("length")) == (offset, length)
        match opened.name:
            case "a":
                url = opened.argument or "".join(self.out[opened.text_at :])
                entity = link_entity("text_link", url, offset, length)
            case "tg-emoji":
                if not re.fullmatch(r"[1-9]\d{0,18}", opened.argument):
                    raise refused("Invalid custom emoji identifier specified")
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
