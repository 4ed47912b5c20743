"""What a file puts in italics is known of the clean text, whatever the format."""

from __future__ import annotations

import pytest

from knowledge.compiler.dates import find_dates
from knowledge.readers.article import Article, Block
from knowledge.readers.reading import read_article

BEGINNING = "Anna Weiss was a painter of the north who lived in a small town by the sea. "


def article(name: str, text: str) -> Article:
    read = read_article(text.encode(), name)
    assert isinstance(read, Article)
    return read


def italics_of(block: Block) -> list[str]:
    return [block.text[start:stop] for start, stop in block.italics]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.txt", "She showed ''The Long Road'' there.", ["The Long Road"]),
        ("a.txt", "She showed '''''The Long Road''''' there.", ["The Long Road"]),
        ("a.txt", "She showed '''The Long Road''' there.", []),
        ("a.wiki", "She showed ''[[The Long Road]]'' there.", ["The Long Road"]),
        ("a.wiki", "She showed ''The Long Road'' and ''Rain''.", ["The Long Road", "Rain"]),
        ("a.wiki", "She showed '''The Long Road''' there.", []),
        ("a.html", "<p>She showed <i>The <b>Long</b> Road</i> there.</p>", ["The Long Road"]),
        ("a.html", "<p>She showed <em> The Long Road </em> there.</p>", ["The Long Road"]),
        ("a.html", "<p>She showed <i>The <em>Long</em> Road</i>.</p>", ["The Long Road"]),
        ("a.html", "<p>She showed <b>The Long Road</b>.</p>", []),
        ("a.md", "She showed *The Long Road* there.", ["The Long Road"]),
        ("a.md", "She showed _The Long Road_ there.", ["The Long Road"]),
        ("a.md", "She showed **The Long Road** there.", []),
        ("a.md", "She showed 3 * 4 roads and snake_case_names.", []),
    ],
)
def test_italics_are_stretches_of_the_clean_text(name: str, text: str, words: list[str]) -> None:
    (block,) = article(name, text).blocks
    assert italics_of(block) == words


def test_a_genitive_ends_italics_and_keeps_its_apostrophe() -> None:
    (block,) = article("a.wiki", "The end of ''[[Rain]]'''s second act.").blocks
    assert block.text == "The end of Rain's second act."
    assert italics_of(block) == ["Rain"]


@pytest.mark.parametrize("name", ["a.txt", "a.wiki", "a.md"])
def test_a_mark_that_is_never_closed_slopes_nothing(name: str) -> None:
    mark = "*" if name == "a.md" else "''"
    (block,) = article(name, f"She showed {mark}The Long Road there. {BEGINNING}").blocks
    assert not block.italics


def test_marks_that_close_far_away_slope_nothing() -> None:
    (block,) = article("a.wiki", f"She ''went. {BEGINNING * 5} Then'' she left.").blocks
    assert not block.italics


@pytest.mark.parametrize(
    ("sentence", "use"),
    [
        ("In May she finished ''The Road to the Sea, 1914'' at home.", "title"),
        ("In May she finished ''Two Winters: 1888'' at home.", "title"),
        ("In May she finished ''The Fire of 12 May 1888'' at home.", "title"),
        ("In May she left the town, ''12 May 1888'', for good.", "text"),
        ("In May she left the town in ''1888'' for good.", "text"),
        ("In May she read the poem ''1888'' aloud.", "title"),
        ("''The house where she lived in 1888''", "text"),
        ("She wrote of ''the day, 12 May 1888, as her last''.", "text"),
    ],
)
def test_dates_in_italic_titles_are_of_the_title(sentence: str, use: str) -> None:
    read = article("a.wiki", f"{BEGINNING}\n\n{sentence}")
    uses = {
        date.use.value
        for date in find_dates(read)
        if "8" in (text := read.blocks[date.block].text[date.start : date.stop]) or "1914" in text
    }
    assert uses == {use}
