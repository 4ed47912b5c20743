"""An article as wikitext, the source of Wikipedia's pages."""

from __future__ import annotations

import re
from html import unescape

from knowledge.readers.article import Article, Block, Role
from knowledge.readers.block_text import SLOPING_MARKS, BlockText
from knowledge.readers.decoding import UnreadableError
from knowledge.readers.formats import redirect_target
from knowledge.readers.outline import LevelledOutline
from knowledge.readers.wiki_facts import label_of
from knowledge.readers.wiki_structure import Argument, Structure
from knowledge.readers.wiki_templates import Call, Kind, Sloped, expand
from knowledge.readers.zones import role_in_section

_MARK = re.compile(
    r"['\[{<&_\n\]}](?:(?<=')'{1,4}|(?<=\{)\{|(?<=\[)\[|(?<=\[)(?=https?://|//|mailto:)|(?<=<)"
    r"|(?<=&)(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});"
    r"|(?<=_)_[A-Z]{3,30}__|(?<=\n)|(?<=\])\]|(?<=\})\})"
)
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})(?P<rest>[^<>]{0,1000})>")
_HEADING = re.compile(r"(={1,6})(?P<title>[^\n]{1,300}?)\1[ \t]{0,50}(?=\r?\n|$|<!--)")
_DAY_FIRST = re.compile(r"\{\{\s{0,3}use dmy dates", re.IGNORECASE)
_LIST = re.compile(r"[*#:;]+[ \t]*")
_CELL_STYLE = re.compile(r"[^|\[\]{}\n=]{1,200}=[^|\[\]{}\n]{0,400}\|(?!\|)")
_FILE = re.compile(r"(?:file|image|media|datei|fichier)\s?:", re.IGNORECASE)
_CATEGORY = re.compile(r"category\s?:", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,8})?:")
_FILE_OPTION = re.compile(
    r"thumb(?:nail)?|left|right|center|centre|none|frame(?:d|less)?|border|upright.*|\d*x?\d+ ?px"
    r"|(?:alt|link|class|page|lang|thumb|start|end)\s?=.*|baseline|middle|top|bottom|super|sub",
    re.IGNORECASE | re.DOTALL,
)
_GENITIVE = re.compile(r"(?<=[\w\])}]'')'s\b")
_APART = {Kind.QUOTE: Role.QUOTE, Kind.FACT: Role.FACT}
"""Templates that are blocks of their own."""

MOST_NESTED = 24
"""Templates and links within each other; what lies deeper is left out. Articles stay below 10."""


def read_wikitext(source: str, title: str = "") -> Article:
    """Return the article in a wikitext; `title` is its name, which wikitext itself never states.

    `source` is the whole file as decoded: offsets count its letters.
    """
    return _Wikitext(source, title).article()


def read_page(source: str, title: str = "") -> Article:
    """Return the article of a page; raises UnreadableError for one that only leads elsewhere."""
    target = redirect_target(source)
    if target:
        raise UnreadableError(f"only leads to “{target}”; save that page.")
    return read_wikitext(source, title)


