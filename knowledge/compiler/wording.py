"""Pieces of an article's sentence made into a sentence that stands on its own.

The article's words and tense stay: quoting what the source says is more exact than retelling it.
What changes is what would dangle: pronouns become names, short names full ones, linking words,
brackets and note marks go, and so do the words of the date, which answers print before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.compiler.date_groups import DateGroup, is_day
from knowledge.compiler.date_removal import Edit, keep, remove
from knowledge.compiler.people_words import is_role
from knowledge.compiler.references import References
from knowledge.compiler.tokens import PREPOSITIONS, may_be_verb, tokenize
from knowledge.compiler.verb_forms import Form, form
from knowledge.model import EntityKind, HistoricalDate, Span

LONGEST_TEXT = 200
"""Characters of an event's text; docs/packs.md."""

_PRONOUN = re.compile(r"\b(?:he|she|his|him|her|(?<![\w,;] )(?:He|She|His|Him|Her))\b(?!['’]s)")
"""With a capital only where a sentence begins: elsewhere it is in a title."""
_RELATIVE = re.compile(r"(?:the|that|this|\w+ (?:days?|weeks?|months?|years?))\b")
_PREPOSED = re.compile(r"\b(?:" + "|".join(sorted(PREPOSITIONS)) + r"|the|and|than|early|late)\s$")
_OF_DATE = re.compile(r"\b(?:of|the|his|her|their|since|until)\s$")
_NEXT_WORD = re.compile(r"\s+([a-z]+)")
_LADY = re.compile(r"\b(?:Lady|Mrs\.?|Miss|Madame|Mme\.?|Frau|Countess|Princess) $")
"""Before a surname alone: the wife or sister of whoever has it."""
_SHIP_PREFIX = re.compile(r"(?:[A-Z]{2,}|The|the)\b")
_QUOTE = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»")
_BRACKETS = re.compile(
    r"\s*\((?:[^()]|\([^()]*\))*\)|\s*\[(?:\d+|[a-z]|[a-z]+ \d+|citation needed)\]"
)
_FILLERS = re.compile(
    r",\s(?:also|however|moreover|therefore|thus|meanwhile|furthermore),(?=\s)|"
    r"\b(?:also|however|moreover|therefore|thus|meanwhile|furthermore)\b,?\s|,? too(?=[.,])"
    r"|\s(?:shortly |soon )?(?:thereafter|afterwards?)(?=[.,])",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:however|moreover|furthermore|also|then|thus|therefore|hence|consequently|nevertheless"
    r"|nonetheless|meanwhile|subsequently|afterwards?|thereafter|later|finally|eventually"
    r"|additionally|likewise|similarly|instead|indeed|soon afterwards?|shortly afterwards?"
    r"|shortly thereafter|concurrently|accordingly|still|yet|but|and|so|or|nor|here)\b"
    r"(?:,\s*|\s+(?=[^,.]))"
    r"|(?:in addition|as a result|in response|in fact|at the same time|soon after|in turn"
    r"|by contrast|in contrast|on the other hand|for this reason|for example|for instance"
    r"|in the meantime|after this|after that|following this|contrary to (?:a )?(?:common|popular)"
    r" belief|later on|at last|at this time|at that time|at this point|there|by then|of these"
    r"|amidst? this \w+|during this (?:time|period)|soon|in all|above all|among others"
    r"|after (?:his|her|their|its) return),\s*",
    re.IGNORECASE,
)
_DEMONSTRATIVE = re.compile(r"(?:this|that|these|those) (?=([^\W\d_]+))", re.IGNORECASE)
_POINTING = re.compile(r"(?<= )(this|these|those|that(?= [a-z]+[.,;])) ([a-z]+)")
_DAY_OF = re.compile(
    r",?\s*((?:the|his|her|their|its) (?:[\w’'-]+ ){0,3}"
    r"(?:anniversary|centenary|bicentenary|jubilee|eve|birthday|feast)\b)"
)
_HOLIDAY = re.compile(
    r",?\s(?:(?:[A-Z][\w’']+ ){1,3}(?:Day|Eve|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"|Easter|Christmas|Whitsun)(?=[,.;]),?"
)
"""A day's name behind its date, which says no more than the date."""
_TIMES = frozenset("time day year month week period point way morning evening night date".split())
_THERE = re.compile(r"\s\bthere\b(?! (?:was|were|had|is|are)\b)")
_OBJECT_HER = re.compile(
    r"her(?=\s*(?:[,.;:)]|$|\b(?:to|in|on|at|by|for|from|with|and|as|that|when|after|before|into|of"
    r"|about|his|a|an|the|out|off|up|down|away|back|over|twice|again|once|there|home)\b))"
)
_OF_SOMEBODY = re.compile(r"(?:his|her)\s(?:[a-z-]+\s){0,2}[a-z-]+,\s")
_LONGEST_NAME = 60
_MADE_HER = re.compile(r"\b(?:made|let|saw|heard|helped|bade)\s$")
_DO = re.compile(
    r" (?:give|take|leave|go|come|stop|abandon|resign|retire|withdraw|lose|choose|accept|become"
    r"|feel|sing|dance|play|sit|stand|wait|sign|sell|pay)\b"
)
_WEEKDAY_ASIDE = re.compile(r", a (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?=[,.])")
_LEFT_OVER = re.compile(
    r", (?:one|two|three|some|many|both|most|all|none|each|several"
    r"|the (?:same |very )?(?:day|year|month|night|morning|evening)"
    r"|the (?:first|second|third|last|latter)(?: of (?:them|these|which))?)\.?$"
)
_SPACES = re.compile(r"\s+")
_LOOSE = (
    (re.compile(r"\(\s*\)"), ""),
    (re.compile(r"(?<=:)\s*[–—-](?=\s)"), ""),
    (re.compile(r"(?<!in )\bthe (?:following|same) (?=[A-Z][a-z]+ \d{4}\b)"), "in "),
    (re.compile(r"\s+([,.;:!?])"), r"\1"),
    (re.compile(r"[,;:]+(?=[,;:.])"), ""),
    (re.compile(r"^[\s,;:–—.]+"), ""),
    (re.compile(r"[\s,;:–—]+$"), ""),
)


