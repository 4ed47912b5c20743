"""Relations in a few sentences: family first, the rest counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.relations import MOST_KINDS, MOST_NAMES


def _person(name: str, *relations: tuple[str, str]) -> str:
    told = ", ".join(f'{{kind = "{kind}", to = "{to}"}}' for kind, to in relations)
    return f'[[entity]]\nkind = "person"\nname = "{name}"\nrelations = [{told}]\n'


def _notes(reply: object) -> str:
    return " ".join(getattr(part, "text", "") for part in reply.parts)  # type: ignore[attr-defined]


def test_family_is_told_before_others(made: Callable[..., Callable[[str], object]]) -> None:
    ask = made(
        one=_person("Ida Holm")
        + _person("Olaf Berg", ("rival", "Ida Holm"))
        + _person("Eva Sund", ("mother", "Ida Holm"))
    )
    assert "Mother: Eva Sund. Rival: Olaf Berg." in _notes(ask("who was Ida Holm"))


@pytest.mark.parametrize(("number", "told"), [(MOST_NAMES + 1, ""), (MOST_NAMES + 3, "3 more")])
def test_many_of_a_kind_are_counted(
    made: Callable[..., Callable[[str], object]], number: int, told: str
) -> None:
    friends = (_person(f"Ally Number{n}", ("ally", "Ida Holm")) for n in range(number))
    said = _notes(made(one=_person("Ida Holm") + "".join(friends))("who was Ida Holm"))
    assert (f"and {told}." in said) if told else (" more" not in said)


def test_many_kinds_are_counted(made: Callable[..., Callable[[str], object]]) -> None:
    kinds = [f"tie {'a' * (n + 1)}" for n in range(MOST_KINDS + 2)]
    others = (_person(f"Other Number{n}", (kind, "Ida Holm")) for n, kind in enumerate(kinds))
    said = _notes(made(one=_person("Ida Holm") + "".join(others))("who was Ida Holm"))
    assert "2 more kinds of relations are not told here." in said


def test_what_only_the_entity_says_is_told_from_its_side(
    made: Callable[..., Callable[[str], object]],
) -> None:
    ask = made(one=_person("Ida Holm", ("pupil", "Eva Sund")) + _person("Eva Sund"))
    assert "Pupil of Eva Sund." in _notes(ask("who was Ida Holm"))
