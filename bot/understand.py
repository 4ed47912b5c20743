"""Plain words in, what they may ask for out: rules over the shapes of questions.

Each rule knows a few shapes and returns the readings of a text, likeliest first, or none. The
first rule that has any is taken; of its readings the first that finds something answers. What no
rule reads is not understood, and the answer says so with examples.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.command import Invocation, Request
from bot.labels import by_label, label
from bot.named import entities_named
from bot.vocabulary import BIRTH, BY_WORD, COMMON, DEATH, SORTS_OF_WORK, known_word, relation_kinds
from bot.wishes import read_wishes
from knowledge.dates import Impossible, Why, Year, read_date
from knowledge.model import EntityKind
from knowledge.names import Fit, fold
from knowledge.store import Store

Readings = tuple[Invocation, ...]

LONGEST_BARE_NAME = 12
"""Words of a text that may be a bare name."""

LEAST_TO_FORGIVE = 7
"""Letters of a lower-case word that may be a misspelt name: shorter ones are English too often."""

MOST_IN_A_PHRASE = 10
"""Words of a text that, without being a question, may name somebody and what is asked of them."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text to be understood: as typed, and bare of politeness and of its ending."""

    typed: str
    bare: str
    request: Request
    store: Store

    def is_date(self, text: str) -> bool:
        """Whether a text is a date, or an attempt at one."""
        reading = read_date(text, self.request.today, self.request.order, self.request.language)
        if isinstance(reading, Impossible):
            return reading.why not in (Why.EMPTY, Why.TOO_LONG, Why.CONTROL_CHARACTER)
        return reading is not None

    def is_name(self, text: str) -> bool:
        """Whether a text means somebody or something in the library, misspelt or not."""
        return bool(entities_named(self.store, text))

    def is_whole_name(self, text: str) -> bool:
        """Whether a text is all of a known name, typed right."""
        match = self.store.names.find(text, forgiving=False)
        return bool(match.found) and match.fit is Fit.WHOLE


def understand(text: str, request: Request, store: Store) -> Readings:
    """Return what the words may ask for, likeliest first; nothing if they are not understood."""
    plain = _without_markup(text)
    readings = _read(plain, request, store)
    is_read = any(not reading.is_guess for reading in readings)
    if is_read or len(plain) > LONGEST_WITH_CLAUSES:
        return readings
    for clause in reversed(_CLAUSE.split(plain)):
        more = _read(clause, request, store) if clause != plain else ()
        if more:
            return (*readings, *more)
    return readings


def _read(text: str, request: Request, store: Store) -> Readings:
    asked = _Text(text, _bare(text), request, store)
    if not asked.bare:
        return ()
    return next(filter(None, (rule(asked) for rule in RULES)), ())


# -- getting to the question ---------------------------------------------------------------------

LONGEST_WITH_CLAUSES = 200
"""Characters of a text that is tried clause by clause where the whole is not understood."""

_CLAUSE = re.compile(r"[,;:?!.–—]+\s+(?!\d{4}\b)|\n+")
_MARKUP = re.compile(
    r"\[(?P<shown>[^\]]*)\]\([^)]*\)"  # a link: what it shows is what is asked
    r"|<[^<>]*>|https?://\S+|@\w+|(?P<marks>[*_~`|]{1,3})(?=\S)|(?<=\S)[*_~`|]{1,3}"
)


def _without_markup(text: str) -> str:
    """Return a text without links, tags, mentions and marks of emphasis: they ask nothing."""
    plain = _MARKUP.sub(lambda match: match["shown"] or " ", text)
    return plain if plain.strip() else text


_ENDING = re.compile(r"[\s?!.…,;]+$")
_POLITE_ENDING = re.compile(
    r"[\s,]+(?:please|pls|plz|thanks|thank you|thx|btw|again|mate|bot|exactly|anyway)$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:(?:hey|hi|hello|yo|ok|okay|so|well|and|um+|hm+|please|pls|wait|bot|daybook|also|but|quick"
    r" question|question)[\s,:!.-]+)+(?=\S)",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"(?:(?:can|could|would|will) (?:you|u|anyone|someone|somebody)(?: please| pls)?\s+)?"
    r"(?:(?:please |pls )?(?:tell|show|remind) (?:me|us)(?! about\b| something\b| a\b| more\b)"
    r"|(?:do|does|did) (?:you|u|anyone|anybody|someone) (?:know|remember)"
    r"|(?:any ?one|anybody|any idea|you) (?:know|knows)|any idea|idk"
    r"|i (?:want|need|would like|wanted|wish|'d like|’d like) to know|i(?:['’]m| am)? wonder(?:ing)?"
    r"|i(?:['’]d| would) like to know|i forgot|what i want to know is|explain(?: to me)?(?= wh))"
    r"[\s,:]+",
    re.IGNORECASE,
)


def _bare(text: str) -> str:
    """Return the text without its ending, its greeting and the words around the question."""
    bare = " ".join(_ENDING.sub("", text).split())
    for _ in range(3):
        before = bare
        for pattern in (_POLITE_ENDING, _GREETING, _ASKING):
            shorter = (
                pattern.sub("", bare, count=1)
                if pattern is _POLITE_ENDING
                else (bare[match.end() :] if (match := pattern.match(bare)) else bare)
            )
            bare = shorter.strip() or bare
        if bare == before:
            break
    return _ENDING.sub("", bare)


# -- what happened, on a day ---------------------------------------------------------------------

