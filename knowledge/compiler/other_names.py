"""Other names of one person where the text says so: "known as", "née", "born", in brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from knowledge.compiler.name_runs import QUOTES
from knowledge.compiler.name_shapes import Shape
from knowledge.compiler.noun_kinds import PLACE, noun_kind
from knowledge.compiler.words import Words, is_latin
from knowledge.model import EntityKind

MOST_WORDS_BETWEEN = 7
"""Words between "known" or "called" and the name."""

LONGEST_ASIDE = 24
"""Words between a name and another name of the same person."""

_CUES = frozenset(
    "known called nicknamed dubbed alias aka a.k.a. pseudonym pseudonyms pen stage transliterated"
    " spelled spelt wrote signed christened styled writing signing baptised baptized".split()
)
_NEEDS_AS = frozenset({"known", "wrote", "signed", "writing", "signing", "transliterated"})
_BETWEEN = frozenset(
    "as in the west simply by his her him pen name names stage of also better professionally"
    " publicly popularly commonly usually often english abroad short under early articles"
    " works letters poems paintings such a later sometimes variously later home widely locally"
    " generally mostly novels first books it them and , ; with".split()
)
_BIRTH_NAME = frozenset({"née", "né", "nee"})
_LISTS_GO_ON = frozenset({"transliterated", "spelled", "spelt", "pseudonyms", "known", "called"})
_LANGUAGE = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?:?")


class OtherName(NamedTuple):
    """A name and whose it is: of the person whom another shape names, or of the subject.

    `shape` is the place of the other name; none where it is written in letters that no shape has,
    or is a surname at birth: then `text` is the whole name.
    """

    owner: Shape | None
    shape: Shape | None
    text: str


def find_other_names(
    shapes: Sequence[Shape],
    texts: Sequence[Words | None],
    kinds: Mapping[str, EntityKind | None],
) -> list[OtherName]:
    """Return the names that the article itself calls other names of somebody."""
    found: list[OtherName] = []
    for place, shape in enumerate(shapes):
        words = texts[shape.block]
        if words is None or shape.heading:
            continue
        before = shapes[place - 1] if place and shapes[place - 1].block == shape.block else None
        found += _of_shape(shapes, place, before, words, kinds)
        if kinds[shape.key] is EntityKind.PERSON:
            found += _foreign(shape, words)
    return found


def _of_shape(
    shapes: Sequence[Shape],
    place: int,
    before: Shape | None,
    words: Words,
    kinds: Mapping[str, EntityKind | None],
) -> list[OtherName]:
    shape = shapes[place]
    begin = shape.first - len(shape.titles)
    if begin == 0:
        return []
    texts = words.words
    if texts[begin - 1] in QUOTES and begin > 1:
        begin -= 1
    previous = texts[begin - 1].lower()
    is_after_name = before is not None and kinds[before.key] is EntityKind.PERSON
    if previous in _BIRTH_NAME or (
        previous == "born" and begin > 1 and texts[begin - 2] in {",", "("}
    ):
        owner = _owner_before(shapes, place, words, kinds)
        if owner is None:
            return []
        return [_birth_name(owner, shape) if previous in _BIRTH_NAME else _other(owner, shape)]
    if previous == "born" and begin > 1 and texts[begin - 2] in {"was", "were"}:
        owner = _first_person(shapes, place, words, kinds)
        is_name = len(shape.words) > 1 and kinds[shape.key] is EntityKind.PERSON
        return [_other(owner, shape)] if owner is not None and is_name else []
    if is_after_name and before is not None and _is_in_own_bracket(words, before, shape, kinds):
        return [_other(before, shape)]
    cue = _cue(words, begin)
    noun = noun_kind(shape.words)
    if cue is None or (noun is not None and not noun[1]):
        return []
    first, _ = words.sentence(begin)
    if any(word in {"never", "not"} for word in words.words[first:cue]):
        return []
    owner = _owner_before(shapes, place, words, kinds)
    if owner is None and not _is_of_pronoun(words, cue):
        return []
    found = [_other(owner, shape)]
    if texts[cue].lower() in _LISTS_GO_ON and previous != "of":
        found += _further(shapes, place, words, owner, texts[cue].lower())
    return found


def _first_person(
    shapes: Sequence[Shape],
    place: int,
    words: Words,
    kinds: Mapping[str, EntityKind | None],
) -> Shape | None:
    """Return the first person whom the sentence of a shape names before it."""
    first, _ = words.sentence(shapes[place].first)
    found = None
    for other in reversed(shapes[:place]):
        if other.block != shapes[place].block or other.first < first:
            break
        if kinds[other.key] is EntityKind.PERSON:
            found = other
    return found


def _other(owner: Shape | None, shape: Shape) -> OtherName:
    return OtherName(owner, shape, " ".join((*shape.titles, *shape.words)))


def _birth_name(owner: Shape, shape: Shape) -> OtherName:
    """Return the whole name at birth: "Hedda Frisk" for "Hedda Malmqvist, née Frisk"."""
    if len(shape.words) > 1:
        return _other(owner, shape)
    return OtherName(owner, shape, f"{owner.words[0]} {shape.words[0]}")


def _further(
    shapes: Sequence[Shape], place: int, words: Words, owner: Shape | None, cue: str
) -> list[OtherName]:
    """Return the names that follow in one list: "transliterated A, B and C"."""
    found: list[OtherName] = []
    for left, right in zip(shapes[place:], shapes[place + 1 :], strict=False):
        between = [word for word in words.words[left.last : right.first] if word not in QUOTES]
        is_list = between in ([","], ["and"], [",", "and"], ["or"])
        if left.block != right.block or not is_list or right.titles:
            break
        if between == [","] and cue in {"known", "called"}:
            break
        found.append(_other(owner, right))
        if "and" in between:
            break
    return found


def _cue(words: Words, begin: int) -> int | None:
    """Return where "known", "called", ... stands before a name that it gives to somebody."""
    texts = words.words
    between: list[str] = []
    for at in range(begin - 1, max(-1, begin - 2 - MOST_WORDS_BETWEEN), -1):
        word = texts[at].lower()
        if word in _CUES:
            if word in _NEEDS_AS and "as" not in between and word != "signed":
                return at if word == "transliterated" else None
            if word in {"pen", "stage"} and "name" not in between and "names" not in between:
                return None
            return at
        if word in {"name", "names"} and at and texts[at - 1].lower() in {"the", "using", "birth"}:
            opener = texts[at - 2].lower() if at > 1 else ""
            if opener in {"under", "using", "used"} or texts[at - 1].lower() == "birth":
                return at
        if word not in _BETWEEN and word not in QUOTES:
            return None
        between.append(word)
    return None


def _is_of_pronoun(words: Words, cue: int) -> bool:
    """Whether "he", "she" or "her" is who is called so, or no more than a name is said."""
    texts = words.words
    if texts[cue].lower() in {"pen", "stage", "pseudonym", "pseudonyms", "name", "transliterated"}:
        return True
    if texts[cue + 1].lower() in {"him", "her"}:
        return True
    at = cue - 1
    while at >= 0 and texts[at].lower() in _BEFORE_CUE:
        at -= 1
    return at >= 0 and texts[at].lower() in {"he", "she"}


_BEFORE_CUE = frozenset(
    "was is born who formerly originally became sometimes often first also better commonly then"
    " later been had best widely".split()
)


def _owner_before(
    shapes: Sequence[Shape],
    place: int,
    words: Words,
    kinds: Mapping[str, EntityKind | None],
) -> Shape | None:
    """Return the person whom the sentence names before its other name; None for the subject."""
    shape = shapes[place]
    first, _ = words.sentence(shape.first)
    people = []
    for other in reversed(shapes[:place]):
        if other.block != shape.block or other.first < first:
            break
        if kinds[other.key] is EntityKind.PERSON:
            people.append(other)
    for other in people:
        if _is_beside(words, other, shape) or _is_subject(words, other, shape):
            return other
    return None


def _is_subject(words: Words, owner: Shape, shape: Shape) -> bool:
    """Whether a verb of naming follows a name directly: "Kern was also known as"."""
    for at in range(owner.last, shape.first):
        word = words.words[at].lower()
        if word in _CUES:
            return True
        if word not in _BEFORE_CUE and not word.endswith("ly") and word not in {"who", ",", "he"}:
            return False
    return False


def _is_beside(words: Words, owner: Shape, shape: Shape) -> bool:
    """Whether only an aside's beginning stands between: "Kern (1811–1880), known as"."""
    between = words.words[owner.last : shape.first - len(shape.titles)]
    if len(between) == 1 and between[0] in _BIRTH_NAME:
        return True
    if not between or between[0] not in {",", "("}:
        return False
    depth = 0
    for word in between:
        depth += (word == "(") - (word == ")")
        is_plain = word.isalpha() and depth == 0
        if is_plain and word.lower() not in _CUES | _BETWEEN | _BEFORE_CUE | _BIRTH_NAME:
            return False
    return depth <= 1 and len(between) < LONGEST_ASIDE


