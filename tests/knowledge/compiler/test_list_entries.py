"""Boxes of facts and lists without verbs: what they tell that the text doesn't."""

from __future__ import annotations

from knowledge.compiler.dates import find_dates
from knowledge.compiler.events import find_events
from knowledge.compiler.people import find_cast
from knowledge.readers.article import Article
from knowledge.readers.reading import read_article


def told(wikitext: str) -> list[str]:
    article = read_article(wikitext.encode(), "passage.wiki", title="Otto Kern")
    assert isinstance(article, Article)
    dates = find_dates(article)
    events = find_events(article, dates, find_cast(article, dates))
    return [f"{event.date.start} {event.text}" for event in events]


def test_a_box_tells_an_office_a_marriage_and_an_award() -> None:
    found = told(
        """{{Infobox officeholder
| name = Otto Kern
| office = Mayor of Kiel
| term_start = 4 March 1885
| term_end = 3 March 1891
| spouse = {{marriage|[[Anna Moll]]|19 November 1868}}
| awards = [[Iron Cross]] (10 July 1894)
}}
'''Otto Kern''' was a German politician. Kern entered the council on 5 May 1870.
"""
    )
    assert "1885-03-04 Otto Kern took office as Mayor of Kiel." in found
    assert "1891-03-03 Otto Kern left office as Mayor of Kiel." in found
    assert "1868-11-19 Otto Kern married Anna Moll." in found
    assert "1894-07-10 Otto Kern received the Iron Cross." in found


def test_what_the_text_tells_of_a_day_is_not_told_again_by_box_or_list() -> None:
    found = told(
        """{{Infobox officeholder
| name = Otto Kern
| office = Mayor of Kiel
| term_start = 4 March 1885
}}
'''Otto Kern''' was a German politician. Kern took office on 4 March 1885.

== Honours ==
* [[Iron Cross]], 10 July 1894
* Oath of office: 4 March 1885
"""
    )
    assert found == [
        "1885-03-04 Otto Kern took office.",
        "1894-07-10 Otto Kern, honours: Iron Cross.",
    ]


def test_an_entry_that_is_only_a_day_or_a_name_tells_nothing() -> None:
    found = told(
        """'''Otto Kern''' was a German politician. Kern took office on 4 March 1885.

== Timeline ==
; 3 May 1880
* Kern in 3 May 1890.
* 12 July 1882, elected to the Diet
"""
    )
    assert found == [
        "1885-03-04 Otto Kern took office.",
        "1882-07-12 Otto Kern was elected to the Diet.",
    ]
