"""Write knowledge/locale_names.json: how twelve languages name months, weekdays and eras.

Why a file and not Babel at run time: people type dates in their own language whatever language
the chat is set to, so all twelve must be known at once, and loading that many locales costs
half a second and 150 MiB. The names are therefore taken from Babel once, here, and the program
reads the small table. Run it after raising Babel's version; a test compares the file with what
this script would write.

    python scripts/locale_names.py
"""

import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from babel.core import Locale, get_cldr_version

LANGUAGES = ("en", "de", "es", "fr", "it", "pt", "ru", "uk", "pl", "tr", "ja", "zh")
LOCALES = {"en": "en_GB"}
"""Daybook writes "21 August 1940" in English, which is how CLDR has it for Britain."""
OUTPUT = Path(__file__).resolve().parent.parent / "knowledge" / "locale_names.json"


def months(locale: Locale, context: str) -> dict[str, list[str]]:
    """List them, January first.

    "format" is the form beside a day ("21 августа"), "stand-alone" the bare name ("август").
    """
    widths: Mapping[str, Mapping[int, str]] = locale.months[context]
    return {
        width: [widths[width][month] for month in range(1, 13)] for width in ("wide", "abbreviated")
    }


def weekdays(locale: Locale) -> dict[str, list[str]]:
    """List them, Monday first, as Python and ISO 8601 count them."""
    widths: Mapping[str, Mapping[int, str]] = locale.days["format"]
    return {width: [widths[width][day] for day in range(7)] for width in ("wide", "abbreviated")}


def patterns(locale: Locale) -> dict[str, str]:
    """Tell how the language writes a day, a day with its year, and a month with its year.

    CLDR leaves the skeleton yMMMMd out where it would only repeat the long date format.
    """
    skeletons: Mapping[str, Any] = locale.datetime_skeletons
    day_year = skeletons.get("yMMMMd") or locale.date_formats["long"]
    return {
        "day": skeletons["MMMMd"].pattern,
        "day_year": day_year.pattern,
        "month_year": skeletons["yMMMM"].pattern,
    }


def eras(locale: Locale) -> dict[str, str]:
    """Take the short forms ("BC", "v. Chr."), which are what stands beside a year."""
    short: Mapping[int, str] = locale.eras["abbreviated"]
    return {"bc": short[0], "ad": short[1]}


def names() -> dict[str, object]:
    """Make the whole table, with what it was made from, so that a difference can be explained."""
    table: dict[str, object] = {
        "made_from": {"babel": version("babel"), "cldr": get_cldr_version()},
    }
    for language in LANGUAGES:
        locale = Locale.parse(LOCALES.get(language, language))
        table[language] = {
            "format": months(locale, "format"),
            "stand-alone": months(locale, "stand-alone"),
            "weekdays": weekdays(locale),
            "patterns": patterns(locale),
            "eras": eras(locale),
        }
    return table


def as_text() -> str:
    """Sorted and one name a line, so that a new CLDR shows as a readable difference."""
    return json.dumps(names(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Write the file where the program looks for it."""
    OUTPUT.write_text(as_text(), encoding="utf-8", newline="\n")
    print(f"wrote {OUTPUT.name}: {len(LANGUAGES)} languages")


if __name__ == "__main__":
    main()
