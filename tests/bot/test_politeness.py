"""A message down to its question: what is taken off, and what must stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.reply import Outcome, Reply
from bot.shapes.politeness import bare, clauses, without_markup

Ask = Callable[..., Reply]

QUESTION = "who was Eskil Rangvald"


def spaced(text: str) -> str:
    return " ".join(text.split())


# -- markup ---------------------------------------------------------------------------------------

MARKUP = [
    "**who was Eskil Rangvald**",
    "*who was Eskil Rangvald*",
    "who was *Eskil Rangvald*",
    "***who*** was __Eskil Rangvald__",
    "_who was Eskil Rangvald_",
    "~~who was Eskil Rangvald~~",
    "||who was Eskil Rangvald||",
    "`who was Eskil Rangvald`",
    "```who was Eskil Rangvald```",
    "<b>who was Eskil Rangvald</b>",
    "who was <i class='x'>Eskil Rangvald</i>",
    "[who was Eskil Rangvald](https://example.org/a?b=c)",
    "who was [Eskil Rangvald](https://example.org)",
    "[](https://example.org) who was Eskil Rangvald",
    "@daybook who was Eskil Rangvald",
    "who was Eskil Rangvald @daybook_bot",
    "<@123456789> who was Eskil Rangvald",
    "<@!123456789> who was Eskil Rangvald",
    "<:bear:123456789> who was Eskil Rangvald",
    "who was Eskil Rangvald https://example.org/wiki/Eskil_Rangvald",
    "http://example.org who was Eskil Rangvald",
]


@pytest.mark.parametrize("text", MARKUP)
def test_markup_mentions_and_links_are_taken_off(text: str) -> None:
    assert spaced(without_markup(text)) == QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        QUESTION,
        "2 * 3",
        "a < b",
        "3 > 2",
        "a | b",
        "[1] who was that",
        "what is [this",
        "17 March 1912",
        "-0043-03-15",
        "Ильмар Джувек",
        "8月21日",
    ],
    ids=ascii,
)
def test_what_is_no_markup_stays(text: str) -> None:
    assert without_markup(text) == text


@pytest.mark.parametrize("text", ["@daybook", "https://example.org", "<b></b>", "<@123> <@456>"])
def test_a_text_of_markup_alone_is_not_made_empty(text: str) -> None:
    assert without_markup(text) == text


# -- greetings, requests, endings -----------------------------------------------------------------

GREETINGS = [
    "hey, who was Eskil Rangvald",
    "Hi! who was Eskil Rangvald",
    "hello who was Eskil Rangvald",
    "yo who was Eskil Rangvald",
    "Hey bot, who was Eskil Rangvald",
    "ok so who was Eskil Rangvald",
    "hm... who was Eskil Rangvald",
    "ummm who was Eskil Rangvald",
    "well, and who was Eskil Rangvald",
    "wait, who was Eskil Rangvald",
    "Quick question: who was Eskil Rangvald",
    "please who was Eskil Rangvald",
]

REQUESTS = [
    "can you tell me who was Eskil Rangvald",
    "Could you please tell me who was Eskil Rangvald",
    "would u tell us who was Eskil Rangvald",
    "Will someone tell me: who was Eskil Rangvald",
    "tell me who was Eskil Rangvald",
    "please remind me who was Eskil Rangvald",
    "do you know who was Eskil Rangvald",
    "does anybody remember who was Eskil Rangvald",
    "anyone know who was Eskil Rangvald",
    "any idea who was Eskil Rangvald",
    "idk who was Eskil Rangvald",
    "I want to know who was Eskil Rangvald",
    "I'd like to know who was Eskil Rangvald",
    "I’m wondering, who was Eskil Rangvald",
    "I wonder who was Eskil Rangvald",
    "i forgot who was Eskil Rangvald",
    "what I want to know is who was Eskil Rangvald",
    "explain to me who was Eskil Rangvald",
]

ENDINGS = [
    "who was Eskil Rangvald?",
    "who was Eskil Rangvald ?!?!",
    "who was Eskil Rangvald…",
    "who was Eskil Rangvald;",
    "who was Eskil Rangvald please",
    "who was Eskil Rangvald, please?",
    "who was Eskil Rangvald? thanks",
    "who was Eskil Rangvald thank you!",
    "who was Eskil Rangvald pls thx",
    "who was Eskil Rangvald again?",
    "who was Eskil Rangvald, bot?",
    "  who   was\tEskil\u00a0Rangvald\n",
]

AT_ONCE = [
    "Hey bot! Could you please tell me who was Eskil Rangvald, please? Thanks!",
    "hi, hello, do you know who was Eskil Rangvald again, mate?",
    "ok, tell me: do you know who was Eskil Rangvald pls",
]


@pytest.mark.parametrize("text", [*GREETINGS, *REQUESTS, *ENDINGS, *AT_ONCE], ids=ascii)
def test_what_stands_around_a_question_is_taken_off(text: str) -> None:
    assert bare(text) == QUESTION


STAYS = [
    # each looks like what is taken off, and asks something
    "tell me about Eskil Rangvald",
    "tell me something",
    "tell me something about Eskil Rangvald",
    "tell me more about Eskil Rangvald",
    "tell me a random fact",
    "show me a timeline of Eskil Rangvald",
    "explain Eskil Rangvald",
    "what do you know about Eskil Rangvald",
    "who told Eskil Rangvald",
    "who was the ship's mate",
    "hello",
    "please",
    "thanks",
    "so",
    "hey",
    "Heywood",
    "Sofia",
    "Andersen",
    "Butte",
    "Wellington",
    "Hydra",
    "Yolanda",
    "Talbot",
    "Abbot",
    "1893",
    "17 March",
]


@pytest.mark.parametrize("text", STAYS)
def test_what_asks_or_names_something_stays(text: str) -> None:
    assert bare(text) == text


@pytest.mark.parametrize("text", ["", " ", "\n", "?", "!!!", "...", " ?! ", "…;,"])
def test_nothing_stays_nothing(text: str) -> None:
    assert bare(text) == ""


@pytest.mark.parametrize("text", ["hey hey hey", "please please", "ok ok ok ok", "can you tell me"])
def test_politeness_alone_is_not_made_empty(text: str) -> None:
    assert bare(text)


@pytest.mark.parametrize("text", [*GREETINGS, *REQUESTS, *ENDINGS, *AT_ONCE, *STAYS], ids=ascii)
def test_what_is_bare_stays_as_it_is(text: str) -> None:
    assert bare(bare(text)) == bare(text)


# -- clauses --------------------------------------------------------------------------------------

CLAUSES = [
    ("who was that", ["who was that"]),
    ("I read a book, who was that", ["I read a book", "who was that"]),
    ("a: b; c? d! e. f", ["a", "b", "c", "d", "e", "f"]),
    ("the ice – who saw it — and when", ["the ice ", "who saw it ", "and when"]),
    ("one\ntwo\n\nthree", ["one", "two", "three"]),
    ("what?! who", ["what", "who"]),
    # no clauses: a year behind a comma, and marks within a word
    ("5 May, 1921", ["5 May, 1921"]),
    ("May 5, 1921, who", ["May 5, 1921", "who"]),
    ("3.14", ["3.14"]),
    ("1,000", ["1,000"]),
    ("half-way there", ["half-way there"]),
    ("17:30", ["17:30"]),
    ("", [""]),
]


@pytest.mark.parametrize(("text", "parts"), CLAUSES, ids=[ascii(text) for text, _ in CLAUSES])
def test_a_text_is_parted_at_its_commas_and_stops(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


# -- as it is asked -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [*MARKUP, *GREETINGS, *REQUESTS, *ENDINGS, *AT_ONCE], ids=ascii)
def test_a_polite_message_is_answered_as_its_question_is(polar: Ask, text: str) -> None:
    assert polar(text) == polar(QUESTION)


IN_A_CLAUSE = [
    "I read of a mutiny yesterday. Who was Eskil Rangvald?",
    "My teacher asked us this, who was Eskil Rangvald?",
    "We all sat by the fire\nwho was Eskil Rangvald",
    "Lunch was great: who was Eskil Rangvald? I could not tell.",
]


@pytest.mark.parametrize("text", IN_A_CLAUSE)
def test_the_question_within_a_message_is_answered(polar: Ask, text: str) -> None:
    assert polar(text) == polar(QUESTION)


def test_of_two_questions_the_last_is_answered(polar: Ask) -> None:
    assert polar("Blah blah zyx? who was Oddny Kverne? who was Eskil Rangvald?").title == (
        "Eskil Rangvald"
    )


NAMES_LIKE_POLITENESS = [
    "Please Please Me",
    "And Then There Were None",
    "Also Sprach Zarathustra",
    "Wait Until Dark",
    "So Big",
    "Never Again",
    "Tell Me Lies",
    "Any Idea",
    "Hello",
    "Yo",
]


@pytest.mark.parametrize("name", NAMES_LIKE_POLITENESS)
def test_a_name_that_begins_or_ends_politely_is_found(made: Callable[..., Ask], name: str) -> None:
    ask = made(
        shelf=f'[[entity]]\nkind = "work"\nname = "{name}"\ndescription = "A play."\n'
        '[[entity]]\nkind = "work"\nname = "Nothing Else"\ndescription = "A play."'
    )
    reply = ask(f"who was {name}?")
    assert (reply.outcome, reply.title) == (Outcome.FOUND, name)


@pytest.mark.parametrize("name", NAMES_LIKE_POLITENESS[:8])
def test_a_name_of_several_words_like_these_is_found_alone(
    made: Callable[..., Ask], name: str
) -> None:
    ask = made(shelf=f'[[entity]]\nkind = "work"\nname = "{name}"\ndescription = "A play."')
    reply = ask(name)
    assert (reply.outcome, reply.title) == (Outcome.FOUND, name)