class _Wikitext:
    def __init__(self, source: str, title: str) -> None:
        self._source = source
        self._title = title
        self._structure = Structure(source)
        self._outline = LevelledOutline()
        self._blocks: list[Block] = []
        self._out = BlockText(source)
        self._role = Role.PROSE
        self._after: list[tuple[BlockText, Role]] = []
        self._categories: list[tuple[int, int]] = []
        self._tables = 0
        self._is_quoting = False
        self._day_first = _DAY_FIRST.search(source) is not None

    def article(self) -> Article:
        start = 1 if self._source.startswith("\ufeff") else 0
        self._walk_blocks(start, len(self._source))
        for begin, stop in self._categories:
            text = BlockText(self._source)
            text.copy(begin, stop)
            self._emit(text, Role.REFERENCE)
        return Article(self._title, tuple(self._blocks))

    # blocks

    def _flush(self, role: Role = Role.PROSE) -> None:
        """End the block at hand, put its notes after it, and go on with one of this role."""
        self._emit(self._out, self._role)
        self._out = BlockText(self._source)
        self._role = role
        after, self._after = self._after, []
        for text, its_role in after:
            self._emit(text, its_role)

    def _emit(self, text: BlockText, role: Role) -> None:
        path = self._outline.path
        if role in (Role.PROSE, Role.LIST, Role.TABLE):
            role = role_in_section(role, path, text.text)
        block = text.block(role, path)
        if block:
            self._blocks.append(block)

    def _walk_blocks(self, start: int, stop: int) -> None:
        """Read lines: headings, lists, tables and paragraphs."""
        at = self._begin_line(start, stop)
        while at < stop:
            at = self._walk(at, stop, depth=0, to_line_end=True)
            if at < stop:
                at = self._begin_line(at + 1, stop)
        self._flush()

    def _begin_line(self, at: int, stop: int) -> int:
        """Read what the beginning of a line says; return where its text goes on."""
        source = self._source
        heading = _HEADING.match(source, at, stop)
        if heading:
            self._add_heading(heading)
            return heading.end()
        character = source[at : at + 1]
        if character in ("", "\n", "\r") and not self._tables:
            self._flush(Role.QUOTE if self._is_quoting else Role.PROSE)
            return at
        if character in "*#:;":
            bullets = _LIST.match(source, at, stop)
            if bullets and not self._tables:
                self._flush(Role.PROSE if ":" in bullets[0] else Role.LIST)
                return bullets.end()
            return bullets.end() if bullets else at
        if source.startswith("{|", at) and self._structure.closings.get(at) is None:
            self._flush(Role.TABLE)
            self._tables += 1
            return self._line_end(at, stop)
        if self._tables:
            return self._begin_table_line(at, stop)
        if source.startswith("----", at):
            self._flush()
            return self._line_end(at, stop)
        if self._role not in (Role.PROSE, Role.QUOTE):
            self._flush()
        elif self._out.length and at:
            self._out.write(" ", at - 1, at)
        return at

    def _begin_table_line(self, at: int, stop: int) -> int:
        source = self._source
        while source[at : at + 1] in (" ", "\t"):
            at += 1
        if source.startswith("|}", at):
            self._tables -= 1
            self._flush(Role.TABLE if self._tables else Role.PROSE)
            return at + 2
        if source.startswith(("|-", "|+"), at):
            self._flush(Role.CAPTION if source[at + 1] == "+" else Role.TABLE)
            return at + 2 if source[at + 1] == "+" else self._line_end(at, stop)
        if source.startswith(("|", "!"), at):
            if self._role is Role.CAPTION:
                self._flush(Role.TABLE)
            return self._begin_cell(at, at + 1, stop)
        if self._out.length:
            self._out.write(" ", at - 1, at)
        return at

    def _begin_cell(self, at: int, inside: int, stop: int) -> int:
        if self._out.length:
            self._out.write(" | ", at, inside)
        style = _CELL_STYLE.match(self._source, inside, stop)
        return style.end() if style else inside

    def _line_end(self, at: int, stop: int) -> int:
        end = self._source.find("\n", at, stop)
        return end if end >= 0 else stop

    def _add_heading(self, match: re.Match[str]) -> None:
        self._flush()
        self._tables = 0
        self._walk(match.start("title"), match.end("title"), depth=1)
        name = self._out.text()
        if name:
            self._outline.enter(len(match[1]), name)
        self._role = Role.HEADING
        self._flush()

    # text

    def _walk(self, start: int, stop: int, *, depth: int, to_line_end: bool = False) -> int:
        """Copy source[start:stop] into the block at hand, markup taken away.

        With `to_line_end`, stop before the first line end that stands in no bracket, and return
        where it is.
        """
        source = self._source
        at = start
        while match := _MARK.search(source, at, stop):
            begin = match.start()
            in_cells = to_line_end and self._tables > 0
            self._copy(at, begin, in_cells=in_cells)
            opaque = self._structure.opaque_at(begin)
            if opaque:
                if opaque.name in ("nowiki", "code", "pre") and opaque.inner_start <= begin:
                    self._out.copy(max(opaque.inner_start, begin), opaque.inner_stop)
                elif opaque.name in ("nowiki", "code"):
                    self._out.copy(opaque.inner_start, opaque.inner_stop)
                at = opaque.stop
                continue
            if match[0] == "\n":
                if to_line_end:
                    return begin
                self._out.write(" ", begin, begin + 1)
                at = match.end()
            else:
                at = self._read_mark(match, stop, depth)
        self._copy(at, stop, in_cells=to_line_end and self._tables > 0)
        return stop

    def _copy(self, start: int, stop: int, *, in_cells: bool) -> None:
        if not in_cells:
            self._out.copy(start, stop)
            return
        at = start
        for separator in re.finditer(r"\|\||!!", self._source[start:stop]):
            self._out.copy(at, start + separator.start())
            at = self._begin_cell(start + separator.start(), start + separator.end(), stop)
        self._out.copy(at, stop)

    def _read_mark(self, match: re.Match[str], stop: int, depth: int) -> int:
        """Read one piece of markup; return where the text goes on."""
        begin = match.start()
        mark = match[0]
        end = self._structure.closings.get(begin)
        if mark in ("{{", "[["):
            if end is None or end > stop:
                return match.end()
            if depth >= MOST_NESTED:
                return end
            if mark == "{{":
                self._read_template(begin, end, depth)
            else:
                self._read_link(begin, end, depth)
            return end
        if mark == "[":
            return self._read_address(begin, stop, depth)
        if mark == "<":
            return self._read_tag(begin, stop, depth)
        if mark[0] == "&":
            self._out.write(unescape(mark), begin, match.end())
        elif mark[0] == "'":
            self._read_emphasis(begin, match.end())
        return match.end()

    def _read_emphasis(self, start: int, end: int) -> None:
        """Begin or end italics; "''Title'''s" ends them before an apostrophe of its own."""
        is_genitive = self._out.is_italic and _GENITIVE.match(self._source, end - 1) is not None
        if end - start in SLOPING_MARKS or (end - start == 3 and is_genitive):
            self._out.switch_italics()
        if end - start == 3 and is_genitive:
            self._out.copy(end - 1, end)

    def _read_link(self, start: int, end: int, depth: int) -> None:
        arguments = self._structure.arguments(start + 2, end - 2)
        first = arguments[0]
        title_start = start + 2
        title_stop = self._source.find("|", title_start, end - 2)
        target = self._source[title_start : title_stop if title_stop >= 0 else end - 2].strip()
        if _FILE.match(target):
            self._read_file(arguments[1:], depth)
        elif _CATEGORY.match(target):
            self._categories.append((first.start, first.stop))
        elif _LANGUAGE.match(target):
            return
        else:
            target = target.removeprefix(":")
            begin = self._out.length
            if title_stop >= 0 and title_stop + 1 < end - 2:
                self._walk(title_stop + 1, end - 2, depth=depth + 1)
            else:
                shown = self._source.index(target, start)
                self._out.copy(shown, shown + len(target))
            self._out.link(begin, " ".join(target.replace("_", " ").split()))

    def _read_file(self, options: list[Argument], depth: int) -> None:
        for option in reversed(options):
            text = self._source[option.start : option.stop]
            if not _FILE_OPTION.fullmatch(text):
                self._aside(option.start, option.stop, Role.CAPTION, depth)
                return

    def _aside(self, start: int, stop: int, role: Role, depth: int) -> None:
        """Read a stretch into a block of its own that comes after the one at hand."""
        out, self._out = self._out, BlockText(self._source)
        self._walk(start, stop, depth=depth + 1)
        text, self._out = self._out, out
        self._after.append((text, role))

    def _read_address(self, start: int, stop: int, depth: int) -> int:
        """Read [http://... words]."""
        end = self._source.find("]", start, min(stop, start + 2000))
        if end < 0:
            return start + 1
        space = re.search(r"[ \t\n]", self._source[start:end])
        if space:
            begin = self._out.length
            self._walk(start + space.end(), end, depth=depth + 1)
            self._out.link(begin, self._source[start + 1 : start + space.start()])
        return end + 1

    def _read_tag(self, start: int, stop: int, depth: int) -> int:
        tag = _TAG.match(self._source, start, stop)
        if tag is None:
            self._out.copy(start, start + 1)
            return start + 1
        name = tag["name"].casefold()
        is_empty = tag["rest"].endswith("/")
        if name == "ref" and not tag["close"] and not is_empty:
            return self._read_reference(tag, stop, depth)
        if name in ("br", "p", "li", "div"):
            is_fact = self._role is Role.FACT and name == "br"
            joint = "; " if is_fact and self._out.ends_in_word else " "
            self._out.write(joint, tag.start(), tag.end())
        if name in ("blockquote", "poem") and not is_empty and depth == 0:
            self._is_quoting = not tag["close"]
            self._flush(Role.QUOTE if self._is_quoting else Role.PROSE)
        return tag.end()

    def _read_reference(self, tag: re.Match[str], stop: int, depth: int) -> int:
        end = self._structure.reference_end(tag.end())
        if end is None or end > stop:
            return tag.end()
        if depth < MOST_NESTED:
            self._aside(tag.end(), end, Role.NOTE, depth)
        close = self._source.find(">", end)
        return close + 1 if close >= 0 else stop

    # templates

    def _read_template(self, start: int, end: int, depth: int) -> None:
        arguments = self._structure.arguments(start + 2, end - 2)
        name = self._source[start + 2 : end - 2].partition("|")[0]
        name = " ".join(name.partition("<!--")[0].replace("_", " ").split()).casefold()
        if name.startswith("#tag:ref"):
            name = "#tag:ref"
        positional = [a for a in arguments[1:] if not a.name or a.name.isdigit()]
        named = {a.name: a for a in arguments[1:] if a.name and not a.name.isdigit()}
        call = Call(name, positional, named, self._source, self._day_first)
        expansion = expand(call)
        if expansion.kind is Kind.FACTS:
            self._read_box(arguments[1:], depth)
            return
        is_apart = depth == 0 and expansion.kind in _APART
        if is_apart:
            self._flush(_APART[expansion.kind])
        out = self._out
        if expansion.kind is Kind.NOTE:
            self._out = BlockText(self._source)
        for part in expansion.parts:
            if isinstance(part, str):
                self._out.write(part, start, end)
            elif isinstance(part, Sloped):
                begin = self._out.length
                self._walk(part.argument.start, part.argument.stop, depth=depth + 1)
                self._out.italic(begin)
            else:
                self._walk(part.start, part.stop, depth=depth + 1)
        if expansion.kind is Kind.NOTE:
            text, self._out = self._out, out
            self._after.append((text, Role.NOTE))
        elif is_apart:
            self._flush()

    def _read_box(self, arguments: list[Argument], depth: int) -> None:
        """Read a box of facts: every argument is one, except pictures and settings."""
        self._flush()
        for argument in arguments:
            label = label_of(argument.name)
            if label is None or argument.start >= argument.stop:
                continue
            is_caption = label == "Caption"
            self._role = Role.CAPTION if is_caption else Role.FACT
            before = self._out.length
            if not is_caption:
                name_start = max(argument.start - 1, 0)
                self._out.write(f"{label}: ", name_start, argument.start)
                before = self._out.length
            self._walk(argument.start, argument.stop, depth=depth + 1)
            if self._out.length <= before:
                self._out = BlockText(self._source)
            self._flush()
