"""The commands in words: a timeline, a random fact, a search, the sources, help."""

from __future__ import annotations

from bot.command import Invocation
from bot.shapes.asked import Asked, Readings, shape

_TIMELINE = shape(
    r"(?:(?:show|give)\s+(?:me\s+)?|what(?:['’]?s| is)\s+)?(?:(?:a|the)\s+)?"
    r"(?:time\s?line|chronology)(?:(?:\s+(?:of|for|about))?\s+(?P<of>.+))?",
    r"(?P<whose>.+?)(?:['’]s?)?\s+time\s?line",
)
_RANDOM = shape(
    r"(?:(?:(?:tell|give|show)\s+me|i want|another|one)\s+)?(?:(?:a|an|some)\s+)?"
    r"(?:random|fun)\s*(?:facts?|events?|thing|history)?(?:\s+(?:about|on|of)\s+(?P<about>.+))?",
    r"(?:a\s+)?random\s+(?P<adjective>.+?)\s+(?:facts?|events?)",
    r"(?:tell me )?(?:something|anything)(?: interesting| new| random| cool)?"
    r"(?:\s+about\s+(?P<something>.+))?",
    r"surprise me",
)
_SEARCH = shape(r"(?:search|look|grep)(?:\s+(?:for|up|the library for))?\s+(?P<text>.+)")
_SOURCES = shape(
    r"(?:what|which) are (?:your|the) sources",
    r"(?:your |the )?sources",
    r"where (?:do you (?:get|have)|is) (?:this|that|your info(?:rmation)?|it)(?: from)?",
    r"what (?:do|can) you know(?: about)?",
    r"what(?:['’]?s| is) in (?:the|your) library",
)
_HELP = shape(
    r"help(?: me)?",
    r"what can (?:you|i|u) (?:do|ask|ask you)",
    r"how (?:do|does|can) (?:this|it|i|you)(?: \w+)?(?: work| use| ask)?(?: you| this| it)?",
    r"commands",
    r"usage",
)


def command_in_words(asked: Asked) -> Readings:
    """Read "timeline of X", "a random fact about X", "search for Y", "sources", "help"."""
    bare = asked.bare
    if asked.is_whole_name(bare):
        return ()
    if match := _TIMELINE.fullmatch(bare):
        return (Invocation("timeline", {"of": match["of"] or match["whose"] or ""}),)
    if match := _RANDOM.fullmatch(bare):
        about = match["about"] or match["something"] or match["adjective"]
        return (Invocation("random", {"about": about} if about else {}),)
    if match := _SEARCH.fullmatch(bare):
        return (Invocation("search", {"text": match["text"]}),)
    if _SOURCES.fullmatch(bare):
        return (Invocation("sources"),)
    if _HELP.fullmatch(bare):
        return (Invocation("help"),)
    return ()