def _is_in_own_bracket(
    words: Words, owner: Shape, shape: Shape, kinds: Mapping[str, EntityKind | None]
) -> bool:
    """Whether a name stands in the bracket right behind another: "Kern (English: Kernel)"."""
    texts = words.words
    if texts[owner.last : owner.last + 1] != ["("]:
        return False
    between = texts[owner.last + 1 : shape.first]
    after = texts[shape.last] if shape.last < len(texts) else ""
    if after not in {")", ",", ";"}:
        return False
    if not between:
        return len(shape.words) > 1 and kinds[shape.key] is not PLACE and after != ";"
    if between[-1] == ":":
        return len(between) <= 3 and _LANGUAGE.fullmatch(" ".join(between[:-1])) is not None
    return between in (["or"], ["also"], ["alias"], ["originally"])


def _foreign(shape: Shape, words: Words) -> list[OtherName]:
    """Return the form in other letters that a bracket behind a name gives."""
    texts = words.words
    at = shape.last
    if at >= len(texts) or texts[at] != "(":
        return []
    first = None
    for place in range(at + 1, min(len(texts), at + 16)):
        word = texts[place]
        foreign = word[0].isalpha() and not is_latin(word)
        if foreign and first is None:
            first = place
        elif not foreign and first is not None and word not in {"-", "·"}:
            text = words.text[words.starts[first] : words.stops[place - 1]]
            return [OtherName(shape, None, text)]
        elif word == ")":
            return []
    return []
