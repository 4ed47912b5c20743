"""Several citations in a row are references, whatever heading they stand under."""

from __future__ import annotations

from knowledge.readers.article import Article, Role
from knowledge.readers.reading import read_article

CITATIONS = [
    "Holm, O. (1901). The Norrby School. Uppsala: Almberg.",
    "Dahl, E. (1902). The Fire. Uppsala: Almberg, pp. 20-21.",
    "Berg, P. (1911). The Strike. Sil: Lake Press.",
]
ALBUMS = ["The Iron (1971)", "The Water (1973)", "The Fire (1975)"]


def roles(lines: list[str]) -> list[Role]:
    text = "The town was small.\n\n" + "\n".join(f"* {line}" for line in lines)
    article = read_article(text.encode(), "a.txt")
    assert isinstance(article, Article)
    return [block.role for block in article.blocks[1:]]


def test_three_citations_in_a_row_are_references() -> None:
    assert roles(CITATIONS) == [Role.REFERENCE] * 3


def test_two_citations_stay_items_of_their_list() -> None:
    assert roles(CITATIONS[:2]) == [Role.LIST] * 2


def test_titles_with_years_alone_are_works_and_no_references() -> None:
    assert roles(ALBUMS) == [Role.LIST] * 3
