"""How old somebody was, where something happened, and when."""

from __future__ import annotations

from bot.command import Invocation
from bot.named import with_names
from bot.shapes.asked import Asked, Readings, facts, shape

_OLD = shape(
    r"(?:how old (?:was|is|were|would|did)|(?:at )?what age (?:was|did|were))\s+(?P<name>.+?)"
    r"(?:\s+(?P<when>(?:when|at|in|on|as|by|during|upon|die|died|get|have)\b.*))?",
    r"(?:what (?:was|is) )?(?:the )?age of (?P<of>.+?)(?:\s+(?P<of_when>(?:when|at|in|on)\b.*))?",
    r"(?:what (?:was|is) )?(?P<whose>.+?)['’]?s['’]? age"
    r"(?:\s+(?P<whose_when>(?:when|at|in|on)\b.*))?",
)


def how_old(asked: Asked) -> Readings:
    """Read "how old was X when Y", at death where nothing is said."""
    match = _OLD.fullmatch(asked.bare)
    if match is None:
        return ()
    name = match["name"] or match["of"] or match["whose"]
    when = match["when"] or match["of_when"] or match["whose_when"]
    if not asked.is_name(with_names(asked.store, name)):
        return (facts(asked.bare),) if asked.is_about_something(name) else ()
    return (Invocation("age", {"name": name, "when": when} if when else {"name": name}),)


_PLACE = "(?:city|town|country|place|village|island|house|prison|region)"
_WHERE = shape(
    r"(?:(?:and|so) )?(?:where(?:['’]?s| is| was| were| did| does| do| are| in| abouts?)?"
    rf"|(?:in|at|to|from) (?:what|which) {_PLACE}(?: is| was| were| did| does)?"
    rf"|(?:what|which) {_PLACE}(?: is| was| were| did| does))\s+(?P<what>.+)"
)
_BIRTHPLACE = shape(
    r"(?:what (?:is|was) )?(?:the )?(?P<what>birthplace|place of birth|place of death) of"
    r"\s+(?P<name>.+)",
    r"(?:what (?:is|was) )?(?P<whose>.+?)['’]?s?"
    r" (?P<place>birthplace|place of birth|place of death)",
)


def where(asked: Asked) -> Readings:
    """Read "where was X born", "in which city did Y", "X's birthplace"."""
    if match := _BIRTHPLACE.fullmatch(asked.bare):
        verb = "died" if (match["what"] or match["place"]).endswith("death") else "born"
        name = match["name"] or match["whose"]
        if asked.is_name(name):
            return (Invocation("place", {"query": f"{name} {verb}"}),)
    if (match := _WHERE.fullmatch(asked.bare)) and asked.is_about_something(match["what"]):
        return (Invocation("place", {"query": match["what"]}),)
    return ()


_BE_OR_DO = "(?: is| was| were| did| does| do| are| had| has)"
_WHEN = shape(
    r"(?:(?:and|so) )?(?:since |until |from |till )?(?:"
    + "|".join(
        (
            rf"when(?:['’]?s|{_BE_OR_DO}| will| exactly(?: was| did))?",
            (
                r"(?:(?:in|on|from|since) )?(?:what|which)"
                rf" (?:year|day|date|month|decade|century)(?: exactly)?(?:{_BE_OR_DO}| of)?"
            ),
            (
                r"(?:what(?:['’]?s| is| was) )?(?:the )?(?:exact )?(?:date|year|day|month)"
                r" (?:of|when|that|in which|on which)"
            ),
            rf"how long ago{_BE_OR_DO}",
        )
    )
    + r")\s+(?P<what>.+)"
)
_DATE_OF = shape(
    r"(?:what (?:is|was) )?(?P<what>.+?)['’]?s? (?:date of (?P<which>birth|death)"
    r"|(?P<kind>birth|death)\s?(?:date|day)|(?P<birthday>birthday))",
    r"(?P<event>.+?) (?:date|year)",
)


def when(asked: Asked) -> Readings:
    """Read "when was X founded", "what year did Y", "the date of Z", "X's birthday"."""
    if (match := _WHEN.fullmatch(asked.bare)) and asked.is_about_something(match["what"]):
        return (Invocation("when", {"query": match["what"]}),)
    match = _DATE_OF.fullmatch(asked.bare)
    if match is None:
        return ()
    if match["event"]:
        is_question = asked.is_about_something(match["event"])
        return (Invocation("when", {"query": match["event"]}),) if is_question else ()
    verb = "died" if "death" in (match["which"], match["kind"]) else "born"
    if asked.is_name(match["what"]):
        return (Invocation("when", {"query": f"{match['what']} {verb}"}),)
    return ()
