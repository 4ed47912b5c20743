"""Who did it, who was what to whom, who somebody was."""

from __future__ import annotations

from bot.command import Invocation
from bot.labels import label
from bot.shapes.asked import (
    BE,
    BESIDES_NAME,
    Asked,
    Readings,
    asks_nothing,
    facts,
    is_proper,
    name_or_facts,
    onthisday,
    relation,
    shape,
    whowas,
)
from bot.vocabulary.common_words import COMMON
from bot.vocabulary.relation_words import KIN, relation_kinds, with_modified
from bot.vocabulary.senses import BY_WORD, KILLING, SUCCESSION, known_word
from bot.wishes import in_one_word, read_wishes
from knowledge.model import EntityKind
from knowledge.names import fold


def who(asked: Asked) -> Readings:
    """Read every question for a person, the plainest shapes last."""
    rules = (
        _how_many,
        _next_in_office,
        _whose,
        _noun_of,
        possessive,
        _by_whom,
        _whom,
        _known_as,
        _who_did,
        _who_is,
    )
    return next(filter(None, (rule(asked) for rule in rules)), ())


_NEXT_IN_OFFICE = shape(rf"who\s+{BE}\s+(?P<office>.+?)\s+(?P<side>after|before)\s+(?P<name>.+)")


def _next_in_office(asked: Asked) -> Readings:
    """Read "who was mayor after X": X's successor, if the library names one."""
    match = _NEXT_IN_OFFICE.fullmatch(asked.bare)
    if match is None or not asked.is_name(match["name"]):
        return ()
    kind = "successor" if match["side"].casefold() == "after" else "predecessor"
    return (
        facts(asked.bare, strict=True),
        relation((kind,), match["name"]),
        facts(asked.bare),
    )


# -- who was what to whom -------------------------------------------------------------------------

_WHOSE = shape(
    rf"whose\s+(?P<noun>[\w\s-]+?)\s+{BE}\s+(?P<name>.+)",
    rf"who\s+{BE}\s+(?P<who>.+?)\s+(?:the|a|an)\s+(?P<of>[\w-]+)\s+(?:of|to)",
)
_NOUN_OF = shape(
    rf"(?:(?:who|what|whos|who['’]s)(?:\s+{BE}|\s+all\s+{BE})?\s+)?(?:(?:the|an?|one|all)\s+)*"
    r"(?P<noun>[\w-]+(?:\s[\w-]+){0,2}?)\s+(?:of|to|for)\s+(?P<name>.+)"
)
_POSSESSIVE = shape(
    rf"(?:(?:who|what|whos|whats|who['’]s|what['’]s)(?:\s+{BE})?\s+)?(?:(?:the )?names? of )?"
    rf"(?P<rest>.+?)(?:\s+(?:called|named|{BE}|name))*"
)
_OWNED = (
    shape(r"(?P<name>.+?)(?:['’]s?|s['’])?\s+(?P<noun>[\w-]+)"),
    shape(r"(?P<name>.+?)(?:['’]s?|s['’])?\s+(?P<noun>[\w-]+\s[\w-]+)"),
)
_QUESTION = shape(rf"(?:who|what)\s+{BE}\s+(?:the\s+)?")


_HOW_MANY = shape(
    r"how many (?P<noun>[\w-]+(?:\s[\w-]+)?) (?:did|does|do|has|had) (?P<name>.+?)"
    r"(?: (?:have|had|got|get))?"
)


def _how_many(asked: Asked) -> Readings:
    """Read "how many children did X have": they are told by name."""
    match = _HOW_MANY.fullmatch(asked.bare)
    if match is None or not asked.is_name(match["name"]):
        return ()
    kinds = relation_kinds(match["noun"], asked.store.relation_kinds)
    return (relation(kinds, match["name"], match["noun"]), facts(asked.bare)) if kinds else ()


def _whose(asked: Asked) -> Readings:
    """Read "whose wife was X"."""
    match = _WHOSE.fullmatch(asked.bare)
    if match is None:
        return ()
    noun, name = match["noun"] or match["of"], match["name"] or match["who"]
    kinds = relation_kinds(noun, asked.store.relation_kinds)
    if not kinds or not asked.is_name(name):
        return (facts(asked.bare),) if match["noun"] and asked.is_name(name) else ()
    return (relation(kinds, name, noun, whose=True), facts(asked.bare))


