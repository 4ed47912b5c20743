"""Which dates of an article are events: something happened then, and the article says so.

First the zone that a date stands in decides (references, tables, lists of works), then its role in
its sentence: an attribute ("the treaty of 3 May"), a bound ("in force until 1945"), a figure ("as
of 2014"), a plan, a denial. No rule looks at names.
"""

from __future__ import annotations

import re

from knowledge.compiler.chunks import Shape
from knowledge.compiler.clauses import Clause, Sentence
from knowledge.compiler.date_groups import DateGroup, is_day
from knowledge.compiler.date_roles import NONE, Role, role_of
from knowledge.compiler.sentence_pieces import Telling
from knowledge.compiler.tokens import DATE, Token, finite_verb, is_adverb
from knowledge.compiler.verb_forms import BE, MODALS, PRESENT, Form, base, form, is_participle
from knowledge.compiler.verb_groups import held_office
from knowledge.model import Precision, Qualifier

_LEGEND = re.compile(
    r"\b(?:legend has it|legends? (?:say|tell|hold)s?|(?:in|according to) (?:the |a |local )?"
    r"(?:myth|legend)s?|mythical|in the (?:novel|film|story|play)|folklore)\b",
    re.IGNORECASE,
)
_GIVEN_AS = re.compile(r" as (?:the|his|her|their|its) (?:\w+ )?(?:day|date|year|birth|birthday)")
_AS_OF = re.compile(
    r"\b(?:as (?:of|at)|at the census of|census of|effective)\s+(?:the\s+)?$", re.IGNORECASE
)
_FIGURES = re.compile(
    r"\b(?:population|inhabitants|residents|households|census|per cent|percent|members registered"
    r"|density|square (?:kilo)?met(?:re|er)s|hectares|registered voters)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(?P<word>until|till|since|before|prior to|up to|from|as early as|to|after|up until)\s+"
    r"(?:the\s+)?(?:(?:early|late|mid|end of|beginning of|spring of|summer of|autumn of"
    r"|winter of)[\s-]*)?(?:the\s+)?$",
    re.IGNORECASE,
)
_LIVED_UNTIL = re.compile(r"\blived (?:only )?until\s+$")
_STATES = frozenset(
    base(word)
    for word in (
        "lived remained stayed belonged contained knew believed considered included owned existed"
        " seemed meant measured numbered totalled covered resembled wanted liked loved hated"
        " comprised consisted depended resided dwelt enjoyed possessed stood lay differed"
        " spanned dominated extended bordered described used flourished worked"
    ).split()
)
"""Verbs that tell how things were, not what happened."""
_PLANS = re.compile(
    r"\b(?:(?:was|were|is|are|had been|been)\s+(?:originally\s+|initially\s+|first\s+|also\s+)?"
    r"(?:to\s+(?!be\s+(?:found|seen)\b)[a-z]+|due|scheduled|planned|intended|expected|supposed|slated|meant|set)\s+"
    r"|(?:planned|scheduled|expected|intended|hoped)\s+(?:for|to)\b"
    r"|(?<!what )would\s+(?:later|eventually)?\s*have\b|would\s+(?:put|place|suggest|imply)\b"
    r"|(?:announced|set|fixed|arranged|booked)\s+for\b"
    r"|that\s[^.;]*\bbe\s+[a-z]+(?:ed|en)\b|will\s+(?:be\s+)?[a-z]+|had\s+been\s+planned"
    r"|postponed\s+(?:to|until)|rescheduled)",
    re.IGNORECASE,
)
_BROKEN_OFF = re.compile(
    r"\b(?:but|however|though|although|never|cancelled|canceled|instead)\b", re.IGNORECASE
)
_FIRST_MENTION = re.compile(
    r"\b(?:is|are) (?:first (?:mentioned|recorded|documented|attested|named)\b"
    r"|(?:said|thought|believed|reported|recorded) to have (?!lived|existed))"
)
"""The present tense of what a source of that time says, or is said to have happened."""
_HABIT = re.compile(
    r"\b(?:every (?:year|month|week|spring|summer)|each year|annually|yearly|traditionally)\b",
    re.IGNORECASE,
)