@dataclass(frozen=True, slots=True)
class Words:
    """A piece that doesn't stand in the article in this form, and whom it names."""

    text: str
    entities: tuple[int, ...] = ()


Piece = Span | Words


@dataclass(slots=True)
class Draft:
    """A sentence in the making: its text, who is named in it, and whether a pronoun dangles.

    `kin` are those whom it only calls somebody's father or wife.
    """

    text: str = ""
    entities: list[int] = field(default_factory=list)
    kin: list[int] = field(default_factory=list)
    dangling: bool = False
    date_removed: bool = False
    other_dates: bool = False


class Writer:
    """Writes pieces of one block's text as a sentence."""

    def __init__(self, references: References, block: int, groups: Sequence[DateGroup]) -> None:
        self.references = references
        self.block = block
        self.text = references.article.blocks[block].text
        self.groups = groups
        self._when: HistoricalDate | None = None

    def write(
        self, pieces: Sequence[Piece], own: DateGroup, *, drop_date: bool = True, full: bool = True
    ) -> Draft:
        """Return the sentence that the pieces make, with the date of `own` taken out if it can be.

        `full` gives everybody's full name; else only where a single name begins the sentence.
        """
        draft = Draft()
        self._when = own.date
        named_later = {
            place.entity
            for piece in pieces
            if isinstance(piece, Span)
            for place in self.references.named(self.block, piece.start, piece.stop)
        }
        parts: list[str] = []
        for piece in pieces:
            if isinstance(piece, Words):
                parts.append(piece.text)
                draft.entities += [e for e in piece.entities if e not in draft.entities]
                continue
            edits = self._date_edits(piece, own, drop_date, draft)
            edits = self._bracket_edits(piece, edits, own)
            edits += self._name_edits(piece, edits, draft, named_later, full, " ".join(parts))
            parts.append(self._apply(piece, edits))
        if self.text[own.list_start - 1 : own.list_start] == "(":
            draft.other_dates = False
        draft.text = _tidy(_joined(parts))
        draft.kin += self._kin_in(draft.text, draft.entities)
        draft.entities += [kin for kin in draft.kin if kin not in draft.entities]
        return draft

    def _date_edits(self, piece: Span, own: DateGroup, drop_date: bool, draft: Draft) -> list[Edit]:
        edits: list[Edit] = []
        for group in self.groups:
            if not piece.start <= group.start < piece.stop:
                continue
            if group.list_start == own.list_start or group.date == own.date:
                edit = remove(self.text, group, *piece) if drop_date else None
                if edit is not None:
                    edit = self._with_apposition(edit, group, piece)
                    draft.date_removed = True
                    if not edits or edit.start >= edits[-1].stop:
                        edits.append(edit)
                    continue
            if is_day(group) or not _OF_DATE.search(self.text, piece.start, group.start):
                draft.other_dates = True
            if (edit := keep(self.text, group)) is not None:
                bare = _RELATIVE.match(self.text, group.start) and not _PREPOSED.search(
                    self.text, piece.start, group.start
                )
                on = "on " if is_day(group) else "in "
                edits.append(edit._replace(words=on + edit.words) if bare else edit)
        return edits

    def _with_apposition(self, edit: Edit, group: DateGroup, piece: Span) -> Edit:
        """Return a removal that takes in what day it was: "on 17 June, the eve of the feast"."""
        at = group.list_stop
        if match := _DAY_OF.match(self.text, at, piece.stop):
            return Edit(edit.start, match.start(1), " on ")
        if match := _HOLIDAY.match(self.text, at, piece.stop):
            return Edit(edit.start, max(edit.stop, match.end()), "")
        return edit

    def _bracket_edits(self, piece: Span, edits: list[Edit], own: DateGroup) -> list[Edit]:
        """Add to edits the removal of brackets, but for one that holds the date itself."""
        for match in _BRACKETS.finditer(self.text, *piece):
            gone = any(e.start <= match.start() and match.end() <= e.stop for e in edits)
            if gone or match.start() <= own.start < match.end():
                continue
            edits = [e for e in edits if e.stop <= match.start() or match.end() <= e.start]
            edits.append(Edit(match.start(), match.end(), ""))
        return edits

    def _name_edits(
        self,
        piece: Span,
        taken: list[Edit],
        draft: Draft,
        named_later: set[int],
        full: bool,
        said: str,
    ) -> list[Edit]:
        """Return full names for short ones and for pronouns, in the order of the text.

        `said` are the words that come before the piece.
        """
        edits: list[Edit] = []
        quotes = [match.span() for match in _QUOTE.finditer(self.text, *piece)]
        places = self.references.named(self.block, *piece)
        marks: list[tuple[int, int, int | None]] = [(p.start, p.stop, p.entity) for p in places]
        marks += [(*m.span(), None) for m in _PRONOUN.finditer(self.text, *piece)]
        for start, stop, entity in sorted(marks, key=lambda mark: mark[:2]):
            if any(edit.start < stop and start < edit.stop for edit in taken):
                continue
            quoted = any(begin <= start < end for begin, end in quotes)
            if entity is not None:
                if entity not in draft.entities:
                    draft.entities.append(entity)
                    if (full or not said) and not quoted and self._is_short(start, stop, entity):
                        edits.append(Edit(start, stop, self._name(entity)))
                continue
            if not quoted and (
                edit := self._pronoun(
                    start, stop, draft, named_later, f"{said} {self.text[piece.start : start]}"
                )
            ):
                edits.append(edit)
        return edits

    def _is_short(self, start: int, stop: int, entity: int) -> bool:
        """Whether a surname or another part stands there of somebody with a longer name."""
        words, name = self.text[start:stop], self._name(entity)
        part = words in name.split() or name.lower().endswith(f" {words.lower()}")
        return (
            self.references.is_person(entity)
            and part
            and words != name
            and self.text[stop : stop + 1] not in ("-", "–")
            and not (name.endswith(words) and self.text.endswith(name, 0, stop))
            and not _LADY.search(self.text, max(0, start - 12), start)
        )

    def _name(self, entity: int) -> str:
        found = self.references.cast.entities[entity]
        bare = found.kind is EntityKind.SHIP and not _SHIP_PREFIX.match(found.name)
        return f"the {found.name}" if bare else found.name

    def _pronoun(
        self, start: int, stop: int, draft: Draft, named_later: set[int], head: str
    ) -> Edit | None:
        word = self.text[start:stop].lower()
        is_object = word == "him" or (word == "her" and self._acts_on_her(start))
        actor = draft.entities[0] if is_object and draft.entities else None
        entity = self.references.who(
            self.block, start, word, is_object=is_object, actor=actor, when=self._when
        )
        people = [e for e in draft.entities if self.references.agrees(e, word)]
        if entity is None:
            name = self.references.title if word in ("he", "she") and not people else ""
            draft.dangling = draft.dangling or not (people or name)
            return Edit(start, stop, name) if name else None
        is_owner = word in ("his", "her") and not is_object
        if is_owner and not people and (edit := self._named_behind(start)) is not None:
            return edit
        if is_owner and (kin := self._kin(entity, stop)) is not None:
            draft.kin.append(kin)
        if entity in draft.entities:
            return None
        if entity in named_later and word not in ("he", "she"):
            return None
        if is_owner and self._is_doubtful(entity, head, people, start):
            draft.dangling = draft.dangling or not people
            return None
        draft.entities.append(entity)
        name = self._name(entity)
        return Edit(start, stop, possessive(name) if is_owner else name)

    def _named_behind(self, at: int) -> Edit | None:
        """Return what takes "his assistant," out of "killed his assistant, Otto Kern"."""
        match = _OF_SOMEBODY.match(self.text, at)
        if match is None:
            return None
        named = self.references.named(self.block, match.end(), match.end() + _LONGEST_NAME)
        is_name = named and named[0].start == match.end()
        return Edit(at, match.end(), "") if is_name and self._is_named(named[0].entity) else None

    def _is_named(self, entity: int) -> bool:
        return self.references.is_person(entity)

    def _acts_on_her(self, at: int) -> bool:
        """Whether "her" is whom a verb acts on: "dismissed her.", "made her give up"."""
        if _OBJECT_HER.match(self.text, at):
            return True
        made = _MADE_HER.search(self.text, max(0, at - 8), at) is not None
        return made and _DO.match(self.text, at + len("her")) is not None

    def _kin_in(self, text: str, people: Sequence[int]) -> list[int]:
        """Return whom a text calls only somebody's father or wife: "Otto Kern's wife died"."""
        found: list[int] = []
        for person in people:
            name = self._name(person)
            if not self.references.is_person(person) or f"{name}'" not in text:
                continue
            for match in re.finditer(rf"{re.escape(name)}(?:'s|') ([a-z-]+)", text):
                kin = self.references.relative(person, match[1])
                if kin is None and match[1] in ("husband", "wife"):
                    kin = self.references.spouse(person)
                if kin is not None:
                    found.append(kin)
        return found

    def _kin(self, owner: int, at: int) -> int | None:
        """Return who "father" is behind "his", if the cast knows."""
        noun = _NEXT_WORD.match(self.text, at)
        return self.references.relative(owner, noun[1]) if noun else None

    def _is_doubtful(self, owner: int, head: str, people: list[int], at: int) -> bool:
        """Whether "his" is better kept: behind a verb its owner is most often who acts.

        Where a thing acts ("a stroke took away his speech"), it is the person of the article, or
        whom the sentence began with ("Kern came, and the handle was taken off at his demand").
        """
        tokens = tokenize(head, 0, len(head), ())
        if not any(may_be_verb(tokens, at) for at in range(len(tokens))):
            return False
        acts = bool(people) or any(is_role(token.word) for token in tokens)
        is_plain = owner == self.references.cast.subject
        return acts or not (is_plain or self.references.is_topic(self.block, at, owner))

    def _apply(self, piece: Span, edits: list[Edit]) -> str:
        out: list[str] = []
        at = piece.start
        for edit in sorted(edits):
            if edit.start < at:
                continue
            out += [self.text[at : edit.start], edit.words]
            at = edit.stop
        return "".join([*out, self.text[at : piece.stop]])