def _noun_of(asked: Asked) -> Readings:
    """Read "(who was) the wife of X"; "king of Spain" may also be what somebody is called."""
    match = _NOUN_OF.fullmatch(asked.bare)
    return _related(match["noun"], match["name"], asked) if match else ()


def possessive(asked: Asked) -> Readings:
    """Read "(who was) X's wife", also without the apostrophe."""
    question = _POSSESSIVE.fullmatch(asked.bare)
    owned = (pattern.fullmatch(question["rest"]) for pattern in _OWNED if question)
    readings = (_related(match["noun"], match["name"], asked) for match in owned if match)
    return next(filter(None, readings), ())


def _related(noun: str, name: str, asked: Asked) -> Readings:
    if asked.is_name(_QUESTION.sub("", asked.bare, count=1)) or name.endswith(" the"):
        return ()
    kinds = relation_kinds(noun, asked.store.relation_kinds)
    if not kinds or not asked.is_name(name):
        return ()
    told = relation(kinds, name, noun)
    # what is told of two doesn't say by its words who is whose husband
    return (told,) if KIN.issuperset(kinds) else (told, facts(asked.bare, strict=True))


# -- who did it -----------------------------------------------------------------------------------

_BY_WHOM = shape(
    rf"by (?:whom|who)\s+{BE}\s+(?P<name>.+?)\s+(?P<verb>[\w-]+)",
    rf"whom?\s+{BE}\s+(?P<passive>.+?)\s+(?P<participle>[\w-]+)\s+by",
    rf"(?:what|which) \w+\s+{BE}\s+(?P<which>.+?)\s+(?P<done>[\w-]+)\s+by",
)
_WHOM = shape(
    r"(?:with )?whom?\s+(?:did|does|do|has|had)\s+(?P<name>.+?)\s+(?P<verb>[a-z-]+)"
    r"(?:\s+(?:to|by|with|as|for))?"
)
_KNOWN_AS = shape(
    r"who\s+(?:(?:wrote|published|worked|went|acted|signed|lived|travelled)\s+(?:as|by|under)"
    r"|(?:is|was)\s+(?:known|called|nicknamed)(?:\s+as)?|used)"
    r"\s+(?:the\s+(?:pen\s?)?name|the pseudonym|the alias)?\s*(?:of\s+)?(?P<name>.+)"
)
_SOMEBODY = "(?:one|guy|person|people|man|woman)"
_WHO_DID = shape(
    r"(?:who(?:\s+(?:all|actually|really|first|originally|was it that))?"
    rf"|(?:the |that )?{_SOMEBODY} (?:who|that))\s+"
    rf"(?:(?:is|was|were|are)\s+(?:the|a)\s+{_SOMEBODY}\s+(?:who|that)\s+)?"
    rf"(?P<be>{BE}\s+)?(?P<verb>[\w-]+)\s+(?P<object>.+)"
)
_SORT_BEFORE_NAME = shape(
    r"(?:the\s+)?(?:\d{4}\s+)?(?:book|novel|film|movie|play|song|paper|newspaper|journal|series"
    r"|pamphlet|article|essay|poem|ship|party|organi[sz]ation|treaty)\s+(?:called\s+)?(?P<name>.+)"
)


def _by_whom(asked: Asked) -> Readings:
    """Read "by whom was X killed", "who was X killed by"."""
    match = _BY_WHOM.fullmatch(asked.bare)
    if match is None:
        return ()
    name = match["name"] or match["passive"] or match["which"]
    return _done_to(match["verb"] or match["participle"] or match["done"], name, asked)


def _whom(asked: Asked) -> Readings:
    """Read "whom did X marry"."""
    match = _WHOM.fullmatch(asked.bare)
    if match is None or not asked.is_name(match["name"]):
        return ()
    verb = known_word(fold(match["verb"]))
    kinds = tuple(kind for sense in BY_WORD.get(verb, ()) for kind in sense.patients)
    if not kinds:
        return (facts(asked.bare),)
    return (relation(kinds, match["name"], match["verb"], query=asked.bare),)


def _known_as(asked: Asked) -> Readings:
    """Read "who wrote as X"."""
    match = _KNOWN_AS.fullmatch(asked.bare)
    if match is None:
        return ()
    name = BESIDES_NAME.sub("", match["name"], count=1)
    return (whowas(name),) if asked.is_name(name) else ()