def reading(
    text: str, sentence: Sentence, group: DateGroup, telling: Telling, *, chronicle: bool
) -> Role:
    """Return how surely a date of a sentence is an event, from 0 (it is none) to 1."""
    tokens = sentence.tokens
    whole = text[tokens[0].start : tokens[-1].stop]
    lead = text[max(tokens[0].start, group.start - 60) : group.start]
    if lead.lower().endswith(("pre-", "post-", "anti-", "non-")):
        return NONE
    behind = text[group.stop : group.stop + 24]
    if group.date.precision in (Precision.DECADE, Precision.CENTURY):
        return NONE
    if _GIVEN_AS.match(behind):
        return NONE
    if _is_told_otherwise(whole) or _AS_OF.search(lead):
        return NONE
    if _is_of_a_name(text, group):
        return NONE
    if _quoted(sentence, group) or _quote_goes_on(text, tokens[0].start, group.start):
        return NONE
    noun_event = telling.clause is None and telling.certain
    if noun_event:
        return Role(0.9)
    clause = sentence.clauses[telling.clause] if telling.clause is not None else None
    if clause is not None and tokens[clause.verb].word == "dated":
        return NONE
    if clause is None:
        return Role(0.5) if chronicle and _opens_list(tokens, group) else NONE
    role_here = role_of(
        text,
        group,
        tokens[0].start,
        before_verb=group.start < tokens[clause.verb].start,
        alone=sum(t.word == DATE for t in _clause_tokens(sentence, clause)) == 1,
    )
    if _is_of_the_deed(tokens, group):
        return NONE
    if role_here.sure == 0.0 or _is_bare_bracket(sentence, group):
        return NONE
    words = " ".join(t.word for t in _clause_tokens(sentence, clause) if not t.inner)
    if _is_figure(words, clause, tokens):
        return NONE
    if _is_planned(words, whole, clause, tokens, group):
        return NONE
    if _is_denied(words, lead, clause, sentence, group):
        return NONE
    told = _embedded(sentence, clause, group)
    in_entry = chronicle and _opens_list(tokens, group)
    lasts = in_entry or _FIRST_MENTION.search(words) or _is_of_a_letter(whole, tokens, group)
    if _is_present(told, tokens) and not lasts:
        return NONE
    if behind.lower().startswith((" edition", " census", " constitution", " law", " act ")):
        return Role(0.3) if is_day(group) else NONE
    if told is clause and _only_reports(clause, sentence, group):
        return NONE
    sure = _by_happening(sentence, told, lead, group, telling)
    return Role(sure * role_here.sure, role_here.qualifier)


def _is_of_the_deed(tokens: list[Token], group: DateGroup) -> bool:
    """Whether "received a medal on §, for bravery at Kiel on §" tells its second date there."""
    at = next(i for i, t in enumerate(tokens) if t.start >= group.start)
    earlier = next((i for i in range(at - 1, -1, -1) if tokens[i].word == DATE), None)
    if earlier is None:
        return False
    between = [token.word for token in tokens[earlier + 1 : at] if token.word not in '"“”']
    if between[:1] != ["for"] or len(between) <= _LEAST_DEED:
        return False
    return _OTHERWISE.isdisjoint(between)


_OTHERWISE = frozenset({"and", "but", ",", ";", ":"})
_LEAST_DEED = 3
"""Words from "for" to "on" of "for bravery on §"."""


def _is_of_a_letter(whole: str, tokens: list[Token], group: DateGroup) -> bool:
    """Whether the date is that of a letter that "reports" what happened: it was written then."""
    return _A_LETTER.match(whole[: group.start - tokens[0].start]) is not None


_A_LETTER = re.compile(
    r"(?:An?|The|His|Her|In an?|In his|In her) (?:[a-z]+ ){0,2}(?:letter|telegram|despatch|dispatch"
    r"|diary entry|note)\b[^.;]{0,60}?,? (?:of|dated|from) (?:the )?$"
)


def _embedded(sentence: Sentence, clause: Clause, group: DateGroup) -> Clause:
    """Return the clause behind "says that" or "disputed whether" where the date stands in it."""
    tokens = sentence.tokens
    date = next(i for i, t in enumerate(tokens) if t.start >= group.start)
    opener = next(
        (i for i in range(date - 1, clause.verb, -1) if tokens[i].word in ("that", "whether")), None
    )
    if opener is None:
        return clause
    verb = finite_verb(tokens, opener + 1, date)
    return clause if verb is None else Clause(Shape.SUBORDINATE, clause.chunks, verb, None)