_WHAT_HAPPENED = re.compile(
    r"(?:what(?:ever)?(?:['’]?s| is| was| has| all| else| important| interesting| famous| historic)*\s+"
    r"(?:(?:things|events?|stuff|thing)\s+)?(?:happened|happens|happening|happen|occurred|occured|happend|hapened|happned|hapenned"
    r"|took place|went on|going on|went down|did happen)"
    r"|what(?:['’]?s| is| was)?(?= (?:on|special|up on) )(?: special)?"
    r"|what (?:do you|have you|you) (?:have|got|know)(?= (?:on|for|about) )"
    r"|(?:did |does |is there |was there |has )?(?:anything|something|any events?)"
    r"(?: (?:interesting|special|important|big|notable|famous|historic|historical))*"
    r"(?: (?:happen|happened|happening|happens|on|going on|take place))?(?= (?:on|in|for|about|today|tomorrow|yesterday|this|next|last)\b)"
    r"|what events (?:happened|took place|were there|occurred)"
    r"|(?P<this_day>(?:on\s+)?this\s+day|otd|today\s+in\s+history)|(?:all |any |the |historical )*events"
    r"|history(?= (?:on|of|for) )|facts(?= (?:on|for) ))(?:[\s,:]+(?P<rest>.+))?",
    re.IGNORECASE,
)
_IN_THE_END = re.compile(
    r"\s+(?:in the end|at the end|eventually|afterwards|later(?: on)?|after(?:wards)? that|finally"
    r"|in his life|in her life|over time)$",
    re.IGNORECASE,
)
_THEN = frozenset({"then", "there", "that day", "back then", "next", "after that", "here"})
_ANYTHING = re.compile(r"(?:is there |was there |do you have )?(?:any|some)", re.IGNORECASE)
_TO_SOMEBODY = re.compile(
    r"(?:to|with|of)\s+(?P<name>.+?)(?:\s+(?P<date>(?:in|on|during|between|from)\s+.+))?",
    re.IGNORECASE,
)
_THIS_DAY = re.compile(r"(?:on\s+)?this\s+day\b[\s,:]*", re.IGNORECASE)
_IN_HISTORY = re.compile(r"(?:in|throughout)\s+history\b[\s,:]*", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"(?:on|in|at|during|of|for|around|about|between|from)\s+(?:the\s+)?", re.IGNORECASE
)


def _happened(asked: _Text) -> Readings:
    match = _WHAT_HAPPENED.fullmatch(asked.bare)
    if match is None:
        return ()
    rest = match["rest"] or ""
    to_somebody = _TO_SOMEBODY.fullmatch(rest)
    if to_somebody and not asked.is_date(rest):
        return _about_somebody(to_somebody["name"], to_somebody["date"], asked)
    on_day = _on_this_day(rest, bool(match["this_day"]), asked.request)
    about = _SPLIT_SUBJECT.fullmatch(rest)
    if about and asked.is_date(about["date"]) and asked.is_name(about["name"]):
        return (Invocation("onthisday", {"date": about["date"], "about": about["name"]}),)
    if not rest or asked.is_date(rest):
        return (on_day,)
    thing = _PREPOSITION.sub("", rest, count=1)
    if match["this_day"]:
        return (on_day,)
    if asked.is_date(thing):
        return (Invocation("onthisday", {"date": thing}),)
    if fold(rest) in _THEN:
        return ()
    if _ANYTHING.match(asked.bare):
        return _name_or_facts(thing, asked)
    if not _names_something(thing, asked):
        return (on_day,)
    return (*_name_reading(thing, asked), _facts(rest), on_day)


_SPLIT_SUBJECT = re.compile(
    r"(?:(?:to|with|for|about)\s+)?(?P<name>.+?)\s+(?P<date>(?:in|on|during|between|from)\s+.+)",
    re.IGNORECASE,
)


def _about_somebody(name: str, date: str | None, asked: _Text) -> Readings:
    if date and asked.is_date(date):
        return (
            Invocation("onthisday", {"date": date, "about": name}),
            _facts(f"{name} {date}"),
        )
    whole = _IN_THE_END.sub("", f"{name} {date}" if date else name)
    owned = _OWNER.fullmatch(whole)
    if owned and not asked.is_whole_name(whole):
        return (*_possessive(replace(asked, bare=whole)), _facts(whole))
    return (*_name_reading(whole, asked), _facts(whole))


def _on_this_day(date: str, this_day: bool, request: Request) -> Invocation:
    """Return the look-up of a date, today's where none stands there.

    "On this day in 1917" asks for today's date in that year.
    """
    rest = _THIS_DAY.sub("", date, count=1)
    this_day = this_day or rest != date
    rest = _IN_HISTORY.sub("", rest, count=1).strip()
    year = read_date(rest, request.today, request.order, request.language)
    if this_day and isinstance(year, Year) and year.year > 0:
        rest = f"{year.year:04}-{request.today:%m-%d}"
    return Invocation("onthisday", {"date": rest} if rest else {})


_LIVES = re.compile(
    r"(?:(?:who(?:['’]?s| is| was| were| has| all)?|anyone|anybody|any ?body famous|(?:famous )?people"
    r"|(?:which|what) people|somebody)\s+(?:(?:was|were|famous|who|that|got)\s+)*"
    r"(?P<verb>born|died|dies|dead)|(?P<noun>births?|deaths?|birthdays?))"
    r"\s+(?:(?:happened|were|are)\s+)?(?P<date>.+)"
    r"|(?:whose|whos|who['’]s) birthday (?:is|was|falls on) (?P<birthday>.+)|who has (?:a |his |her |their )?birthday (?P<has>.+)",
    re.IGNORECASE,
)