def _who_did(asked: Asked) -> Readings:
    """Read "who killed X", "who was elected Y"."""
    match = _WHO_DID.fullmatch(in_one_word(asked.bare))
    if match is None or fold(match["verb"]) in COMMON:
        return ()
    if match["be"] and asked.is_name(f"{match['verb']} {match['object']}"):
        return ()  # "who was Left Bank"
    verb = known_word(fold(match["verb"]))
    if verb in BY_WORD:
        return _done_to(verb, match["object"], asked)
    if match["be"] or match["verb"][0].isupper() or not asked.is_about_something(match["object"]):
        return ()
    return (facts(asked.bare),)


_FROM = shape(r"^(?:from|after)\s+")
_AS = shape(r"(?P<name>.+?)\s+(?:as|in the office of)\s+.+")


def _done_to(verb: str, to: str, asked: Asked) -> Readings:
    """Return the readings of "who killed X": by a relation, or by the events that tell it.

    What is more than a name ("who attacked X in May") is asked of the events first. Of a person
    and a work ("who played X in Y") the work is asked first.
    """
    agents = tuple(kind for sense in BY_WORD.get(verb.casefold(), ()) for kind in sense.agents)
    kinds = with_modified(agents, asked.store.relation_kinds)
    if not kinds:
        return (facts(asked.bare),)
    to = _FROM.sub("", to)
    sort = _SORT_BEFORE_NAME.fullmatch(to)
    name = sort["name"] if sort and asked.is_name(sort["name"]) else to
    office = _AS.fullmatch(name)
    is_of_office = office is not None and asked.is_name(office["name"])
    if verb in SUCCESSION and (is_of_office or asked.is_name(name)):
        # an event of one succeeding another doesn't say by its words who was the first
        of = office["name"] if office and is_of_office else name
        return (relation(kinds, of, verb, query=asked.bare),)
    if office and is_of_office:
        return (relation(kinds, office["name"], verb, query=asked.bare), facts(asked.bare))
    if asked.is_name(name):
        told = relation(kinds, name, verb, query=asked.bare)
        if verb in KILLING:  # events of a killing say by their words neither who nor whom
            return (told, Invocation("when", {"query": f"{name} died"}))
        return (told, facts(asked.bare))
    wishes = read_wishes(name, asked.request, asked.store)
    works_first = sorted(wishes.entities, key=lambda one: one.kind is not EntityKind.WORK)
    relations = tuple(
        relation(kinds, label(asked.store, one), verb, query=asked.bare) for one in works_first
    )
    is_of_several = len(wishes.names) > 1 and works_first[0].kind is not EntityKind.WORK
    if is_of_several:  # "who invited X to Y": who invited X elsewhere is no answer
        return (facts(asked.bare),)
    if wishes.words or wishes.span:
        return (facts(asked.bare), *relations)
    return (*relations, facts(asked.bare))


# -- who somebody was -----------------------------------------------------------------------------

_WHO_ABROAD = "|".join(
    (
        "кто такой|кто такая|кто такие|кто был|кто была|кто|хто такий|хто така",
        "wer war|wer ist|wer waren",
        "qui était|qui etait|qui est|qui fut|c'est qui",
        "quién fue|quien fue|quién era|quien era|quién es|quien es",
        "chi era|chi è|chi fu",
        "quem foi|quem era|quem é",
        "kim był|kim była|kto to był",
        "kimdir",
    )
)
"""Who was, in the languages whose names of months are read."""

_WHO_IS = shape(
    rf"(?:who\s+(?:exactly\s+)?{BE}|who['’]?s|whos|what about|how about|and)\s+(?P<name>.+)",
    rf"(?P<first>.*?[^,\s])[,\s]+(?:who|what)(?:\s+{BE}|['’]?s)\s+(?:that|he|she|it|they|this)",
    rf"who\s+(?P<inside>.+?)\s+{BE}",
    rf"(?:{_WHO_ABROAD})\s+(?P<abroad>.+)",
    r"(?P<abroad_first>.+?)[\s,]+(?:кто это|кто такой|кто такая)",
)
_WHAT_ABOUT = shape(r"(?:what about|how about|and)\b")


def _who_is(asked: Asked) -> Readings:
    """Read "who was X", "X, who was that", "what about X"."""
    match = _WHO_IS.fullmatch(asked.bare)
    if match is None:
        return ()
    name = next(filter(None, match.groups()))
    if asks_nothing(name, asked):
        return ()
    if _WHAT_ABOUT.match(asked.bare) and not (asked.is_name(name) or is_proper(name)):
        return (onthisday(name),) if asked.is_date(name) else ()
    return name_or_facts(name, asked)