def _is_told_otherwise(sentence: str) -> bool:
    """Whether a sentence tells a legend, a plot or a yearly habit."""
    lowered = sentence.lower()
    if any(word in lowered for word in ("legend", "myth", "folklore", "in the")) and (
        _LEGEND.search(lowered)
    ):
        return True
    habit = any(word in lowered for word in ("every", "each", "annual", "yearly", "traditional"))
    return habit and _HABIT.search(lowered) is not None


def _only_reports(clause: Clause, sentence: Sentence, group: DateGroup) -> bool:
    """Whether the year stands in a scholar's view: "noted the close ties of 1921"."""
    tokens = sentence.tokens
    if is_day(group) or base(tokens[clause.verb].word) not in _VIEWS:
        return False
    date = next(i for i, t in enumerate(tokens) if t.start >= group.start)
    return date > clause.verb and finite_verb(tokens, clause.verb + 1, date) is None


_VIEWS = frozenset(
    base(word)
    for word in (
        "argued noted regarded viewed described highlighted cited countered concluded considered"
        " stressed observed suggested maintained believed claimed emphasised emphasized contended"
        " characterised characterized remarked pointed compared attributed saw interpreted"
    ).split()
)
"""Verbs with which writers give their view."""


def _is_of_a_name(text: str, group: DateGroup) -> bool:
    """Whether days stand in brackets behind a first name: "two sons, David and Hugh (§ – §)"."""
    end = group.date.end
    if text[group.start - 1 : group.start] != "(" or end is None:
        return False
    if end.year - group.date.start.year < _LEAST_LIFE:
        return False
    return _FIRST_NAME.search(text, max(0, group.start - 40), group.start) is not None


_LEAST_LIFE = 2
"""Years; a shorter span in brackets is more often that of games or of a trial."""
_FIRST_NAME = re.compile(r"(?:\b[a-z]+|[,:;]) [A-ZÀ-Þ][a-zß-ÿ]+ \($")


def _quoted(sentence: Sentence, group: DateGroup) -> bool:
    """Whether the date stands in quotation marks: somebody's words, or a title."""
    depth = 0
    for token in sentence.tokens:
        if token.word in ('"', "“", "”", "«", "»"):
            depth = 0 if token.word in ("”", "»") else 1 - depth if token.word == '"' else 1
        if token.word == DATE and token.start == group.start:
            return bool(depth)
    return False


def _quote_goes_on(text: str, start: int, date: int) -> bool:
    """Whether a quotation that began in the sentence before still runs at the date."""
    reach = max(0, start - _LONGEST_QUOTE)
    before = text[max(reach, text.rfind(". ", reach, max(reach, start - 2)) + 1) : start]
    return (
        before.count('"') % 2 == 1
        and text.count('"', start, date) % 2 == 0
        and ('"' in text[date : date + _LONGEST_QUOTE])
    )


_LONGEST_QUOTE = 400


def _opens_list(tokens: list[Token], group: DateGroup) -> bool:
    """Whether an entry of a list begins with the date."""
    return group.start - tokens[0].start < len("In the year ")


def _clause_tokens(sentence: Sentence, clause: Clause) -> list[Token]:
    found: list[Token] = []
    for index in sorted(clause.chunks):
        chunk = sentence.chunks[index]
        found += sentence.tokens[chunk.start : chunk.stop]
    return found


def _is_bare_bracket(sentence: Sentence, group: DateGroup) -> bool:
    """Whether a month or year stands in brackets: it is that of the thing named before them."""
    if is_day(group):
        return False
    return any(
        token.word == DATE and token.inner and token.start == group.start
        for token in sentence.tokens
    )


def _is_figure(words: str, clause: Clause, tokens: list[Token]) -> bool:
    if re.search(r"\b(?:stood|traded|closed) at \d", words):
        return True
    if not _FIGURES.search(words):
        return False
    verb = base(tokens[clause.verb].word)
    told = tokens[clause.verb].word
    is_statistic = told in BE or told in ("had", "has", "have") or verb in _STATES or verb in (
        base("grew"), base("rose"), base("fell"), base("increased"), base("decreased"),
        base("declined"), base("dropped"), base("counted"), base("recorded"), base("reached"),
    )  # fmt: skip
    following = clause.verb + 1
    while following < len(tokens) and is_adverb(tokens[following].word):
        following += 1
    passive = told in BE and following < len(tokens) and is_participle(tokens[following].word)
    estimated = passive and tokens[following].word in (
        "estimated", "counted", "recorded", "registered", "listed", "reported"
    )  # fmt: skip
    return (is_statistic and not passive) or estimated


