"""The cast of an article: places of names are exact, hostile text does no harm, time is linear."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.compiler.cast import Cast, FoundEntity, FoundRelation, Pronoun
from knowledge.compiler.dates import find_dates
from knowledge.compiler.people import find_cast
from knowledge.model import EntityKind, Span
from knowledge.readers.article import Article, Block, Link, Piece, Role

KERN = (
    "Ottilie Kern was a painter from Kollau. Her brother, Otto Kern, was a miller. "
    "Kern sold him a picture in 1811."
)


def article(*texts: str, title: str = "Ottilie Kern", role: Role = Role.PROSE) -> Article:
    blocks = []
    offset = 0
    for text in texts:
        blocks.append(Block(role, text, ("Life",), (Piece(0, offset, offset + len(text)),)))
        offset += len(text) + 1
    return Article(title, tuple(blocks))


def cast_of(found: Article) -> Cast:
    return find_cast(found, find_dates(found))


def named(cast: Cast, name: str) -> FoundEntity:
    return next(entity for entity in cast.entities if entity.name == name)


def test_the_subject_is_the_person_of_the_title() -> None:
    cast = cast_of(article(KERN))
    assert cast.subject is not None
    assert cast.entities[cast.subject].name == "Ottilie Kern"


def test_a_subject_whose_title_is_a_files_has_the_name_that_the_text_begins_with() -> None:
    club = "Torvald Rovers Football Club is a football club in Veldtown. It was founded in 1884."
    cast = cast_of(article(club, title="page"))
    assert cast.subject is not None
    assert cast.entities[cast.subject].name == "Torvald Rovers Football Club"


def test_a_surname_alone_is_the_subjects() -> None:
    cast = cast_of(article(KERN))
    assert named(cast, "Ottilie Kern").mentions == 2
    assert named(cast, "Otto Kern").mentions == 1


def test_each_place_of_a_name_holds_one_of_its_forms() -> None:
    found = article(KERN, "Dr. Kern and Ms. Ilse von Brandt met in Vellin.")
    cast = cast_of(found)
    for place in cast.named:
        entity = cast.entities[place.entity]
        written = found.blocks[place.block].text[place.start : place.stop]
        assert written in {entity.name, *entity.aliases}


def test_places_of_names_are_in_the_order_of_the_text() -> None:
    cast = cast_of(article(KERN, KERN))
    places = [(place.block, place.start) for place in cast.named]
    assert places == sorted(places)


def test_the_statement_is_where_the_description_stands_in_the_file() -> None:
    cast = cast_of(article("A line before it.", KERN))
    start = len("A line before it.") + 1
    assert named(cast, "Ottilie Kern").statement == Span(
        start, start + len("Ottilie Kern was a painter from Kollau")
    )


def test_relations_are_told_from_both_sides() -> None:
    cast = cast_of(article(KERN))
    people = [entity.name for entity in cast.entities]
    otto, ottilie = people.index("Otto Kern"), people.index("Ottilie Kern")
    assert FoundRelation("brother", ottilie) in cast.entities[otto].relations
    assert FoundRelation("sister", otto) in cast.entities[ottilie].relations


def test_pronouns_are_known_from_words_for_people() -> None:
    cast = cast_of(article(KERN))
    assert named(cast, "Ottilie Kern").pronoun is Pronoun.SHE
    assert named(cast, "Otto Kern").pronoun is Pronoun.HE


def test_a_link_gives_the_whole_name_behind_a_first_name() -> None:
    text = "The house was left to Tilly, a cousin."
    block = Block(
        Role.PROSE,
        text,
        (),
        (Piece(0, 0, len(text)),),
        (Link(text.index("Tilly"), text.index("Tilly") + 5, "Tilly Brandt"),),
    )
    cast = cast_of(Article("Kollau", (block,)))
    assert named(cast, "Tilly Brandt").aliases == ("Tilly",)


def test_what_a_link_says_in_brackets_tells_the_kind() -> None:
    text = "He praised Northern Wind and Ida Holt."
    links = tuple(
        Link(text.index(name), text.index(name) + len(name), target)
        for name, target in (
            ("Northern Wind", "Northern Wind (1911 novel)"),
            ("Ida Holt", "Ida Holt (physicist)"),
        )
    )
    block = Block(Role.PROSE, text, (), (Piece(0, 0, len(text)),), links)
    cast = cast_of(Article("Ottilie Kern", (block,)))
    assert named(cast, "Northern Wind").kind is EntityKind.WORK
    assert named(cast, "Ida Holt").description == "Physicist."


def test_authors_in_citations_are_nobody_of_the_story() -> None:
    cast = cast_of(article("Brandt, Ilse. Kollau. Vellin Press, 1987.", role=Role.NOTE))
    assert cast.entities == ()


def test_who_is_named_in_a_list_of_links_by_what_he_made_is_somebody() -> None:
    links = article("An interview with Ida Brandt about Kern", role=Role.REFERENCE)
    story = article(KERN)
    cast = cast_of(Article(story.title, (*story.blocks, *links.blocks)))
    assert named(cast, "Ida Brandt").kind is EntityKind.PERSON
    assert cast.named[-1].block == 1


def test_a_name_that_goes_on_in_capitals_in_a_list_of_links_is_left_out() -> None:
    cast = cast_of(article("Salt by Ida Brandt Radio Ebbing", role=Role.REFERENCE))
    assert cast.entities == ()


def test_an_article_that_names_nobody_has_no_cast() -> None:
    assert (
        cast_of(Article("", (Block(Role.PROSE, "it rained.", (), (Piece(0, 0, 10),)),))) == Cast()
    )


WORDS = st.sampled_from(
    "Kern Otto Ilse von der de la II Jr. the The of and his her He She they their wife sons was"
    " born died in 1811 ( ) , . ; : \" “ ” ' 's — – - painter Duke Saint St. J. R. known as née"
    " who married by called Battle Party Mr. May March I &".split()
)


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=40), st.sampled_from(["Otto Kern", "Kern", "", "Battle of Orm"]))
def test_no_order_of_words_does_harm(words: list[str], title: str) -> None:
    text = " ".join(words) or "."
    cast = cast_of(article(text, title=title))
    assert all(0 <= place.start < place.stop <= len(text) for place in cast.named)
    assert all(len(entity.description) <= 300 for entity in cast.entities)


@settings(max_examples=150)
@given(st.text(min_size=1, max_size=120))
def test_no_text_does_harm(text: str) -> None:
    cast_of(article(text, title=text[:20]))


def test_time_is_linear_in_what_never_ends() -> None:
    for part in (
        "Kern ",
        "Otto Kern and ",
        "his sister, ",
        "(",
        '"',
        "Kern's ",
        "J. ",
        "the son of ",
    ):
        found = article(part * (40_000 // len(part)))
        begin = time.process_time()
        find_cast(found, ())
        assert time.process_time() - begin < 3.0, part


def test_a_box_of_facts_tells_what_others_are_to_its_subject() -> None:
    box = ("Spouse: Otto Brandt (m. 1815)", "Doctoral advisor: Emil Rehn", "Children: 2")
    found = article(*box, "Relatives: Karl Kern (brother)", "Known for: Ida Moll", role=Role.FACT)
    prose = article(KERN + " Karl Kern and Ida Moll saw it. Emil Rehn was ill.")
    cast = cast_of(Article("Ottilie Kern", (*found.blocks, *prose.blocks)))
    assert cast.subject is not None
    told = {
        name: [kind for kind, to in named(cast, name).relations if to == cast.subject]
        for name in ("Otto Brandt", "Emil Rehn", "Karl Kern", "Ida Moll")
    }
    assert told == {
        "Otto Brandt": ["husband"],
        "Emil Rehn": ["teacher"],
        "Karl Kern": ["brother"],
        "Ida Moll": [],
    }