def _the(match: re.Match[str]) -> str:
    """Return "the privilege" for "that privilege", which pointed to what isn't told."""
    is_noun = form(match[2]) is Form.NONE and match[2] not in _TIMES | PREPOSITIONS
    return f"the {match[2]}" if is_noun else match[0]


def _joined(parts: list[str]) -> str:
    """Join parts; a full stop that stood at the end of a sentence stays only at the end."""
    kept = [part for part in parts if part.strip()]
    return " ".join([*(part.rstrip(" .") for part in kept[:-1]), *kept[-1:]])


def _without_open_quote(text: str) -> str:
    """Return a text without the quotation that it opens and doesn't close."""
    for opening, closing in (("“", "”"), ("«", "»")):
        if text.count(opening) > text.count(closing):
            text = text[: text.rfind(opening)].rstrip(" ,:;")
    return text


def possessive(name: str) -> str:
    """Return "Otto Kern's", "Jan Brandis'"."""
    return name + ("'" if name.endswith("s") else "'s")


def _tidy(text: str) -> str:
    text = _SPACES.sub(" ", text.replace("''", "")).strip()
    for pattern, replacement in _LOOSE:
        text = pattern.sub(replacement, text)
    text = _without_open_quote(text)
    while match := _HEAD.match(text):
        text = text[match.end() :]
    text = _FILLERS.sub("", text)
    text = _SPACES.sub(" ", _WEEKDAY_ASIDE.sub("", _THERE.sub("", text)))
    text = _POINTING.sub(_the, text)
    shown = _DEMONSTRATIVE.match(text)
    if shown and shown[1].islower() and form(shown[1]) is Form.NONE:
        text = f"the {text[shown.end() :]}"
    text = text.strip(" ,;:–—")
    text = _LEFT_OVER.sub("", text)
    if text and text[-1] not in ".!?…" and not text.endswith(('."', ".”")):
        text += "."
    return text[:1].upper() + text[1:]
