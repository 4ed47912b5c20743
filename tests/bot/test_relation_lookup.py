"""What somebody is to somebody, asked of an invented village whose every relation is known."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.reply import Heading, Note, Outcome, Reply

Ask = Callable[..., Reply]

VILLAGE = """
[[entity]]
kind = "person"
name = "Torvil Brunholt"
died = "1841-05-03"
description = "Miller who kept the weir."
relations = [{ kind = "founder", to = "Harvest Guild" }]

[[entity]]
kind = "person"
name = "Agda Brunholt"
description = "Weaver of the blue cloth."
relations = [
  { kind = "wife", to = "Torvil Brunholt" },
  { kind = "co-founder", to = "Harvest Guild" },
]

[[entity]]
kind = "person"
name = "Sigmar Brunholt"
description = "Ferryman."
relations = [
  { kind = "son", to = "Torvil Brunholt" },
  { kind = "son", to = "Agda Brunholt" },
  { kind = "brother", to = "Linnea Brunholt" },
]

[[entity]]
kind = "person"
name = "Ottmar Brunholt"
description = "Sexton."
relations = [{ kind = "son", to = "Torvil Brunholt" }]

[[entity]]
kind = "person"
name = "Linnea Brunholt"
description = "Glazier."
relations = [{ kind = "daughter", to = "Torvil Brunholt" }]

[[entity]]
kind = "person"
name = "Kasper Dunwald"
description = "Poacher."
relations = [{ kind = "assassin", to = "Torvil Brunholt" }]

[[entity]]
kind = "person"
name = "Nils Farrow"
description = "Keeper of the weir."
relations = [{ kind = "successor", to = "Torvil Brunholt" }]

[[entity]]
kind = "person"
name = "Gustav Malm"
description = "Cooper."
relations = [{ kind = "father", to = "Petra Malm" }]

[[entity]]
kind = "person"
name = "Petra Malm"
description = "Chandler."
relations = [
  { kind = "godmother", to = "Sigmar Brunholt" },
  { kind = "milk sister", to = "Linnea Brunholt" },
  { kind = "beekeeper", to = "Harvest Guild" },
]

[[entity]]
kind = "person"
name = "Ruben Ostrava"
description = "Clerk."
relations = [{ kind = "author", to = "The Salt Ledger" }]

[[entity]]
kind = "person"
name = "Vilma Thorn"
description = "Printer."

[[entity]]
kind = "person"
name = "Yrsa Quell"
description = "Washerwoman."
relations = [{ kind = "victim", to = "Bardo Finck" }]

[[entity]]
kind = "person"
name = "Bardo Finck"
description = "Tinker."

[[entity]]
kind = "work"
name = "The Salt Ledger"
description = "A novel of the salt road."

[[entity]]
kind = "work"
name = "The Tide Primer"
description = "A school book."
relations = [{ kind = "work", to = "Vilma Thorn" }]

[[entity]]
kind = "organisation"
name = "Harvest Guild"
description = "The union of the reapers."

[[entity]]
kind = "organisation"
name = "Lantern Society"
description = "A reading circle."
relations = [{ kind = "foundation", to = "Vilma Thorn" }]

