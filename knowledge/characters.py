"""Characters that change how the text around them is shown, and so come from no honest source."""

BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates: https://www.unicode.org/reports/tr9/ section 2."""
