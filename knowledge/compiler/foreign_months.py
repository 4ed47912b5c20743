"""Days with the month's name in a neighbouring language, as references give them: "3 mai 1912".

They need their year, so that no word of English is taken for a month.
"""

from __future__ import annotations

import re

_MONTHS = """
janvier januar jänner enero gennaio janeiro januari
février fevrier februar febrero febbraio fevereiro februari
mars märz marzo março maart
avril april abril aprile
mai mayo maggio maio mei maj
juin juni junio giugno junho
juillet juli julio luglio julho
août aout agosto augustus augusti
septembre september septiembre settembre setembro
octobre oktober octubre ottobre outubro
novembre november noviembre novembro
décembre decembre dezember diciembre dicembre dezembro december
"""
_NUMBERS = {
    name: number
    for number, names in enumerate(_MONTHS.strip().splitlines(), 1)
    for name in names.split()
}
_DAY = re.compile(
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?:er|\.|º)?\s(?:de\s)?(?P<month>[A-Za-zéûäçÄ]{3,10})"
    r"\s(?:de\s)?(?P<year>1\d{3}|20\d\d)(?![\d–-])"
)


def foreign_day_at(text: str, start: int) -> tuple[re.Match[str], int] | None:
    """Return what is written at `start` and the number of its month, or none."""
    match = _DAY.match(text, start)
    number = _NUMBERS.get(match["month"].lower()) if match is not None else None
    return (match, number) if match is not None and number is not None else None
