"""A file in, an Article out: plain text, wikitext, HTML, Markdown."""
