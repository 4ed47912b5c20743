"""/whowas by the rules of its contract, asked of an invented pack whose every name is known."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.reply import Choices, Heading, Note, Outcome, Reply, SeeAlso

Ask = Callable[..., Reply]


def ids(reply: Reply) -> list[str]:
    return [item.id.removeprefix("polar-expedition/") for item in reply.items]


def said(reply: Reply) -> str:
    return " ".join(part.text for part in reply.parts if isinstance(part, Note))


def heading(reply: Reply) -> Heading:
    (found,) = (part for part in reply.parts if isinstance(part, Heading))
    return found


# -- one person -----------------------------------------------------------------------------------


def test_a_person_is_told_first_then_the_events_of_their_life_in_order(polar: Ask) -> None:
    reply = polar("who was Halvard Tavelund?")
    assert (reply.outcome, reply.command) == (Outcome.FOUND, "whowas")
    assert reply.title == "Halvard Tavelund"
    assert ids(reply) == [
        "halvard-tavelund",
        "tavelund-born",
        "wedding",
        "command-given",
        "departure",
        "eight-days-march",
        "pole-speech",
        "tavelund-dies",
    ]


def test_the_entity_has_no_date_and_its_events_have_theirs(polar: Ask) -> None:
    dates = [item.date for item in polar("who was Eskil Rangvald").items]
    assert dates == [None, "1896-07-01", "1899-06-19", "1899-08-14"]


@pytest.mark.parametrize(
    ("name", "dates"),
    [
        ("Halvard Tavelund", ["29 February 1848", "17 March 1912"]),
        ("Sunniva Tavelund", ["born", "1855"]),
        ("Eskil Rangvald", ["died", "14 August 1899"]),
        ("Ytha Morrane", ["95 BC", "12 BC"]),
    ],
)
def test_life_dates_stand_beside_the_name_in_words(polar: Ask, name: str, dates: list[str]) -> None:
    assert all(words in heading(polar(f"who was {name}")).detail for words in dates)


def test_a_person_without_dates_has_none_beside_the_name(polar: Ask) -> None:
    assert heading(polar("who was Oddny Kverne")).detail == ""


def test_relations_are_told_from_both_sides(polar: Ask) -> None:
    assert "Wife: Sunniva Tavelund" in said(polar("who was Halvard Tavelund"))
    assert "Rival: Eskil Rangvald" in said(polar("who was Halvard Tavelund"))
    assert "Wife of Halvard Tavelund" in said(polar("who was Sunniva Tavelund"))
    assert "Author: Oddny Kverne" in said(polar("who was The White Meridian"))


def test_who_shares_most_events_is_named_to_lead_on(polar: Ask) -> None:
    names = [
        name
        for part in polar("who was Eskil Rangvald").parts
        if isinstance(part, SeeAlso)
        for name in part.names
    ]
    assert "Sabelvind" in names
    assert "Eskil Rangvald" not in names


def test_an_event_of_a_life_has_its_whole_date_before_it(polar: Ask) -> None:
    labels = {item.id.partition("/")[2]: item.label for item in polar("who was Sabelvind").items}
    assert labels["departure"] == "14 June 1893"
    assert labels["first-ice"] == "September 1893"
    assert labels["keel-laid"] == "1892"
    assert labels["landfall"].startswith("between 1")


def test_a_person_of_whom_only_the_name_is_known_still_gets_a_sentence(polar: Ask) -> None:
    reply = polar("who was Bexley Storr")
    assert ids(reply) == ["bexley-storr", "exhibition"]
    assert reply.items[0].text


def test_a_fictional_person_is_marked_so(polar: Ask) -> None:
    assert "fictional" in polar("who was Brannoch Fell").items[0].text.lower()
    assert "fictional" not in polar("who was Oddny Kverne").items[0].text.lower()


# -- no person ------------------------------------------------------------------------------------

THINGS = [
    ("Sabelvind", "ship"),
    ("Norrvik Geographical Circle", "organisation"),
    ("The White Meridian", "work"),
    ("Port Sorrel", "place"),
    ("Treaty of Port Sorrel", "treaty"),
    ("Trial of the Mutineers", "trial"),
    ("White Storm", "event"),
    ("Meridian Rule", "concept"),
    ("Battle of the Ridge", "battle"),
]


@pytest.mark.parametrize(("name", "kind"), THINGS, ids=[kind for _, kind in THINGS])
def test_a_thing_that_is_no_person_is_still_explained_and_says_what_it_is(
    polar: Ask, name: str, kind: str
) -> None:
    reply = polar(f"who was {name}?")
    assert (reply.outcome, reply.title) == (Outcome.FOUND, name)
    assert f" {kind}" in reply.items[0].text
    assert reply.items[0].text.startswith(name)


def test_an_article_before_the_kind_fits_it(polar: Ask) -> None:
    texts = {polar(f"who was {name}").items[0].text for name in ("White Storm", "Sabelvind")}
    assert any(" is an event" in text for text in texts)
    assert any(" is a ship" in text for text in texts)


# -- how a name may be written --------------------------------------------------------------------

SPELLINGS = [
    ("halvard tavelund", "halvard-tavelund"),
    ("HALVARD TAVELUND", "halvard-tavelund"),
    ("Tavelund, Halvard", "halvard-tavelund"),
    ("H. Tavelund", "halvard-tavelund"),
    ("Halvard Tavelunt", "halvard-tavelund"),
    ("halvart tavelund", "halvard-tavelund"),
    ("the Old Bear", "halvard-tavelund"),
    ("old bear", "halvard-tavelund"),
    ("rangvald", "eskil-rangvald"),
    ("rangwald", "eskil-rangvald"),
    ("Marthe Quilon", "marthe-quillon"),
    ("dzhuvek", "ilmar-dzhuvek"),
    ("Ильмар Джувек", "ilmar-dzhuvek"),
    ("Джувек", "ilmar-dzhuvek"),
    ("ильмар джувек", "ilmar-dzhuvek"),
    ("Polaris Minor", "anselm-korvic"),
    ("Captain Fell", "brannoch-fell"),
    ("sable wind", "sabelvind"),
    ("sabelwind", "sabelvind"),
    ("White Meridian", "the-white-meridian"),
    ("the Norrvik Circle", "circle"),
    ("1893", "play-1893"),
]


@pytest.mark.parametrize(("typed", "key"), SPELLINGS, ids=[ascii(typed) for typed, _ in SPELLINGS])
def test_a_name_is_found_however_it_is_written(polar: Ask, typed: str, key: str) -> None:
    reply = polar(f"who was {typed}")
    assert reply.outcome is Outcome.FOUND
    assert ids(reply)[0] == key


STRANGERS = [
    "Napoleon",
    "Halvard Rangvald",
    "Osric Tavelund",
    "Marthe Tavelund",
    "Tavelundovna Petrova",
    "Venner",
    "Fells",
    "Storck",
    "a",
    "the",
    "of",
    "X",
    "???",
]


@pytest.mark.parametrize("typed", STRANGERS)
def test_a_stranger_is_nobody_with_confidence(polar: Ask, typed: str) -> None:
    reply = polar(f"/whowas {typed}")
    assert reply.outcome in (Outcome.NOT_FOUND, Outcome.AMBIGUOUS, Outcome.INVALID)
    assert reply.items == ()


def test_a_name_that_is_not_there_says_so_and_names_the_library(polar: Ask) -> None:
    reply = polar("who was Napoleon")
    assert (reply.outcome, reply.command, reply.title) == (Outcome.NOT_FOUND, "whowas", None)
    assert "Napoleon is not in the library (The Meridian Expedition)" in said(reply)
    assert reply.choices == ()


def test_a_name_that_is_not_there_offers_the_nearest(polar: Ask) -> None:
    # two letters of other sounds are too much to forgive in eight, and near enough to offer
    reply = polar("who was Tagelurd")
    assert (reply.outcome, reply.items) == (Outcome.NOT_FOUND, ())
    assert list(reply.choices) == ["Halvard Tavelund", "Sunniva Tavelund"]


def test_what_was_typed_is_repeated_without_what_a_terminal_obeys(polar: Ask) -> None:
    reply = polar("/whowas Nap\x1b[31moleon\u202e Bona\u2028parte")
    assert reply.outcome is Outcome.NOT_FOUND
    assert said(reply).isprintable()


def test_a_long_name_is_repeated_in_part_only(polar: Ask) -> None:
    assert len(said(polar("/whowas " + "Zzyx" * 100))) < 200


def test_no_name_at_all_asks_for_one_with_a_choice_that_works(polar: Ask) -> None:
    reply = polar("/whowas")
    assert (reply.outcome, reply.command) == (Outcome.INVALID, "whowas")
    assert [polar(choice).outcome for choice in reply.choices] == [Outcome.FOUND]


# -- several of one name --------------------------------------------------------------------------

SHARED = [
    ("Tavelund", ["halvard-tavelund", "sunniva-tavelund"]),
    ("Osric Venn", ["osric-venn-surgeon", "osric-venn-carpenter"]),
    ("venn", ["osric-venn-surgeon", "osric-venn-carpenter"]),
    ("Tam Brigg", ["tam-brigg-cook", "tam-brigg-handler"]),
    ("Quillon", ["quillon", "marthe-quillon"]),
]


@pytest.mark.parametrize(("name", "keys"), SHARED, ids=[name for name, _ in SHARED])
def test_a_shared_name_tells_nothing_but_choices(polar: Ask, name: str, keys: list[str]) -> None:
    reply = polar(f"who was {name}")
    assert (reply.outcome, reply.command, reply.title) == (Outcome.AMBIGUOUS, "whowas", None)
    assert reply.items == ()
    assert len(reply.choices) == len(keys)


@pytest.mark.parametrize(("name", "keys"), SHARED, ids=[name for name, _ in SHARED])
def test_each_choice_of_a_shared_name_asked_gives_its_own_bearer(
    polar: Ask, name: str, keys: list[str]
) -> None:
    asked = [polar(choice) for choice in polar(f"who was {name}").choices]
    assert {reply.outcome for reply in asked} == {Outcome.FOUND}
    assert sorted(ids(reply)[0] for reply in asked) == sorted(keys)


@pytest.mark.parametrize(("name", "keys"), SHARED, ids=[name for name, _ in SHARED])
def test_a_choice_may_also_be_asked_with_who_was_or_as_a_command(
    polar: Ask, name: str, keys: list[str]
) -> None:
    for choice in polar(f"who was {name}").choices:
        assert ids(polar(f"who was {choice}?")) == ids(polar(choice))
        assert ids(polar(f'/whowas name:"{choice}"')) == ids(polar(choice))


@pytest.mark.parametrize(("name", "keys"), SHARED, ids=[name for name, _ in SHARED])
def test_a_choice_of_a_shared_name_begins_with_the_name(
    polar: Ask, name: str, keys: list[str]
) -> None:
    for choice in polar(f"who was {name}").choices:
        assert choice.startswith(str(polar(choice).title))


@pytest.mark.parametrize(("name", "keys"), SHARED, ids=[name for name, _ in SHARED])
def test_each_choice_has_with_it_what_tells_it_apart(
    polar: Ask, name: str, keys: list[str]
) -> None:
    (choices,) = (part for part in polar(f"who was {name}").parts if isinstance(part, Choices))
    details = [choice.detail for choice in choices.choices]
    assert all(details)
    assert len(set(details)) == len(details)


def test_the_likeliest_bearer_of_a_name_comes_first(polar: Ask) -> None:
    assert polar("who was Tavelund").choices[0] == "Halvard Tavelund"


def test_the_number_of_bearers_is_said(polar: Ask) -> None:
    assert "Two people" in said(polar("who was Tavelund"))
    assert "people" not in said(polar("who was Quillon"))


def test_many_bearers_are_capped_and_the_rest_counted(made: Callable[..., Ask]) -> None:
    ask = made(
        many="\n".join(
            f'[[entity]]\nkind = "person"\nname = "N{n} Lundqvarn"\ndescription = "Person {n}."'
            for n in range(13)
        )
    )
    reply = ask("who was Lundqvarn")
    assert (reply.outcome, len(reply.choices)) == (Outcome.AMBIGUOUS, 10)
    assert "3 more" in said(reply)


def test_people_of_one_name_with_other_years_in_two_packs_can_each_be_asked(
    made: Callable[..., Ask],
) -> None:
    one = '[[entity]]\nkind = "person"\nname = "Ida Holmqvarn"\nborn = "{}"'
    ask = made(left=one.format("1850"), right=one.format("1901"))
    choices = ask("who was Ida Holmqvarn").choices
    assert sorted(ask(choice).items[0].id for choice in choices) == [
        "left/ida-holmqvarn",
        "right/ida-holmqvarn",
    ]


@pytest.mark.parametrize("years", [("", ""), ('born = "1850"', ""), ('born = "1850"',) * 2])
def test_one_name_in_two_packs_without_other_years_is_told_as_one_and_said(
    made: Callable[..., Ask], years: tuple[str, str]
) -> None:
    one = '[[entity]]\nkind = "person"\nname = "Ida Holmqvarn"\ndescription = "A {}."\n'
    ask = made(left=one.format("baker") + years[0], right=one.format("smith") + years[1])
    reply = ask("who was Ida Holmqvarn")
    assert [item.id for item in reply.items] == ["left/ida-holmqvarn", "right/ida-holmqvarn"]
    assert "Two packs tell of this name, and nothing shows two people." in said(reply)


def test_a_surname_in_two_packs_is_not_one_person(made: Callable[..., Ask]) -> None:
    one = '[[entity]]\nkind = "person"\nname = "{} Holmqvarn"\ndescription = "A baker."\n'
    ask = made(left=one.format("Ida"), right=one.format("Eva"))
    assert ask("who was Holmqvarn").outcome == "ambiguous"


@pytest.mark.parametrize("name", ["Friday", "May", "1905", "Christmas"])
def test_an_entity_called_as_a_date_is_can_be_reached_by_its_choice(
    made: Callable[..., Ask], name: str
) -> None:
    ask = made(
        odd=f'[[entity]]\nkind = "work"\nname = "{name}"\ndescription = "A book."\n'
        f'[[entity]]\nkind = "person"\nname = "Ole {name}"\ndescription = "A man."'
    )
    asked = [ask(choice) for choice in ask(f"who was {name}").choices]
    assert sorted(str(reply.title) for reply in asked) == sorted([name, f"Ole {name}"])
    assert {reply.command for reply in asked} == {"whowas"}


# -- every name of every library ------------------------------------------------------------------


@pytest.mark.parametrize("library", ["polar", "trotsky", "nobel", "everything"])
def test_every_entity_is_reached_by_its_name_or_by_a_choice_of_it(
    libraries: dict[str, Ask], library: str
) -> None:
    ask = libraries[library]
    lost = []
    for entity in ask.answerer.store.entities():  # type: ignore[attr-defined]
        reply = ask(f"/whowas {entity.name}")
        replies = [ask(choice) for choice in reply.choices] or [reply]
        if entity.key not in {item.id for found in replies for item in found.items}:
            lost.append((entity.key, reply.outcome, reply.choices))
    assert lost == []


def test_a_things_longer_text_is_told(made: Callable[..., Ask]) -> None:
    ask = made(
        one='[[entity]]\nkind = "concept"\nname = "The Question of Tides"\n'
        'description = "A dispute."\ntext = "Ida Holm holds one view.\\n\\nEva Sund denies it."'
    )
    told = ask("who was the Question of Tides").items[0].text
    assert told == (
        "The Question of Tides is a concept: a dispute."
        " Ida Holm holds one view. Eva Sund denies it."
    )


def test_a_persons_longer_text_is_told(made: Callable[..., Ask]) -> None:
    ask = made(
        one='[[entity]]\nkind = "person"\nname = "Ida Holm"\ndescription = "A baker."\n'
        'text = "She kept bees.\\n\\nShe sold a lantern."'
    )
    assert ask("who was Ida Holm").items[0].text == "A baker. She kept bees. She sold a lantern."


# -- births of others -----------------------------------------------------------------------------

FAMILY = "\n".join(
    (
        *(
            f'[[entity]]\nkind = "person"\nname = "{name}"\nrelations = [{relations}]'
            for name, relations in (
                ("Ida Holm", '{ kind = "mother", to = "Eva Holm" }'),
                ("Ole Holm", '{ kind = "husband", to = "Ida Holm" }'),
                ("Eva Holm", ""),
                ("Jon Holm", '{ kind = "son", to = "Ida Holm" }'),
                ("Kai Sund", '{ kind = "cousin", to = "Ida Holm" }'),
            )
        ),
        *(
            f'[[event]]\nid = "{key}"\ndate = "{year}"\nkind = "{kind}"\n'
            f'text = "Of {key}."\npeople = [{people}]'
            for key, year, kind, people in (
                ("ida-born", 1850, "birth", '"Ida Holm"'),
                ("ole-born", 1851, "birth", '"Ole Holm", "Ida Holm"'),
                ("eva-born", 1880, "birth", '"Eva Holm", "Ida Holm"'),
                ("jon-born", 1881, "birth", '"Jon Holm", "Ida Holm"'),
                ("kai-born", 1882, "birth", '"Kai Sund", "Ida Holm"'),
                ("ole-dies", 1900, "death", '"Ole Holm", "Ida Holm"'),
                ("ida-bakes", 1901, "event", '"Ida Holm"'),
            )
        ),
    )
)


def test_births_of_others_are_told_of_ones_children_only(made: Callable[..., Ask]) -> None:
    """A child is one by its own relation or by the parent's; deaths of others are told."""
    told = [item.id.partition("/")[2] for item in made(one=FAMILY)("who was Ida Holm").items]
    assert told == ["ida-holm", "ida-born", "eva-born", "jon-born", "ole-dies", "ida-bakes"]


def test_of_a_thing_every_birth_is_told(made: Callable[..., Ask]) -> None:
    ask = made(
        one='[[entity]]\nkind = "place"\nname = "Aldby"\ndescription = "A town."\n'
        '[[event]]\nid = "born"\ndate = "1850"\nkind = "birth"\ntext = "Ida is born in Aldby."\n'
        'people = ["Ida Holm"]\nplaces = ["Aldby"]'
    )
    assert [item.id for item in ask("who was Aldby").items] == ["one/aldby", "one/born"]
