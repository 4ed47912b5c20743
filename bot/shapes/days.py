"""What happened on a day, in a year, to somebody; who was born or died then."""

from __future__ import annotations

from bot.command import Request
from bot.shapes.asked import (
    Asked,
    Readings,
    facts,
    name_or_facts,
    onthisday,
    owner,
    shape,
    whowas,
)
from bot.shapes.people import possessive
from bot.vocabulary.senses import BIRTH, DEATH
from knowledge.dates import Year, read_date
from knowledge.names import fold

_HAPPENED = (
    "(?:happened|happens|happening|happen|happend|hapened|happned|hapenned|occurred|occured"
    "|took place|went on|going on|went down|did happen)"
)
_REMARKABLE = "(?:interesting|special|important|big|notable|famous|historic|historical)"
_SOON = "(?:on|in|for|about|today|tomorrow|yesterday|this|next|last)"
_WHAT_HAPPENED = shape(
    "(?:"
    + "|".join(
        (
            (
                rf"what(?:ever)?(?:['’]?s| is| was| has| all| else| {_REMARKABLE})*"
                rf"\s+(?:(?:things?|events?|stuff)\s+)?{_HAPPENED}"
            ),
            r"what(?:['’]?s| is| was)?(?= (?:on|special|up on) )(?: special)?",
            r"what (?:do you|have you|you) (?:have|got|know)(?= (?:on|for|about) )",
            (
                r"(?:did |does |is there |was there |has )?(?:anything|something|any events?)"
                rf"(?: {_REMARKABLE})*(?: {_HAPPENED}| on)?(?= {_SOON}\b)"
            ),
            r"what events (?:happened|took place|were there|occurred)",
            r"(?P<this_day>(?:on\s+)?this\s+day|otd|today\s+in\s+history)",
            r"(?:all |any |the |historical )*events",
            r"history(?= (?:on|of|for) )",
            r"facts(?= (?:on|for) )",
        )
    )
    + r")(?:[\s,:]+(?P<rest>.+))?"
)
_TO_SOMEBODY = shape(
    r"(?:to|with|of)\s+(?P<name>.+?)(?:\s+(?P<date>(?:in|on|during|between|from)\s+.+))?"
)
_SUBJECT_AND_DATE = shape(
    r"(?:(?:to|with|for|about)\s+)?(?P<name>.+?)\s+(?P<date>(?:in|on|during|between|from)\s+.+)"
)
_ANYTHING = shape(r"(?:is there |was there |do you have )?(?:any|some)")
_PREPOSITION = shape(r"(?:on|in|at|during|of|for|around|about|between|from)\s+(?:the\s+)?")
_THEN = frozenset({"then", "there", "that day", "back then", "next", "after that", "here"})


def happened(asked: Asked) -> Readings:
    """Read "what happened on 5 May", "on this day", "what happened to X", "anything today"."""
    match = _WHAT_HAPPENED.fullmatch(asked.bare)
    if match is None:
        return ()
    rest = match["rest"] or ""
    on_day = _on_this_day(rest, is_today=bool(match["this_day"]), request=asked.request)
    if not rest or asked.is_date(rest) or match["this_day"] or _THIS_DAY.match(rest):
        return on_day
    to_somebody = _TO_SOMEBODY.fullmatch(rest)
    if to_somebody:
        return _about_somebody(to_somebody["name"], to_somebody["date"] or "", asked)
    about = _SUBJECT_AND_DATE.fullmatch(rest)
    if about and asked.is_date(about["date"]) and asked.is_name(about["name"]):
        return (onthisday(about["date"], about["name"]),)
    thing = _PREPOSITION.sub("", rest, count=1)
    if asked.is_date(thing):
        return (onthisday(thing),)
    if fold(rest) in _THEN:
        return ()
    if _ANYTHING.match(asked.bare):
        return name_or_facts(thing, asked)
    if not asked.is_about_something(thing):
        return on_day
    return (*((whowas(thing),) if asked.is_name(thing) else ()), facts(rest), *on_day)


_IN_THE_END = shape(
    r"\s+(?:in the end|at the end|eventually|afterwards|later(?: on)?|after(?:wards)? that|finally"
    r"|in (?:his|her|their) life|over time)$"
)