def _born_or_died(asked: _Text) -> Readings:
    match = _LIVES.fullmatch(asked.bare)
    if match is None:
        return ()
    date = match["date"] or match["birthday"] or match["has"]
    verb = (match["verb"] or match["noun"] or "born").casefold()
    kind = "death" if verb[0] == "d" else "birth"
    if not asked.is_date(date):
        return (_facts(asked.bare),)
    wanted = (DEATH if kind == "death" else BIRTH).kinds & asked.store.event_kinds
    if not wanted:
        return (Invocation("onthisday", {"date": date}),)
    return (Invocation("onthisday", {"date": date, "kind": ", ".join(sorted(wanted))}),)


_DID = re.compile(
    r"what\s+(?:did|was|were|has|had|does)\s+(?P<name>.+?)\s+(?:do|doing|done|up to|did)"
    r"(?:\s+(?P<date>.+))?",
    re.IGNORECASE,
)


def _did(asked: _Text) -> Readings:
    match = _DID.fullmatch(asked.bare)
    if match is None or not asked.is_name(match["name"]):
        return ()
    if match["date"] and not asked.is_date(match["date"]):
        return (_facts(asked.bare),)
    return _about_somebody(match["name"], match["date"], asked)


# -- commands in words ---------------------------------------------------------------------------

_TIMELINE = re.compile(
    r"(?:(?:show|give)\s+(?:me\s+)?)?(?:(?:a|the)\s+)?(?:time\s?line|chronology)"
    r"(?:\s+(?:of|for|from|about))?\s+(?P<of>.+)|(?P<whose>.+?)(?:['’]s?)?\s+time\s?line",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?P<of>.+?)[\s,]+(?:(?:in|from|between|during|for)\s+)?(?P<years>(?:the\s+)?\d{3,4}.*)",
    re.IGNORECASE,
)
_RANDOM = re.compile(
    r"(?:(?:(?:tell|give|show)\s+me|i want|another|one)\s+)?(?:(?:a|an|some)\s+)?"
    r"(?:random|fun)\s*(?:facts?|events?|thing|history)?(?:\s+(?:about|on|of)\s+(?P<about>.+))?"
    r"|(?:tell me )?(?:something|anything)(?: interesting| new| random| cool)?"
    r"(?:\s+about\s+(?P<something>.+))?|surprise me",
    re.IGNORECASE,
)
_SEARCH = re.compile(
    r"(?:search|look|grep)(?:\s+(?:for|up|the library for))?\s+(?P<text>.+)", re.IGNORECASE
)
_SOURCES = re.compile(
    r"(?:(?:what|which) are (?:your|the) sources|(?:your |the )?sources|where (?:do you (?:get|have)"
    r"|is) (?:this|that|your info|your information|it)(?: from)?|what (?:do|can) you know(?: about)?"
    r"|what(?:['’]?s| is) in (?:the|your) library)",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"(?:help(?: me)?|what can (?:you|i|u) (?:do|ask|ask you)|how (?:do|does|can) (?:this|it|i|you)"
    r"(?: \w+)?(?: work| use| ask)?(?: you| this| it)?|commands|usage)",
    re.IGNORECASE,
)


def _command_in_words(asked: _Text) -> Readings:
    bare = asked.bare
    if asked.is_whole_name(bare):
        return ()
    if match := _TIMELINE.fullmatch(bare):
        of = match["of"] or match["whose"]
        years = _YEARS.fullmatch(of)
        if years and asked.is_name(years["of"]) and asked.is_date(years["years"]):
            return (Invocation("timeline", {"of": years["of"], "years": years["years"]}),)
        return (Invocation("timeline", {"of": of}),)
    if match := _RANDOM.fullmatch(bare):
        about = match["about"] or match["something"]
        return (Invocation("random", {"about": about} if about else {}),)
    if match := _SEARCH.fullmatch(bare):
        return (Invocation("search", {"text": match["text"]}),)
    if _SOURCES.fullmatch(bare):
        return (Invocation("sources"),)
    if _HELP.fullmatch(bare):
        return (Invocation("help"),)
    return ()


# -- how old, where, when ------------------------------------------------------------------------

