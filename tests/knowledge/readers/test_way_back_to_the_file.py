"""Every letter of a block leads back to the letters of the file that it comes from."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quality.samples import TROTSKY, WIKIWARS, skip_without

from knowledge.readers.article import Article
from knowledge.readers.reading import read_article

FIXTURES = Path(__file__).parent / "fixtures"
FILES = sorted(path.name for path in FIXTURES.iterdir() if path.suffix != ".toml")


def assert_leads_back(source: str, article: Article) -> None:
    for block in article.blocks:
        assert block.text == " ".join(block.text.split())
        starts = [piece.start for piece in block.pieces]
        assert starts[0] == 0
        assert starts == sorted(set(starts))
        for piece, stop in zip(block.pieces, [*starts[1:], len(block.text)], strict=True):
            assert 0 <= piece.origin < piece.origin_stop <= len(source)
            if piece.verbatim:
                text = block.text[piece.start : stop]
                assert text == source[piece.origin : piece.origin + len(text)]
        for link in block.links:
            assert 0 <= link.start < link.stop <= len(block.text)


def read(source: str, name: str) -> Article | None:
    article = read_article(source.encode(), name)
    return article if isinstance(article, Article) else None


@pytest.mark.parametrize("name", FILES)
def test_verbatim_runs_of_a_fixture_stand_in_the_file(name: str) -> None:
    source = (FIXTURES / name).read_bytes().decode()
    article = read(source, name)
    assert article
    assert_leads_back(source, article)


def test_what_a_template_writes_in_another_order_leads_to_all_of_it() -> None:
    source = "She was born on {{OldStyleDate|2 March|1884|19 February}} in Pern."
    article = read(source, "page.wiki")
    assert article
    (block,) = article.blocks
    assert block.text == "She was born on 2 March [O.S. 19 February] 1884 in Pern."
    stop = block.text.index(" in Pern")
    span = block.span(block.text.index("2 March"), stop)
    assert "2 March|1884|19 February" in source[span.start : span.stop]


@pytest.mark.parametrize("name", FILES)
def test_line_ends_and_a_mark_of_byte_order_change_offsets_and_nothing_else(name: str) -> None:
    plain = (FIXTURES / name).read_bytes().decode()
    source = "\ufeff" + plain.replace("\n", "\r\n")
    before, article = read(plain, name), read(source, name)
    assert article
    assert before
    assert_leads_back(source, article)
    assert [block.text for block in article.blocks] == [block.text for block in before.blocks]
    assert [block.role for block in article.blocks] == [block.role for block in before.blocks]


MARKUP = st.lists(
    st.sampled_from(
        """{{ }} [[ ]] | = '' ''' <ref> </ref> <ref/> <!-- --> &amp; &#65; &nbsp; <b> </b> <p> </p>
        <table> <tr> <td> </td> <ul> <li> <h2> </h2> <br> <nowiki> </nowiki> * # ; : {| |} |- || !!
        == === [http://a.b ] ] [ ( ) ](x) ``` ` > ~~ \\ --- | [^1]: [^1] ![ _ ** <a\x20href=x> </a>
        circa lang|de| cite\x20book|title= infobox|birth_date= 1888 Norrby, norrby Weiß (town),
        Holm.Dahl wrote: \u00a0 \u200b \ufeff ß İ 𝔸 é <sup>
        <div\x20class="infobox"> </div>""".split()
    ).map(str)
    | st.sampled_from(["\n", "\n\n", "\r\n", " ", "  ", "\t", "a", "In ", "The fire. "]),
    max_size=60,
).map("".join)


@pytest.mark.parametrize("ending", ["txt", "wiki", "html", "md"])
@given(source=MARKUP)
@settings(max_examples=150)
def test_verbatim_runs_of_any_text_stand_in_the_file(ending: str, source: str) -> None:
    article = read(source, f"any.{ending}")
    if article:
        assert_leads_back(source, article)


@given(wikitext=MARKUP.filter(lambda text: "\r" not in text))
@settings(max_examples=100)
def test_an_export_gives_the_blocks_of_its_wikitext(wikitext: str) -> None:
    escaped = wikitext.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    source = f"<mediawiki><page><title>T</title><text>{escaped}</text></page></mediawiki>"
    export, plain = read(source, "a.xml"), read(wikitext, "a.wiki")
    if plain is None or export is None:
        assert plain is export
        return
    assert_leads_back(source, export)
    assert [block.text for block in export.blocks] == [block.text for block in plain.blocks]
    for block, other in zip(export.blocks, plain.blocks, strict=True):
        there, here = block.span(0, len(block.text)), other.span(0, len(other.text))
        assert unescape(source[there.start : there.stop]) == unescape(
            escaped_back(wikitext[here.start : here.stop])
        )


def escaped_back(text: str) -> str:
    return text.replace("&", "&amp;")


def test_the_article_and_the_war_articles_lead_back_to_their_files() -> None:
    skip_without(TROTSKY)
    skip_without(WIKIWARS)
    texts = [TROTSKY.read_bytes().decode()]
    lines = WIKIWARS.read_text(encoding="utf-8").splitlines()
    texts += [json.loads(line)["text"] for line in lines]
    for text in texts:
        article = read(text, "article.txt")
        assert article
        assert_leads_back(text, article)
