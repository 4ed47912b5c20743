"""What compiling makes is freed without the collector, which its command leaves off."""

from __future__ import annotations

import gc

from knowledge.compiler.compile import compile_article
from knowledge.readers.article import Article
from knowledge.readers.reading import read_article

TEXT = """Anna Weiss

Anna Weiss (5 May 1811 – 2 June 1880) was a painter. In 1832 she married the printer Karl Holm.

On 3 March 1840 the couple moved to Oberbach. The next day their house burned down. In June she
sold "The Road to Sarn" (1839) to the town.
"""


def test_compiling_an_article_leaves_no_cycles() -> None:
    def compile_once() -> None:
        article = read_article(TEXT.encode(), "anna-weiss.txt")
        assert isinstance(article, Article)
        compile_article(article)

    compile_once()  # what is made once and kept
    gc.collect()
    gc.disable()
    try:
        compile_once()
        assert gc.collect() == 0
    finally:
        gc.enable()