def _about_somebody(name: str, date: str, asked: Asked) -> Readings:
    if date and asked.is_date(date):
        return (onthisday(date, name),)
    whole = _IN_THE_END.sub("", f"{name} {date}".strip())
    if owner(whole) and not asked.is_whole_name(whole):
        return (*possessive(Asked(whole, whole, asked.request, asked.store)), facts(whole))
    return (*((whowas(whole),) if asked.is_name(whole) else ()), facts(whole))


_THIS_DAY = shape(r"(?:on\s+)?this\s+day\b[\s,:]*")
_IN_HISTORY = shape(r"(?:in|throughout)\s+history\b[\s,:]*")


def _on_this_day(date: str, *, is_today: bool, request: Request) -> Readings:
    """Return the look-up of a date, today's where none stands there.

    "On this day in 1917" asks for today's date in that year.
    """
    rest = _THIS_DAY.sub("", date, count=1)
    is_today = is_today or rest != date
    rest = _IN_HISTORY.sub("", rest, count=1).strip()
    year = read_date(rest, request.today, request.order, request.language)
    if is_today and isinstance(year, Year) and year.year > 0:
        rest = f"{year.year:04}-{request.today:%m-%d}"
    return (onthisday(rest),)


_LIVES = shape(
    r"(?:(?:who(?:['’]?s| is| was| were| has| all)?|anyone|anybody|any ?body famous"
    r"|(?:famous )?people|(?:which|what) people|somebody)"
    r"\s+(?:(?:was|were|famous|who|that|got)\s+)*(?P<verb>born|died|dies|dead)"
    r"|(?P<noun>births?|deaths?|birthdays?))"
    r"\s+(?:(?:happened|were|are)\s+)?(?P<date>.+)",
    r"(?:whose|whos|who['’]s) birthday (?:is|was|falls on) (?P<birthday>.+)",
    r"who has (?:a |his |her |their )?birthday (?P<has>.+)",
)


def born_or_died(asked: Asked) -> Readings:
    """Read "who was born on 5 May", "deaths in 1940", and "who was born in Ulm"."""
    match = _LIVES.fullmatch(asked.bare)
    if match is None:
        return ()
    date = match["date"] or match["birthday"] or match["has"]
    verb = (match["verb"] or match["noun"] or "born").casefold()
    kinds = (DEATH if verb[0] == "d" else BIRTH).kinds & asked.store.event_kinds
    if not asked.is_date(date):
        return (facts(asked.bare, kinds=kinds),)
    return (onthisday(date, kinds=sorted(kinds)),)


_DID = shape(
    r"what\s+(?:did|was|were|has|had|does)\s+(?P<name>.+?)\s+(?:do|doing|done|up to|did)"
    r"(?:\s+(?P<date>.+))?"
)


def did(asked: Asked) -> Readings:
    """Read "what did X do in 1917"."""
    match = _DID.fullmatch(asked.bare)
    if match is None or not asked.is_name(match["name"]):
        return ()
    if match["date"] and not asked.is_date(match["date"]):
        return (facts(asked.bare),)
    return _about_somebody(match["name"], match["date"] or "", asked)


_HAPPENED_ABROAD = "|".join(
    (
        "что (?:было|произошло|случилось)",
        "що (?:було|сталося)",
        "was (?:geschah|passierte|war|ist passiert)",
        "qu(?:e s['’]|['’])est[- ]il pass[ée]|que se passa-t-il",
        "qu[ée] (?:pas[óo]|sucedi[óo]|ocurri[óo])",
        "(?:che )?cosa (?:[èe] )?succe(?:sse|sso|dde)",
        "o que aconteceu",
        "co (?:się )?(?:wydarzyło się|stało się|wydarzyło|zdarzyło się)",
        "ne oldu",
    )
)
"""What happened, in the languages whose names of months are read."""

_DATE = shape(rf"(?:(?:{_HAPPENED_ABROAD})\s+)?(?P<date>.+?)(?:\s+in history)?")


def date(asked: Asked) -> Readings:
    """Read a bare date, also behind "what happened" in other languages."""
    if asked.is_date(asked.typed):
        return (onthisday(asked.typed.strip()),)
    match = _DATE.fullmatch(asked.bare)
    if match and asked.is_date(match["date"]):
        return (onthisday(match["date"]),)
    return ()