_OLD = re.compile(
    r"(?:how old (?:was|is|were|would|did)|(?:at )?what age (?:was|did|were))\s+(?P<name>.+?)"
    r"(?:\s+(?P<when>(?:when|at|in|on|as|by|during|upon|die|died|get|have)\b.*))?"
    r"|(?:what (?:was|is) )?(?:the )?age of (?P<of>.+?)(?:\s+(?P<of_when>(?:when|at|in|on)\b.*))?"
    r"|(?:what (?:was|is) )?(?P<whose>.+?)['’]?s['’]? age(?:\s+(?P<whose_when>(?:when|at|in|on)\b.*))?",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"(?:(?:and|so) )?(?:where(?:['’]?s| is| was| were| did| does| do| are| in| abouts?)?"
    r"|(?:in|at|to|from) (?:what|which) (?:city|town|country|place|village|island|house|prison|region)"
    r"(?: is| was| were| did| does)?"
    r"|(?:what|which) (?:city|town|country|place|village|island)(?: is| was| were| did| does))"
    r"\s+(?P<what>.+)",
    re.IGNORECASE,
)
_BIRTHPLACE = re.compile(
    r"(?:(?:what (?:is|was) )?(?:the )?(?P<what>birthplace|place of birth|place of death) of"
    r"\s+(?P<name>.+)|(?P<whose>.+?)['’]?s? (?P<place>birthplace|place of birth|place of death))",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?:(?:and|so) )?(?:since |until |from |till )?(?:when(?:['’]?s| is| was| were| did| does| do| are"
    r"| had| has| will| exactly (?:was|did))?"
    r"|(?:(?:in|on|from|since) )?(?:what|which) (?:year|day|date|month|decade|century)(?: exactly)?"
    r"(?: is| was| were| did| does| do| are| had| has| of)?"
    r"|(?:what(?:['’]?s| is| was) )?(?:the )?(?:exact )?(?:date|year|day|month) (?:of|when|that|in which|on which)"
    r"|how long ago(?: is| was| were| did| does))\s+(?P<what>.+)",
    re.IGNORECASE,
)
_DATE_OF = re.compile(
    r"(?P<what>.+?)['’]?s? (?:date of (?P<which>birth|death)|(?P<kind>birth|death)\s?(?:date|day)"
    r"|(?P<birthday>birthday))|(?P<event>.+?) (?:date|year)",
    re.IGNORECASE,
)


def _how_old(asked: _Text) -> Readings:
    match = _OLD.fullmatch(asked.bare)
    if match is None:
        return ()
    name = match["name"] or match["of"] or match["whose"]
    when = match["when"] or match["of_when"] or match["whose_when"] or ""
    if not asked.is_name(name):
        return (_facts(asked.bare),) if _names_something(name, asked) else ()
    return (Invocation("age", {"name": name, "when": when} if when else {"name": name}),)


def _where(asked: _Text) -> Readings:
    if match := _BIRTHPLACE.fullmatch(asked.bare):
        verb = "died" if (match["what"] or match["place"]).endswith("death") else "born"
        name = match["name"] or match["whose"]
        if asked.is_name(name):
            return (Invocation("place", {"query": f"{name} {verb}"}),)
    if (match := _WHERE.fullmatch(asked.bare)) and _names_something(match["what"], asked):
        return (Invocation("place", {"query": match["what"]}),)
    return ()


def _when(asked: _Text) -> Readings:
    if (match := _WHEN.fullmatch(asked.bare)) and _names_something(match["what"], asked):
        return (Invocation("when", {"query": match["what"]}),)
    if match := _DATE_OF.fullmatch(asked.bare):
        if match["event"]:
            is_question = _names_something(match["event"], asked)
            return (Invocation("when", {"query": match["event"]}),) if is_question else ()
        verb = "died" if "death" in (match["which"], match["kind"]) else "born"
        if asked.is_name(match["what"]):
            return (Invocation("when", {"query": f"{match['what']} {verb}"}),)
    return ()


# -- who did it, who was what to whom ------------------------------------------------------------

_WHO_ABROAD = (
    "кто такой|кто такая|кто такие|кто был|кто была|кто|хто такий|хто така|wer war|wer ist|wer waren"
    "|qui était|qui etait|qui est|qui fut|c'est qui|quién fue|quien fue|quién era|quien era|quién es"
    "|quien es|chi era|chi è|chi fu|quem foi|quem era|quem é|kim był|kim była|kto to był|kimdir|kim"
)
"""Who was, in the languages whose names of months are read."""

_BE = r"(?:is|was|were|are|be|been|['’]s)"
_WHOSE = re.compile(
    rf"whose\s+(?P<noun>[\w\s-]+?)\s+{_BE}\s+(?P<name>.+)|who\s+{_BE}\s+(?P<who>.+?)\s+(?:the|a|an)\s+"
    r"(?P<of>[\w-]+)\s+(?:of|to)",
    re.IGNORECASE,
)
_NOUN_OF = re.compile(
    rf"(?:(?:who|what|whos|who['’]s)(?:\s+{_BE}|\s+all\s+{_BE})?\s+)?(?:(?:the|an?|one|all)\s+)*"
    r"(?P<noun>[\w-]+(?:\s[\w-]+){0,2}?)\s+(?:of|to|for)\s+(?P<name>.+)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(
    rf"(?:(?:who|what|whos|whats|who['’]s|what['’]s)(?:\s+{_BE})?\s+)?(?P<name>.+?)(?:['’]s?|s['’])?\s+"
    rf"(?P<noun>[\w-]+(?:\s[\w-]+)?)(?:\s+(?:called|named|{_BE}|name))*",
    re.IGNORECASE,
)
_WHOM = re.compile(
    r"(?:with )?whom?\s+(?:did|does|do|has|had)\s+(?P<name>.+?)\s+(?P<verb>[a-z-]+)"
    r"(?P<to>\s+(?:to|by|with|as|for))?",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(
    rf"(?:by (?:whom|who)\s+{_BE}\s+(?P<name>.+?)\s+(?P<verb>[\w-]+)"
    rf"|whom?\s+{_BE}\s+(?P<passive>.+?)\s+(?P<participle>[\w-]+)\s+by"
    rf"|(?:what|which) \w+\s+{_BE}\s+(?P<which>.+?)\s+(?P<done>[\w-]+)\s+by)",
    re.IGNORECASE,
)
_WHO_DID = re.compile(
    r"(?:who(?:\s+(?:all|actually|really|first|originally|was it that))?"
    r"|(?:the |that )?(?:person|man|woman|guy|one|people) (?:who|that))\s+"
    r"(?:(?:is|was|were|are)\s+(?:the|a)\s+(?:one|guy|person|people|man|woman)\s+(?:who|that)\s+)?"
    rf"(?P<be>{_BE}\s+)?(?P<verb>[\w-]+)\s+(?P<object>.+)",
    re.IGNORECASE,
)
_WHO_IS = re.compile(
    rf"(?:who\s+(?:exactly\s+)?{_BE}|who['’]?s|whos|what about|how about|and)\s+(?P<name>.+)"
    rf"|(?P<first>.+?)[,\s]+(?:who|what)(?:\s+{_BE}|['’]?s)\s+(?:that|he|she|it|they|this)"
    rf"|who\s+(?P<inside>.+?)\s+{_BE}"
    rf"|(?:{_WHO_ABROAD})\s+(?P<abroad>.+)|(?P<abroad_first>.+?)[\s,]+(?:кто это|кто такой|кто такая)",
    re.IGNORECASE,
)
_PRONOUNS = frozenset("i me you he she it they we this that there here u ya your our my".split())
_SORT_BEFORE_NAME = re.compile(
    r"(?:the\s+)?(?:\d{4}\s+)?(?:book|novel|film|movie|play|song|paper|newspaper|journal|series|pamphlet"
    r"|article|essay|poem|ship|party|organisation|organization|treaty)\s+(?:called\s+)?(?P<name>.+)",
    re.IGNORECASE,
)


def _who(asked: _Text) -> Readings:
    for rule in (
        _next_in_office,
        _whose,
        _noun_of,
        _possessive,
        _by_whom,
        _whom,
        _known_as,
        _who_did,
        _who_is,
    ):
        readings = rule(asked)
        if readings:
            return readings
    return ()


def _relation(
    kinds: Sequence[str], of: str, verb: str = "", *, query: str = "", whose: bool = False
) -> Invocation:
    options = {"kinds": ",".join(kinds), "of": of}
    options |= {"query": query} if query else {}
    options |= {"verb": verb.casefold()} if verb else {}
    options |= {"side": "of"} if whose else {}
    return Invocation("relation", options)


_NEXT_IN_OFFICE = re.compile(
    rf"who\s+{_BE}\s+(?P<office>.+?)\s+(?P<side>after|before)\s+(?P<name>.+)", re.IGNORECASE
)


def _next_in_office(asked: _Text) -> Readings:
    """Read "who was mayor after X": X's successor, if the library names one."""
    match = _NEXT_IN_OFFICE.fullmatch(asked.bare)
    if match is None or not asked.is_name(match["name"]):
        return ()
    kind = "successor" if match["side"].casefold() == "after" else "predecessor"
    return (_facts(asked.bare, strict=True), _relation((kind,), match["name"]), _facts(asked.bare))


def _whose(asked: _Text) -> Readings:
    match = _WHOSE.fullmatch(asked.bare)
    if match is None:
        return ()
    noun, name = match["noun"] or match["of"], match["name"] or match["who"]
    kinds = relation_kinds(noun, asked.store.relation_kinds)
    if not kinds or not asked.is_name(name):
        return (_facts(asked.bare),) if match["noun"] and asked.is_name(name) else ()
    return (_relation(kinds, name, noun, whose=True), _facts(asked.bare))


def _noun_of(asked: _Text) -> Readings:
    """Read "(who was) the wife of X"; "king of Spain" may also be what somebody is called."""
    match = _NOUN_OF.fullmatch(asked.bare)
    if match is None or asked.is_whole_name(_without_question(asked.bare)):
        return ()
    kinds = relation_kinds(match["noun"], asked.store.relation_kinds)
    if not kinds or not asked.is_name(match["name"]):
        return ()
    return (_relation(kinds, match["name"], match["noun"]), _facts(asked.bare))


def _possessive(asked: _Text) -> Readings:
    """Read "(who was) X's wife", also without the apostrophe."""
    match = _POSSESSIVE.fullmatch(asked.bare)
    if match is None or asked.is_whole_name(_without_question(asked.bare)):
        return ()
    kinds = relation_kinds(match["noun"], asked.store.relation_kinds)
    if not kinds or not asked.is_name(match["name"]):
        return ()
    return (_relation(kinds, match["name"], match["noun"]), _facts(asked.bare))


def _without_question(bare: str) -> str:
    return re.sub(rf"(?:who|what)\s+{_BE}\s+(?:the\s+)?", "", bare, count=1, flags=re.IGNORECASE)


def _by_whom(asked: _Text) -> Readings:
    match = _BY_WHOM.fullmatch(asked.bare)
    if match is None:
        return ()
    name = match["name"] or match["passive"] or match["which"]
    verb = match["verb"] or match["participle"] or match["done"]
    return _done_to(verb, name, asked)


def _whom(asked: _Text) -> Readings:
    match = _WHOM.fullmatch(asked.bare)
    if match is None or not asked.is_name(match["name"]):
        return ()
    verb = known_word(fold(match["verb"]))
    kinds = tuple(kind for sense in BY_WORD.get(verb, ()) for kind in sense.patients)
    if not kinds:
        return (_facts(asked.bare),)
    return (_relation(kinds, match["name"], match["verb"]), _facts(asked.bare))


_KNOWN_AS = re.compile(
    r"who\s+(?:(?:wrote|published|worked|went|acted|signed|lived|travelled)\s+(?:as|by|under)"
    r"|(?:is|was)\s+(?:known|called|nicknamed)(?:\s+as)?|used)\s+(?:the\s+(?:pen\s?)?name|the pseudonym"
    r"|the alias)?\s*(?:of\s+)?(?P<name>.+)",
    re.IGNORECASE,
)


def _known_as(asked: _Text) -> Readings:
    match = _KNOWN_AS.fullmatch(asked.bare)
    if match is None:
        return ()
    name = _BESIDES_NAME.sub("", match["name"], count=1)
    return (Invocation("whowas", {"name": name}),) if asked.is_name(name) else ()


def _who_did(asked: _Text) -> Readings:
    match = _WHO_DID.fullmatch(asked.bare)
    if match is None or fold(match["verb"]) in COMMON:
        return ()
    verb = known_word(fold(match["verb"]))
    if verb in BY_WORD:
        return _done_to(verb, match["object"], asked)
    if match["be"] or match["verb"][0].isupper() or not _names_something(match["object"], asked):
        return ()
    return (_facts(asked.bare),)


def _done_to(verb: str, to: str, asked: _Text) -> Readings:
    """Return the readings of "who killed X": by a relation, or by the events that tell it.

    What is more than a name ("who attacked X in May") is asked of the events first.
    """
    kinds = tuple(kind for sense in BY_WORD.get(verb.casefold(), ()) for kind in sense.agents)
    sort = _SORT_BEFORE_NAME.fullmatch(to)
    name = sort["name"] if sort and asked.is_name(sort["name"]) else to
    if not kinds:
        return (_facts(asked.bare),)
    if asked.is_name(name):
        return (_relation(kinds, name, verb, query=asked.bare), _facts(asked.bare))
    wishes = read_wishes(name, asked.request, asked.store)
    works_first = sorted(wishes.entities, key=lambda one: one.kind is not EntityKind.WORK)
    relations = tuple(
        _relation(kinds, label(asked.store, one), verb, query=asked.bare) for one in works_first
    )
    if wishes.words or wishes.span:
        return (_facts(asked.bare), *relations)
    return (*relations, _facts(asked.bare))


def _who_is(asked: _Text) -> Readings:
    match = _WHO_IS.fullmatch(asked.bare)
    if match is None:
        return ()
    name = next(filter(None, match.groups()))
    if name.casefold().split()[0] in _PRONOUNS:
        return ()
    if _WHAT_ABOUT.match(asked.bare) and not (asked.is_name(name) or _is_proper(name)):
        return (Invocation("onthisday", {"date": name}),) if asked.is_date(name) else ()
    return _name_or_facts(name, asked)


_WHAT_ABOUT = re.compile(r"(?:what about|how about|and)\b", re.IGNORECASE)
_DESCRIBING = frozenset(
    "of in the for with at by who that before after from on to as whose".split()
)


def _name_or_facts(name: str, asked: _Text) -> Readings:
    """Return the look-up of a name; a phrase that is none may describe somebody."""
    if _is_property(name, asked):
        return (_facts(name, strict=True),)
    reading = Invocation("whowas", {"name": name})
    words = fold(name).split()
    leading = _leading_name(name, asked)
    first = (Invocation("whowas", {"name": leading}),) if leading else ()
    if len(words) > 2 and not _DESCRIBING.union(BY_WORD).isdisjoint(words[1:]):
        return (reading, *first, _facts(name, strict=True))
    return (reading,)


_OWNER = re.compile(r"(?P<owner>.+?)(?:['’]s|s['’])\s+.+", re.IGNORECASE)


def _is_property(text: str, asked: _Text) -> bool:
    """Whether a text that is no name asks for something of somebody's: "X's dentist"."""
    match = _OWNER.fullmatch(text)
    return match is not None and asked.is_name(match["owner"]) and not asked.is_name(text)


_BESIDES_NAME = re.compile(
    r"\s+(?:in|at|from|to|for|during|by|on|as|with|before|after|when|while|according)\b.*",
    re.IGNORECASE,
)


def _leading_name(text: str, asked: _Text) -> str:
    """Return what stands before "in the ..." where that is a known name."""
    name = _BESIDES_NAME.sub("", text, count=1)
    is_known = name != text and asked.store.names.find(name, forgiving=False).found
    return name if is_known else ""


# -- works, things, claims -----------------------------------------------------------------------

_SORTS = "|".join((*SORTS_OF_WORK, "works?", "writings", "publications", "texts", "stuff"))
_WORKS_BY = re.compile(
    rf"(?:(?:what|which|any|all|some|the|list|list of|good|famous|are there|were)\s+)*(?P<sort>{_SORTS})\s+"
    r"(?:(?:were|was|are|that were)\s+)?(?:(?:written|made|published|edited|directed|composed|authored)\s+)?"
    r"by\s+(?P<by>.+)"
    rf"|(?:what|which)\s+(?:(?P<did_sort>{_SORTS})\s+)?(?:did|has|had|does)\s+(?P<author>.+?)\s+"
    r"(?:write|written|wrote|publish|published|author|edit|edited|compose|direct|make|found)"
    rf"|(?P<whose>.+?)(?:['’]s|s['’])\s+(?P<own>{_SORTS})",
    re.IGNORECASE,
)
_WORKS_ABOUT = re.compile(
    rf"(?:(?:what|which|any|all|some|the|list|list of|good|famous|are|is|were|there|recommend|me|a)\s+)*"
    rf"(?P<sort>{_SORTS})\s+(?:(?:are|were|is|was|there|made|written|exist)\s+)*(?:about|on|of)\s+(?P<about>.+)"
    rf"|who (?:wrote|made|published) (?:a |the |any )?(?P<who_sort>{_SORTS}) (?:about|on|of) (?P<who_about>.+)",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(
    rf"(?:what(?:['’]?s|\s+(?:exactly\s+)?{_BE})(?:\s+known about)?(?:\s+the (?:name|title) of)?|whats|which (?:is|was)|define|explain|describe"
    r"|(?:what is )?(?:the )?(?:meaning|definition) of|(?:please )?tell (?:me|us) (?:more )?about|more about"
    r"|info(?:rmation)?(?: on| about)|(?:the )?(?:name|title) of|what do you know about|what does the library (?:say|know) about"
    r"|(?:a )?(?:short )?(?:biography|bio|summary|overview|article) (?:of|on|about)|about"
    r"|i want to know about|what (?:does|did|do))\s+(?P<name>.+?)(?:\s+(?:mean|about|stand for))?",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_YES_OR_NO = re.compile(
    r"(?:is it true(?: that)?|was it true that|(?:was|is|were|are|did|does|do|has|had|have|could|would"
    r"|should|can|isn['’]?t|wasn['’]?t|didn['’]?t|true or false:?))\s+(?P<claim>.+)",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?:(?:what (?:is|was|were) )?(?:the |any )?(?:relations?|relationship|connections?|links?|friendship|rivalry"
    r"|affair|conflict|history|correspondence)"
    r" (?:between|of)\s+)?(?P<one>.+?)(?:\s+(?:and|vs\.?|versus|with)\s+|\s*&\s*)(?P<other>.+)"
    r"|how (?:did|does|do) (?P<who>.+?) (?:know|meet|met|knew) (?P<whom>.+)"
    r"|(?:did|does|had|has) (?P<left>.+?) (?:ever )?(?:know|knew|known|met|meet) (?P<right>.+)"
    r"|what (?:did|does|do|has|had) (?P<thinker>.+?) (?:think|say|said|thought|write|believe|feel|call)"
    r"(?: (?:of|about))? (?P<thought>.+?)(?: (?:when|in|as|at|after|before) .+)?"
    r"|how (?:did|does|do) (?P<judge>.+?) (?:see|view|describe|judge|call|treat|regard|portray)"
    r" (?P<judged>.+?)(?: (?:when|in|as|at|after|before) .+)?"
    r"|(?P<holder>.+?)(?:['’]?s['’]?)? (?:opinions?|views?|thoughts?|attitude|judge?ments?|criticism"
    r"|assessment|idea|picture|feelings?|role|part|influence|relations?(?:hip)?|friendship)"
    r" (?:of|on|about|towards?|to|in|with) (?P<held>.+?)(?:['’]?s['’]? life)?",
    re.IGNORECASE,
)
_OTHER_QUESTION = re.compile(
    r"(?:why|how|which|what|who|whom|whose|when|where|whats|hows|how come|for what|with (?:whom|what|which)"
    r"|by (?:what|which)|under (?:what|which)|in (?:what|which)|to (?:what|which|whom)|from (?:what|which)"
    r"|on (?:what|which)|at (?:what|which)|for (?:whom|which)|about (?:what|which|whom)|against (?:whom|what))\b.*",
    re.IGNORECASE,
)


_BESIDES = re.compile(
    r"\s+(?:besides|except(?: for)?|other than|apart from|aside from)\s+.+$", re.IGNORECASE
)


def _works(asked: _Text) -> Readings:
    asked = replace(asked, bare=_BESIDES.sub("", asked.bare))
    if match := _WORKS_BY.fullmatch(asked.bare):
        name = match["by"] or match["author"] or match["whose"]
        sort = match["sort"] or match["did_sort"] or match["own"] or ""
        if asked.is_name(name):
            return (_works_reading("by", name, sort), _facts(asked.bare))
    if match := _WORKS_ABOUT.fullmatch(asked.bare):
        name, sort = match["about"] or match["who_about"], match["sort"] or match["who_sort"]
        if asked.is_name(name):
            return (_works_reading("about", name, sort), _facts(asked.bare))
    return ()


def _works_reading(preposition: str, name: str, sort: str) -> Invocation:
    sort = sort.casefold()
    options = {preposition: name} | ({"sort": sort} if sort in SORTS_OF_WORK else {})
    return Invocation("works", options)


def _pair(asked: _Text) -> Readings:
    match = _PAIR.fullmatch(asked.bare)
    if match is None or asked.is_whole_name(asked.bare):
        return ()
    both = [name for name in match.groups() if name]
    one, other = both[0], both[1]
    if not (asked.is_name(one) and asked.is_name(other)):
        return ()
    pair = Invocation("pair", {"one": one, "other": other})
    return (pair,) if match["one"] or match["holder"] else (_facts(asked.bare), pair)


def _what_is(asked: _Text) -> Readings:
    match = _WHAT_IS.fullmatch(asked.bare)
    if match is None or match["name"].casefold().split()[0] in _PRONOUNS:
        return ()
    name = _ARTICLE.sub("", match["name"], count=1)
    if asked.is_date(name):
        return (Invocation("onthisday", {"date": name}),)
    if _is_property(name, asked):
        return (_facts(asked.bare, strict=True),)
    return (Invocation("whowas", {"name": name}), _facts(name, strict=True))


def _claim(asked: _Text) -> Readings:
    match = _YES_OR_NO.fullmatch(asked.bare)
    if match is None or not _names_something(match["claim"], asked):
        return ()
    return (Invocation("facts", {"query": match["claim"], "claim": "yes"}),)


def _other_question(asked: _Text) -> Readings:
    if _OTHER_QUESTION.fullmatch(asked.bare) and _names_something(asked.bare, asked):
        return (_facts(asked.bare),)
    return ()


# -- a bare date, a bare name, a phrase ----------------------------------------------------------

_HAPPENED_ABROAD = (
    "что (?:было|произошло|случилось)|що (?:було|сталося)|was (?:geschah|passierte|war|ist passiert)"
    "|qu(?:e s['’]|['’])est[- ]il pass[ée]|que se passa-t-il|qu[ée] (?:pas[óo]|sucedi[óo]|ocurri[óo])"
    "|(?:che )?cosa (?:[èe] )?succe(?:sse|sso|dde)|o que aconteceu|co (?:się )?(?:wydarzyło się|stało się"
    "|wydarzyło|zdarzyło się)|ne oldu"
)
"""What happened, in the languages whose names of months are read."""

_SMALL_TALK = frozenset(
    "hello hi hey hallo hola yo thanks thank thx you please sorry yes no yeah yep nope ok okay"
    " help more stop start test ping pong well good bad great nice cool wow lol haha bye goodbye"
    " morning evening night welcome bot why what who when where how".split()
)
"""Words that people say to a bot; alone they are nobody's name, though Hello is near to Hell."""


_DATE_IN_HISTORY = re.compile(
    rf"(?:(?:{_HAPPENED_ABROAD})\s+)?(?P<date>.+?)(?:\s+in history)?", re.IGNORECASE
)


def _date(asked: _Text) -> Readings:
    if asked.is_date(asked.typed):
        return (Invocation("onthisday", {"date": asked.typed.strip()}),)
    match = _DATE_IN_HISTORY.fullmatch(asked.bare)
    if match and asked.is_date(match["date"]):
        return (Invocation("onthisday", {"date": match["date"]}),)
    return ()


_NAME_AND_SORT = re.compile(
    r"(?P<name>.+?)\s+\(?(?:the\s+)?(?:film|movie|book|novel|song|play|(?:news)?paper|journal|series"
    r"|ship|tanker)\)?",
    re.IGNORECASE,
)


def _name_and_sort(asked: _Text) -> Readings:
    match = _NAME_AND_SORT.fullmatch(asked.bare)
    if match is None or asked.is_whole_name(asked.bare):
        return ()
    found = asked.store.names.find(match["name"], forgiving=False)
    if not found.found or found.fit is Fit.PART:
        return ()
    return (Invocation("whowas", {"name": match["name"]}),)


def _name(asked: _Text) -> Readings:
    is_apart = " the " in asked.bare and asked.is_name(asked.bare)
    if is_apart or by_label(asked.store, asked.bare) or _is_bare_name(asked.bare, asked.store):
        return (Invocation("whowas", {"name": asked.bare}),)
    return ()


def _is_bare_name(text: str, store: Store) -> bool:
    """Whether a text may be a bare name: one that is known, or is written as names are."""
    words = text.split()
    folded = fold(text).split()
    if not 0 < len(words) <= LONGEST_BARE_NAME or (_SMALL_TALK | COMMON).issuperset(folded):
        return False
    match = store.names.find(text)
    if match.found and len(words) == 1 and text.islower():
        forgiven = not match.exact and len(text) >= LEAST_TO_FORGIVE
        return forgiven or (match.exact and _is_whole_or_last_name(text, match.found, store))
    if match.found:
        return True
    if _is_proper(text) and len(words) <= 3:
        return True
    talk = (COMMON | _SMALL_TALK) - {"of"}
    return 2 <= len(words) <= 4 and text.replace(" ", "").isalpha() and talk.isdisjoint(folded)


def _is_proper(text: str) -> bool:
    """Whether a text is written as names are, every word with a capital."""
    return all(word[0].isalpha() and not word[0].islower() for word in text.split())


def _is_whole_or_last_name(word: str, keys: Sequence[str], store: Store) -> bool:
    """Whether a word is more than a part of these names: "neither" is one of a title's words."""
    entities = (entity for key in keys if (entity := store.entity(key)))
    names = (fold(name) for entity in entities for name in entity.names)
    return any(fold(word) in (name, name.rpartition(" ")[2]) for name in names)


def _phrase(asked: _Text) -> Readings:
    """Read "X's murder", "X ice axe": a name of somebody with what is asked of them."""
    words = asked.bare.split()
    if 1 < len(words) <= MOST_IN_A_PHRASE and _names_somebody(asked.bare, asked):
        return (replace(_facts(asked.bare), is_guess=True),)
    return ()


# -- what the rules share ------------------------------------------------------------------------


def _facts(query: str, *, strict: bool = False) -> Invocation:
    return Invocation("facts", {"query": query} | ({"strict": "yes"} if strict else {}))


def _name_reading(name: str, asked: _Text) -> Readings:
    return (Invocation("whowas", {"name": name}),) if asked.is_name(name) else ()


def _names_something(text: str, asked: _Text) -> bool:
    """Whether a word of a text, beyond those that only ask, stands in the library."""
    words = [word for word in fold(text).split() if word not in COMMON and word not in _PRONOUNS]
    return any(asked.store.is_told(word) or asked.store.names.knows(word) for word in words) or (
        bool(words) and bool(read_wishes(text, asked.request, asked.store).names)
    )


def _names_somebody(text: str, asked: _Text) -> bool:
    """Whether a text holds a known name."""
    return bool(read_wishes(text, asked.request, asked.store).names)


Rule = Callable[[_Text], Readings]

RULES: tuple[Rule, ...] = (
    _happened,
    _born_or_died,
    _did,
    _date,
    _command_in_words,
    _name_and_sort,
    _how_old,
    _works,
    _where,
    _when,
    _pair,
    _who,
    _what_is,
    _claim,
    _name,
    _other_question,
    _phrase,
)
"""Every rule, in order: the first that reads a text is taken."""