[[event]]
id = "stabbing"
date = "1841-05-03"
kind = "assassination"
text = "Kasper Dunwald stabs Torvil Brunholt at the weir."
people = ["Kasper Dunwald", "Torvil Brunholt"]
"""


@pytest.fixture
def village(made: Callable[..., Ask]) -> Ask:
    return made(village=VILLAGE)


def people(reply: Reply) -> list[str]:
    """Return the entities of an answer, which have no date."""
    return [item.id.partition("/")[2] for item in reply.items if item.date is None]


def notes(reply: Reply) -> str:
    return " ".join(part.text for part in reply.parts if isinstance(part, Note))


TORVIL, AGDA, SIGMAR, LINNEA = (
    f"{first}-brunholt" for first in ("torvil", "agda", "sigmar", "linnea")
)

ONE = [
    # who did it
    ("who killed Torvil Brunholt?", "kasper-dunwald"),
    ("who murdered Torvil Brunholt", "kasper-dunwald"),
    ("who assassinated torvil brunholt", "kasper-dunwald"),
    ("Who actually killed Torvil Brunholt?!", "kasper-dunwald"),
    ("the man who killed Torvil Brunholt", "kasper-dunwald"),
    ("who was the man who killed Torvil Brunholt?", "kasper-dunwald"),
    ("who wrote The Salt Ledger?", "ruben-ostrava"),
    ("who wrote the novel The Salt Ledger?", "ruben-ostrava"),
    ("who succeeded Torvil Brunholt", "nils-farrow"),
    ("who replaced Torvil Brunholt", "nils-farrow"),
    ("who married Torvil Brunholt", AGDA),
    # by whom
    ("by whom was Torvil Brunholt killed?", "kasper-dunwald"),
    ("who was Torvil Brunholt killed by?", "kasper-dunwald"),
    ("by whom was The Salt Ledger written", "ruben-ostrava"),
    ("who was The Salt Ledger written by", "ruben-ostrava"),
    # whom
    ("whom did Torvil Brunholt marry?", AGDA),
    ("who did Agda Brunholt marry?", TORVIL),
    ("who did Kasper Dunwald kill?", TORVIL),
    ("whom did Nils Farrow succeed?", TORVIL),
    # who was what to whom
    ("who was the killer of Torvil Brunholt", "kasper-dunwald"),
    ("who was Torvil Brunholt's assassin?", "kasper-dunwald"),
    ("Torvil Brunholt's wife", AGDA),
    ("Torvil Brunholt’s wife?", AGDA),
    ("torvil brunholt wife", AGDA),
    ("torvil brunholts wife", AGDA),
    ("who was the first wife of Torvil Brunholt?", AGDA),
    ("who was the spouse of Torvil Brunholt", AGDA),
    ("what was the name of Torvil Brunholt's wife?", AGDA),
    ("Torvil Brunholt's daughter", LINNEA),
    ("the author of The Salt Ledger", "ruben-ostrava"),
    ("the writer of The Salt Ledger", "ruben-ostrava"),
    ("who was Petra Malm's father?", "gustav-malm"),
    ("who was Petra Malm's dad?", "gustav-malm"),
    # whose
    ("whose wife was Agda Brunholt?", TORVIL),
    ("who was Agda Brunholt the wife of?", TORVIL),
    ("whose daughter was Linnea Brunholt", TORVIL),
    ("whose assassin was Kasper Dunwald", TORVIL),
    ("whose father was Gustav Malm", "petra-malm"),
]


@pytest.mark.parametrize(("asked", "key"), ONE, ids=[asked for asked, _ in ONE])
def test_the_one_who_is_asked_for_is_told_alone(village: Ask, asked: str, key: str) -> None:
    reply = village(asked)
    assert (reply.outcome, people(reply)) == (Outcome.FOUND, [key])


OTHER_SIDE = [
    # the pack says "wife", "successor", "son", "father", "assassin", "brother" of the first
    ("who was Agda Brunholt's husband?", [TORVIL]),
    ("whose husband was Torvil Brunholt?", [AGDA]),
    ("who preceded Nils Farrow?", [TORVIL]),
    ("Nils Farrow's predecessor", [TORVIL]),
    ("who were Sigmar Brunholt's parents?", [AGDA, TORVIL]),
    ("Linnea Brunholt's parents", [TORVIL]),
    ("Gustav Malm's children", ["petra-malm"]),
    ("Kasper Dunwald's victim", [TORVIL]),
    ("who was the victim of Kasper Dunwald", [TORVIL]),
    ("Linnea Brunholt's brother", [SIGMAR]),
    ("Sigmar Brunholt's siblings", [LINNEA]),
    # the pack says "work", "foundation", "victim" of the second
    ("who wrote The Tide Primer?", ["vilma-thorn"]),
    ("the author of The Tide Primer", ["vilma-thorn"]),
    ("who founded the Lantern Society?", ["vilma-thorn"]),
    ("who killed Yrsa Quell?", ["bardo-finck"]),
    ("who did Bardo Finck kill?", ["yrsa-quell"]),
]


@pytest.mark.parametrize(("asked", "keys"), OTHER_SIDE, ids=[asked for asked, _ in OTHER_SIDE])
def test_a_relation_is_told_from_the_side_that_the_pack_does_not_say(
    village: Ask, asked: str, keys: list[str]
) -> None:
    reply = village(asked)
    assert (reply.outcome, sorted(people(reply))) == (Outcome.FOUND, keys)


SEX_UNKNOWN = [
    # Gustav is father of Petra, Sigmar brother of Linnea: neither says who is man or woman
    "who was Gustav Malm's daughter?",
    "who was Gustav Malm's son?",
    "who was the sister of Sigmar Brunholt?",
]


@pytest.mark.parametrize("asked", SEX_UNKNOWN)
def test_a_relation_that_also_says_man_or_woman_is_not_concluded(village: Ask, asked: str) -> None:
    headings = [part.text for part in village(asked).parts if isinstance(part, Heading)]
    assert not any(heading.startswith(("Son", "Daughter", "Sister")) for heading in headings)


SEVERAL = [
    ("who was Torvil Brunholt's son?", ["ottmar-brunholt", SIGMAR]),
    ("sons of Torvil Brunholt", ["ottmar-brunholt", SIGMAR]),
    ("Torvil Brunholt's children", [LINNEA, "ottmar-brunholt", SIGMAR]),
    ("who were the kids of Torvil Brunholt", [LINNEA, "ottmar-brunholt", SIGMAR]),
    ("who founded the Harvest Guild?", [AGDA, TORVIL]),
    ("founders of the Harvest Guild", [AGDA, TORVIL]),
    ("whose son was Sigmar Brunholt?", [AGDA, TORVIL]),
    (
        "the family of Torvil Brunholt",
        [AGDA, LINNEA, "ottmar-brunholt", SIGMAR],
    ),
]


@pytest.mark.parametrize(("asked", "keys"), SEVERAL, ids=[asked for asked, _ in SEVERAL])
def test_all_who_are_asked_for_are_told_once(village: Ask, asked: str, keys: list[str]) -> None:
    assert sorted(people(village(asked))) == keys


def test_the_heading_says_what_they_are_and_to_whom(village: Ask) -> None:
    assert Heading("Son of Torvil Brunholt") in village("Torvil Brunholt's sons").parts
    assert Heading("Wife of Torvil Brunholt") in village("Torvil Brunholt's spouse").parts
    assert Heading("Agda Brunholt: wife of Torvil Brunholt") in (
        village("whose wife was Agda Brunholt").parts
    )


def test_a_single_answer_is_the_title_and_several_are_titled_by_what_they_are(
    village: Ask,
) -> None:
    assert village("who killed Torvil Brunholt").title == "Kasper Dunwald"
    assert village("Torvil Brunholt's sons").title == "Son of Torvil Brunholt"


def test_the_event_that_made_them_so_is_told_with_the_person(village: Ask) -> None:
    told = [item.id for item in village("who killed Torvil Brunholt?").items]
    assert told == ["village/kasper-dunwald", "village/stabbing"]


def test_of_a_relation_by_a_noun_without_a_deed_no_event_is_told(village: Ask) -> None:
    assert [item.date for item in village("Torvil Brunholt's sons").items] == [None, None]


def test_more_than_a_dozen_are_counted(made: Callable[..., Ask]) -> None:
    head = '[[entity]]\nkind = "person"\nname = "Old Umber"\n'
    sons = "\n".join(
        f'[[entity]]\nkind = "person"\nname = "{name}a Umberkin"\n'
        'relations = [{ kind = "son", to = "Old Umber" }]'
        for name in "Bob Cod Dod Fof Gog Hoh Joj Kok Lol Mom Non Pop Ror Sos".split()
    )
    reply = made(many=head + sons)("sons of Old Umber")
    assert (len(reply.items), "2 more" in notes(reply)) == (12, True)


# -- kinds that only this pack has ----------------------------------------------------------------

OWN_KINDS = [
    ("who was Sigmar Brunholt's godmother?", "petra-malm"),
    ("the godmother of Sigmar Brunholt", "petra-malm"),
    ("godmothers of Sigmar Brunholt", "petra-malm"),
    ("whose godmother was Petra Malm?", SIGMAR),
    ("who was the milk sister of Linnea Brunholt?", "petra-malm"),
    ("Linnea Brunholt's milk sister", "petra-malm"),
    ("who was the beekeeper of the Harvest Guild?", "petra-malm"),
    ("beekeeper for the Harvest Guild", "petra-malm"),
]


@pytest.mark.parametrize(("asked", "key"), OWN_KINDS, ids=[asked for asked, _ in OWN_KINDS])
def test_a_kind_of_relation_that_only_the_pack_has_is_asked_by_its_own_words(
    village: Ask, asked: str, key: str
) -> None:
    assert people(village(asked)) == [key]


def test_a_kind_that_the_pack_has_not_is_none(village: Ask) -> None:
    reply = village("who was Sigmar Brunholt's godfather?")
    assert reply.outcome is Outcome.NOT_FOUND


# -- slips ----------------------------------------------------------------------------------------

SLIPS = [
    # in the name
    ("who killed Torvil Brunhold?", "kasper-dunwald"),
    ("who killed Torvill Brunholt?", "kasper-dunwald"),
    ("Torvil Brunhotl's wife", AGDA),
    ("who wrote The Salt Leger?", "ruben-ostrava"),
    # in the verb
    ("who muredred Torvil Brunholt?", "kasper-dunwald"),
    ("who assasinated Torvil Brunholt?", "kasper-dunwald"),
    ("who suceeded Torvil Brunholt?", "nils-farrow"),
    # in the noun
    ("Torvil Brunholt's assasin", "kasper-dunwald"),
    ("Torvil Brunholt's sucessor", "nils-farrow"),
    ("Torvil Brunholt's daugther", LINNEA),
    ("who was Agda Brunholt's husbend?", TORVIL),
]


@pytest.mark.parametrize(("asked", "key"), SLIPS, ids=[asked for asked, _ in SLIPS])
def test_a_slip_is_read_as_what_was_meant(village: Ask, asked: str, key: str) -> None:
    assert people(village(asked)) == [key]


# -- nobody ---------------------------------------------------------------------------------------

NOBODY = [
    "who killed Agda Brunholt?",
    "who killed Sigmar Brunholt?",
    "by whom was Petra Malm killed?",
    "who succeeded Gustav Malm?",
    "who wrote Harvest Guild?",
    "Petra Malm's husband",
    "whose wife was Petra Malm?",
    "whose son was Torvil Brunholt?",
    "whom did Petra Malm marry?",
]


@pytest.mark.parametrize("asked", NOBODY)
def test_where_nobody_is_known_the_answer_says_that_it_is_not_told(
    village: Ask, asked: str
) -> None:
    reply = village(asked)
    assert reply.outcome is Outcome.NOT_FOUND
    assert "doesn't tell that" in notes(reply)


@pytest.mark.parametrize("asked", NOBODY)
def test_where_nobody_is_known_whoever_was_named_is_a_choice_that_works(
    village: Ask, asked: str
) -> None:
    choices = village(asked).choices
    assert choices
    assert all(choice in asked and village(choice).outcome is Outcome.FOUND for choice in choices)


def test_what_a_stranger_is_to_a_stranger_is_not_told(village: Ask) -> None:
    for asked in ("who killed Wenzel Prokop?", "Wenzel Prokop's wife", "whose wife was Zdenka?"):
        assert village(asked).outcome in (Outcome.NOT_FOUND, Outcome.INVALID)
        assert village(asked).items == ()


# -- more than a name and a deed -------------------------------------------------------------------

OFFICE = [
    ("who was keeper of the weir after Torvil Brunholt?", "nils-farrow"),
    ("who was miller before Nils Farrow?", TORVIL),
    ("who succeeded Torvil Brunholt as keeper of the weir?", "nils-farrow"),
    ("who took over from Torvil Brunholt?", "nils-farrow"),
    ("who was Torvil Brunholt murdered by at the weir?", "kasper-dunwald"),
]


@pytest.mark.parametrize(("asked", "key"), OFFICE, ids=[asked for asked, _ in OFFICE])
def test_what_is_asked_besides_the_name_does_not_hide_the_person(
    village: Ask, asked: str, key: str
) -> None:
    reply = village(asked)
    told = {item.id.partition("/")[2] for item in reply.items}
    assert reply.outcome is Outcome.FOUND
    assert key in told or (key == "kasper-dunwald" and "stabbing" in told)


def test_who_played_somebody_in_a_film_is_asked_of_the_film(made: Callable[..., Ask]) -> None:
    ask = made(
        one='[[entity]]\nkind = "person"\nname = "Halvard Tave"\n'
        '[[entity]]\nkind = "work"\nname = "Ice at Noon"\ndescription = "A film."\n'
        '[[entity]]\nkind = "person"\nname = "Max Orm"\n'
        'relations = [{ kind = "actor", to = "Ice at Noon" }]\n'
        '[[entity]]\nkind = "person"\nname = "Ulf Orm"\n'
        'relations = [{ kind = "actor", to = "Halvard Tave" }]\n'
    )
    assert people(ask("who played Halvard Tave in Ice at Noon?")) == ["max-orm"]


def test_a_thing_called_as_a_person_is_does_not_hide_who_killed_the_person(
    made: Callable[..., Ask],
) -> None:
    ask = made(
        one='[[entity]]\nkind = "ship"\nname = "Orm"\ndescription = "A ship."\nweight = 3\n'
        '[[entity]]\nkind = "person"\nname = "Max Orm"\n'
        '[[entity]]\nkind = "person"\nname = "Eva Sund"\n'
        'relations = [{ kind = "killer", to = "Max Orm" }]\n'
    )
    assert people(ask("who killed Max Orm?")) == ["eva-sund"]


def test_a_pen_name_is_asked_for_by_whoever_wrote_as_it(polar: Ask) -> None:
    for asked in ("who wrote as Polaris Minor?", "who used the pen name Polaris Minor"):
        assert polar(asked).title == "Anselm Korvic"


# -- several packs, several of a name, odd input --------------------------------------------------

ONE_PERSON = '[[entity]]\nkind = "person"\nname = "Ida Holmqvarn"\n'
WITH_WIFE = (
    '[[entity]]\nkind = "person"\nname = "{}"\n'
    'relations = [{{ kind = "wife", to = "Ida Holmqvarn" }}]\n'
)


def test_a_relation_that_only_one_of_two_packs_tells_is_told(made: Callable[..., Ask]) -> None:
    ask = made(left=ONE_PERSON, right=ONE_PERSON + WITH_WIFE.format("Eva Sund"))
    assert [item.id for item in ask("Ida Holmqvarn's wife").items] == ["right/eva-sund"]


def test_whoever_bears_the_name_and_has_such_a_relation_is_meant(village: Ask) -> None:
    # four bear the surname; one of them was killed
    assert people(village("who killed Brunholt?")) == ["kasper-dunwald"]


def test_a_person_without_an_entity_of_their_own_is_no_mistake(made: Callable[..., Ask]) -> None:
    ask = made(
        one='[[entity]]\nkind = "person"\nname = "Eva Sund"\n'
        'relations = [{ kind = "wife", to = "Somebody Unlisted" }]\n'
    )
    assert people(ask("who was Eva Sund's husband?")) == []


HOSTILE = [
    'who killed "Torvil Brunholt" OR *?',
    "who killed Torvil Brunholt' --",
    "who was NEAR(Torvil Brunholt)'s wife",
    "whose AND was Agda Brunholt",
    "who was the (wife) of Torvil Brunholt*",
    "who was the NOT of Torvil Brunholt",
    "who killed \u202eTorvil Brunholt",
    "who killed " + "Torvil " * 30,
    "who was " + "the wife of " * 20 + "Torvil Brunholt",
    "'s wife",
    "whose was",
    "who killed",
    "the wife of",
    "by whom was killed",
]


@pytest.mark.parametrize("asked", HOSTILE, ids=ascii)
def test_odd_input_gets_a_reply_and_never_a_stranger(village: Ask, asked: str) -> None:
    assert {"ruben-ostrava", "gustav-malm"}.isdisjoint(people(village(asked)))
