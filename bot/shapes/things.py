"""What something was, whether it is so, what two have to do with each other, and the rest."""

from __future__ import annotations

from bot.command import Invocation
from bot.shapes.asked import (
    BE,
    Asked,
    Readings,
    asks_nothing,
    facts,
    is_property,
    onthisday,
    shape,
    whowas,
)

_WHAT_IS = shape(
    "(?:"
    + "|".join(
        (
            rf"what(?:['’]?s|\s+(?:exactly\s+)?{BE})(?:\s+known about|\s+the (?:name|title) of)?",
            r"whats|which (?:is|was)|define|explain|describe",
            r"(?:what is )?(?:the )?(?:meaning|definition|name|title) of",
            r"tell (?:me|us) (?:more )?about|more about|info(?:rmation)?(?: on| about)",
            r"what do you know about|what does the library (?:say|know) about",
            r"(?:a )?(?:short )?(?:biography|bio|summary|overview|article) (?:of|on|about)|about",
            r"i want to know about",
        )
    )
    + r")\s+(?P<name>.+?)(?:\s+(?:mean|about|stand for))?",
    r"what (?:does|did|do)\s+(?P<meant>.+?)\s+(?:mean|stand for)",
)
_HAPPENING = frozenset({"going", "happening"})
_ARTICLE = shape(r"^(?:the|an?)\s+")


def what_is(asked: Asked) -> Readings:
    """Read "what was X", "tell me about X", "tell me about 5 May"."""
    match = _WHAT_IS.fullmatch(asked.bare)
    if match is None:
        return ()
    name = match["name"] or match["meant"]
    if asks_nothing(name, asked) or name.split()[0].casefold() in _HAPPENING:
        return ()
    name = _ARTICLE.sub("", name, count=1)
    if asked.is_date(name):
        return (onthisday(name),)
    if is_property(name, asked):
        return (facts(asked.bare, strict=True),)
    return (whowas(name), facts(name, strict=True)) if " " in name else (whowas(name),)


_YES_OR_NO = shape(
    r"(?:(?:is|was) it true(?: that)?|true or false:?|(?:was|is|were|are|did|does|do|has|had|have"
    r"|could|would|should|can|isn['’]?t|wasn['’]?t|didn['’]?t))\s+(?P<claim>.+)"
)


def claim(asked: Asked) -> Readings:
    """Read "was X the Y": the sources' views of it, and no verdict of ours."""
    match = _YES_OR_NO.fullmatch(asked.bare)
    if match is None or not asked.is_about_something(match["claim"]):
        return ()
    return (Invocation("facts", {"query": match["claim"], "claim": "yes"}),)


_BOND = (
    "(?:relations?|relationship|connections?|links?|friendship|rivalry|affair|conflict|history"
    "|correspondence|feud|quarrel|dispute|struggle|enmity|hatred|hostility|split|alliance)"
)
_LATER = "(?: (?:when|in|as|at|after|before) .+)?"
_PAIR = shape(
    r"(?P<holder>.+?)(?:['’]s?|s['’])\s+(?:opinions?|views?|thoughts?|attitude|judge?ments?"
    r"|criticism|assessment|idea|picture|feelings?|role|part|influence|relations?(?:hip)?"
    r"|friendship|quarrel|rivalry) (?:of|on|about|towards?|to|in|with) (?P<held>.+?)"
    r"(?:['’]?s['’]? life)?",
    rf"(?:(?:(?:what|why|how) (?:is|was|were|did) )?(?:the |any )?{_BOND} (?:between|of)\s+)?"
    r"(?P<one>.+?)(?:\s+(?:and|vs\.?|versus|with)\s+|\s*&\s*)(?P<other>.+)",
    r"how (?:did|does|do) (?P<who>.+?) (?:know|meet|met|knew) (?P<whom>.+)",
    r"(?:did|does|had|has) (?P<left>.+?) (?:ever )?(?:know|knew|known|met|meet) (?P<right>.+)",
    r"what (?:did|does|do|has|had) (?P<thinker>.+?)"
    r" (?:think|say|said|thought|write|believe|feel|call)(?: (?:of|about))? (?P<thought>.+?)"
    + _LATER,
    r"how (?:did|does|do) (?P<judge>.+?) (?:see|view|describe|judge|call|treat|regard|portray)"
    r" (?P<judged>.+?)" + _LATER,
    r"(?P<keeper>.+?)s (?:opinions?|views?|role|relationship) (?:of|on|about|to|in|with)"
    r" (?P<kept>.+?)(?:['’]?s['’]? life)?",
)


def pair(asked: Asked) -> Readings:
    """Read "X and Y", "how did X know Y", "what did X think of Y", "X's role in Y's life"."""
    match = _PAIR.fullmatch(asked.bare)
    if match is None or asked.is_whole_name(asked.bare):
        return ()
    one, other = [name for name in match.groups() if name][:2]
    if not (asked.is_name(one) and asked.is_name(other)):
        return ()
    both = Invocation("pair", {"one": one, "other": other})
    is_bare = match["one"] or match["holder"] or match["keeper"]
    return (both,) if is_bare else (facts(asked.bare), both)


_OTHER_QUESTION = shape(
    r"(?:why|how|which|what|who|whom|whose|when|where|whats|hows|how come"
    r"|(?:for|with|by|under|in|to|from|on|at|about|against) (?:what|which|whom))\b.*"
)


def other_question(asked: Asked) -> Readings:
    """Read any other question by its words: "why did X", "how many Y"."""
    is_question = _OTHER_QUESTION.fullmatch(asked.bare) and not asked.is_whole_name(asked.bare)
    return (facts(asked.bare),) if is_question and asked.is_about_something(asked.bare) else ()
