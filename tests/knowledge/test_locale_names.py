"""knowledge/locale_names.json: made by scripts/locale_names.py, and right where we know better.

The comparison proves that nobody edited the file by hand; it cannot prove that the data are
right, so forms that a speaker would write are checked against the file as well.
"""

import importlib.util
import json
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "knowledge" / "locale_names.json"
LANGUAGES = {"en", "de", "es", "fr", "it", "pt", "ru", "uk", "pl", "tr", "ja", "zh"}


@pytest.fixture(scope="module")
def table() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return loaded


def fold(word: str) -> str:
    """Reduce a name to what a hurried person types: any case, no diacritics, no closing dot.

    The dotless ı of Turkish is a letter and not a diacritic, but "kasim" is how it is typed.
    """
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.replace("ı", "i").rstrip(".")


def month_words(table: dict[str, Any]) -> dict[str, dict[int, set[str]]]:
    """Collect every folded month word, the months it means, and in which languages."""
    words: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for forms in table[language][context].values():
                for number, form in enumerate(forms, start=1):
                    words[fold(form)][number].add(language)
    return words


def weekday_words(table: dict[str, Any]) -> dict[str, set[str]]:
    """Collect every folded weekday word, and in which languages."""
    words: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for forms in table[language]["weekdays"].values():
            for form in forms:
                words[fold(form)].add(language)
    return words


def test_the_file_is_what_the_script_makes_now() -> None:
    pytest.importorskip("babel")
    spec = importlib.util.spec_from_file_location(
        "locale_names", ROOT / "scripts" / "locale_names.py"
    )
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert FILE.read_bytes() == script.as_text().encode(), (
        "run: python scripts/locale_names.py (the file's made_from says which Babel wrote it)"
    )


def test_the_file_says_which_babel_and_cldr_it_was_made_from(table: dict[str, Any]) -> None:
    assert set(table) == LANGUAGES | {"made_from"}
    assert set(table["made_from"]) == {"babel", "cldr"}
    assert all(table["made_from"].values())


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_names_twelve_months_and_seven_days(
    table: dict[str, Any], language: str
) -> None:
    entry = table[language]
    assert set(entry) == {"format", "stand-alone", "weekdays", "patterns", "eras"}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            forms = entry[context][width]
            assert len(set(forms)) == len(forms) == 12
            assert all(form == form.strip() and form for form in forms)
    for width in ("wide", "abbreviated"):
        assert len(set(entry["weekdays"][width])) == len(entry["weekdays"][width]) == 7
    assert set(entry["patterns"]) == {"day", "day_year", "month_year"}
    assert set(entry["eras"]) == {"bc", "ad"}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_pattern_holds_the_fields_it_is_for(table: dict[str, Any], language: str) -> None:
    patterns = table[language]["patterns"]
    fields = {name: {char for char in text if char in "dy"} for name, text in patterns.items()}
    assert fields["day"] >= {"d"}
    assert "y" not in fields["day"]
    assert fields["day_year"] >= {"d", "y"}
    assert fields["month_year"] >= {"y"}
    assert all("M" in pattern or "L" in pattern for pattern in patterns.values())


@pytest.mark.parametrize(
    ("language", "context", "width", "month", "form"),
    [
        ("ru", "format", "wide", 8, "августа"),
        ("ru", "stand-alone", "wide", 8, "август"),
        ("uk", "format", "wide", 8, "серпня"),
        ("uk", "stand-alone", "wide", 11, "листопад"),
        ("pl", "format", "wide", 8, "sierpnia"),
        ("pl", "stand-alone", "wide", 10, "październik"),
        ("fr", "format", "wide", 8, "août"),
        ("fr", "format", "wide", 12, "décembre"),
        ("de", "format", "wide", 3, "März"),
        ("es", "format", "wide", 9, "septiembre"),
        ("it", "format", "wide", 5, "maggio"),
        ("pt", "format", "wide", 3, "março"),
        ("tr", "format", "wide", 8, "Ağustos"),
        ("tr", "format", "wide", 11, "Kasım"),
        ("ja", "format", "wide", 8, "8月"),
        ("zh", "format", "wide", 8, "八月"),
        ("en", "format", "wide", 8, "August"),
        ("en", "format", "abbreviated", 8, "Aug"),
    ],
)
def test_a_month_is_named_as_its_speakers_write_it(
    table: dict[str, Any], language: str, context: str, width: str, month: int, form: str
) -> None:
    assert table[language][context][width][month - 1] == form


@pytest.mark.parametrize(
    ("language", "monday", "sunday"),
    [
        ("en", "Monday", "Sunday"),
        ("de", "Montag", "Sonntag"),
        ("fr", "lundi", "dimanche"),
        ("ru", "понедельник", "воскресенье"),
        ("tr", "Pazartesi", "Pazar"),
        ("ja", "月曜日", "日曜日"),
    ],
)
def test_the_week_begins_on_monday(
    table: dict[str, Any], language: str, monday: str, sunday: str
) -> None:
    week = table[language]["weekdays"]["wide"]
    assert (week[0], week[6]) == (monday, sunday)


def test_patterns_and_eras_are_those_of_the_language(table: dict[str, Any]) -> None:
    assert table["de"]["patterns"]["day"] == "d. MMMM"
    assert table["es"]["patterns"]["day_year"] == "d 'de' MMMM 'de' y"
    assert table["en"]["patterns"]["day_year"] == "d MMMM y"
    assert table["ja"]["patterns"]["day_year"] == "y年M月d日"
    assert table["en"]["eras"] == {"bc": "BC", "ad": "AD"}
    assert table["de"]["eras"]["bc"] == "v. Chr."


def double_months(table: dict[str, Any]) -> dict[str, dict[int, list[str]]]:
    """Find the words that mean one month here and another there."""
    return {
        word: {month: sorted(languages) for month, languages in meanings.items()}
        for word, meanings in month_words(table).items()
        if len(meanings) > 1
    }


def test_no_month_word_means_two_months_among_the_twelve_languages(table: dict[str, Any]) -> None:
    """So a reader may take a month in any of the twelve without asking the chat's language."""
    assert double_months(table) == {}


def test_a_language_whose_month_means_another_elsewhere_would_be_noticed(
    table: dict[str, Any],
) -> None:
    """Croatian "listopad" is October where Polish has November: whoever adds a language is told."""
    croatian = ["siječanj", "veljača", "ožujak", "travanj", "svibanj", "lipanj", "srpanj"]
    croatian += ["kolovoz", "rujan", "listopad", "studeni", "prosinac"]
    forms = {"wide": croatian, "abbreviated": croatian}
    made_up = {**table, "tr": {**table["tr"], "format": forms, "stand-alone": forms}}
    assert double_months(made_up) == {"listopad": {11: ["pl"], 10: ["tr"]}}


def test_only_two_words_are_both_a_month_and_a_weekday(table: dict[str, Any]) -> None:
    """March or Tuesday ("mar"), October in Polish or Sunday in Turkish ("paz").

    A reader that accepts weekdays in all languages needs to know these two.
    """
    months, weekdays = month_words(table), weekday_words(table)
    both = {
        word: ({month: sorted(months[word][month]) for month in months[word]}, sorted(languages))
        for word, languages in weekdays.items()
        if word in months
    }
    assert both == {
        "mar": ({3: ["de", "en", "es", "it", "pl", "pt", "tr"]}, ["es", "fr", "it"]),
        "paz": ({10: ["pl"]}, ["tr"]),
    }