def _is_planned(
    words: str, whole: str, clause: Clause, tokens: list[Token], group: DateGroup
) -> bool:
    """Whether the clause tells a plan: what was to be, is due, will be."""
    verb = tokens[clause.verb].word
    if verb in ("will", "shall"):
        return True
    date = next(i for i, t in enumerate(tokens) if t.start >= group.start)
    plan = _PLANS.search(words)
    if plan is None:
        return False
    before_plan = words.find(DATE) < plan.start() and date < clause.verb
    if "have" in plan.group().lower().split():
        return True
    return not before_plan or bool(_BROKEN_OFF.search(whole))


def _is_denied(words: str, lead: str, clause: Clause, sentence: Sentence, group: DateGroup) -> bool:
    tokens = sentence.tokens
    window = " ".join(
        t.word for t in tokens[max(0, clause.verb - 2) : clause.verb + 4] if not t.inner
    )
    subject = ""
    if clause.subject:
        subject = tokens[clause.subject[0]].word
    negated = bool(re.search(r"\b(?:not|never)\b|n[o']t\b", window)) or subject in ("no", "neither")
    if tokens[clause.verb].word in ("denied", "refused") and "having" in words:
        return True
    if tokens[clause.verb].word == "had" and clause.verb == 0:
        return True  # "Had the ministers signed": a condition
    if not negated:
        return False
    if re.search(r"\b(?:until|till|before)\s+(?:the\s+)?$", lead):
        return False
    return "not only" not in words and "not until" not in words


def _is_present(clause: Clause, tokens: list[Token]) -> bool:
    word = tokens[clause.verb].word
    if clause.shape is Shape.RELATIVE and form(word) in (Form.NONE, Form.GERUND):
        return word not in PRESENT or word not in ("has", "have")
    if word in MODALS and word not in ("would", "could", "should", "might", "must"):
        return True
    if clause.shape in (Shape.GERUND, Shape.PARTICIPLE):
        return False
    return word in PRESENT


def _by_happening(
    sentence: Sentence, clause: Clause, lead: str, group: DateGroup, telling: Telling
) -> float:
    tokens = sentence.tokens
    bound = _BOUND.search(lead)
    word = bound["word"].lower() if bound else ""
    happens = _happens(clause, tokens) or held_office(tokens, clause.verb)
    if clause.shape is Shape.PARTICIPLE and word in ("until", "till"):
        return 0.0  # "papers, sealed until 3 May": how long it was so
    ranged = group.date.end is not None
    if ranged and bound and word in ("from", "after"):
        word = ""
    day = is_day(group)
    if telling.until_when:
        return 0.9
    if _LIVED_UNTIL.search(lead):
        return 0.8  # "lived only until 3 May" tells a death
    if word in ("since", "until", "till", "up to", "prior to", "to", "up until") and not (
        day and happens
    ):
        return 0.0
    if word == "from" and not ranged and not day:
        of_month = group.date.precision is Precision.MONTH
        return 0.6 if of_month and happens and group.start < tokens[clause.verb].start else 0.0
    if word in ("before", "after", "as early as") and not day and not happens:
        return 0.0
    if word == "before" and not day:
        return 0.0
    if day:
        if word == "since":
            return 0.0
        return 0.95 if happens else 0.7
    if happens:
        return 0.8 if telling.certain else 0.5
    if group.date.qualifier is Qualifier.BY:
        return 0.0
    return 0.0


def _happens(clause: Clause, tokens: list[Token]) -> bool:
    """Whether the verb of a clause tells that something happened."""
    word = tokens[clause.verb].word
    if clause.shape in (Shape.GERUND, Shape.PARTICIPLE):
        return base(word) not in _STATES and word not in ("being", "dated", "dating")
    at = clause.verb + 1
    if word in BE or word in ("had", "has", "have") or word in MODALS or word == "did":
        while at < len(tokens) and (
            is_adverb(tokens[at].word) or tokens[at].word in ("been", "being", "have", "be")
        ):
            at += 1
        if at < len(tokens) and (is_participle(tokens[at].word) or word in MODALS or word == "did"):
            state = tokens[at].word in _STATIVE_PARTICIPLES or base(tokens[at].word) in _STATES
            return not state
        return False
    return base(word) not in _STATES


_STATIVE_PARTICIPLES = frozenset(
    "known located situated based called interested involved divided used inhabited"
    " populated composed regarded considered bilingual dedicated supposed concerned".split()
)
