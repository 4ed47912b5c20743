"""Names that people type, and whom they mean; the cases are in tests/cases/names.toml."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge import names
from knowledge.names import (
    LONGEST_QUERY,
    MOST_CANDIDATES,
    MOST_WORDS,
    Fit,
    KnownName,
    NameMatch,
    WordIndex,
    fold,
    slip_cost,
    slug,
)

FILE = Path(__file__).resolve().parents[1] / "cases" / "names.toml"
TABLE = tomllib.loads(FILE.read_text("utf-8"))
CASES: list[dict[str, Any]] = TABLE["case"]


def known_name(entry: dict[str, Any]) -> KnownName:
    return KnownName(
        key=entry["name"],
        is_person=entry.get("kind", "person") == "person",
        weight=entry.get("weight", 2),
        mentions=0,
        names=(entry["name"], *entry.get("also", [])),
    )


LIBRARY = [known_name(entry) for entry in TABLE["name"]]
INDEX = WordIndex(LIBRARY)


def index_of(*full_names: str) -> WordIndex:
    return WordIndex(KnownName(name, True, 2, 0, (name,)) for name in full_names)


# -- the cases -----------------------------------------------------------------------------------


def parameters() -> list[Any]:
    return [
        pytest.param(
            case,
            id=ascii(case["query"]),
            marks=[pytest.mark.xfail(reason=case["known"])] if "known" in case else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", parameters())
def test_a_typed_name_means_whom_a_person_means(case: dict[str, Any]) -> None:
    match = INDEX.find(case["query"])
    if case.get("in_order"):
        assert list(match.found) == case["want"]
    else:
        assert sorted(match.found) == sorted(case["want"])
    if "offers" in case:
        assert case["offers"] in match.nearest


def test_the_cases_are_many_and_each_is_there_once() -> None:
    queries = Counter(case["query"] for case in CASES)
    assert [query for query, times in queries.items() if times > 1] == []
    assert sum(bool(case["want"]) for case in CASES) >= 150
    assert sum(not case["want"] for case in CASES) >= 40


def test_at_most_a_handful_of_cases_are_known_to_fail() -> None:
    assert sum("known" in case for case in CASES) <= 5


@pytest.mark.parametrize("item", LIBRARY, ids=lambda item: item.key)
def test_every_name_of_the_library_finds_its_bearer_first(item: KnownName) -> None:
    for name in item.names:
        match = INDEX.find(name)
        assert match.found[:1] == (item.key,)
        assert match.exact


# -- what a match says ---------------------------------------------------------------------------


def test_a_name_typed_right_is_exact_and_a_misspelt_one_is_not() -> None:
    index = index_of("Ottokar Wallner")
    for typed, exact in (("wallner", True), ("walner", False)):
        match = index.find(typed)
        assert (match.found, match.exact) == (("Ottokar Wallner",), exact)


@pytest.mark.parametrize(
    ("typed", "fit"),
    [
        ("Ottokar Wallner", Fit.WHOLE),
        ("wallner, ottokar", Fit.WHOLE),
        ("Wallner", Fit.SURNAME),
        ("walner", Fit.SURNAME),
        ("O. Wallner", Fit.SURNAME),
        ("Ottokar", Fit.PART),
        ("Tide Tables", Fit.SURNAME),
        ("Tide Tables (atlas)", Fit.WHOLE),
        ("tables", Fit.PART),
    ],
)
def test_a_match_says_how_much_of_the_name_was_typed(typed: str, fit: Fit) -> None:
    atlas = KnownName("atlas", False, 2, 0, ("Tide Tables (atlas)",))
    person = KnownName("person", True, 2, 0, ("Ottokar Wallner",))
    assert WordIndex([atlas, person]).find(typed).fit is fit


def test_nobody_is_not_exact_and_offers_the_nearest() -> None:
    assert index_of("Ottokar Wallner").find("Wagner") == NameMatch(
        (), exact=False, nearest=("Ottokar Wallner",)
    )


def test_nobody_is_offered_for_a_name_that_is_like_none() -> None:
    assert index_of("Ottokar Wallner").find("Xerxes") == NameMatch(exact=False)


def test_at_most_three_are_offered() -> None:
    index = index_of(*(f"{first} Wallner" for first in ("Ada", "Bea", "Cleo", "Dora", "Eva")))
    assert len(index.find("Wagner").nearest) == 3


def test_the_surname_matters_most_where_nobody_is_found() -> None:
    index = index_of("Ottokar Wallner", "Wagnus Brandt")
    assert index.find("Richard Wagner").nearest[0] == "Ottokar Wallner"


def test_an_empty_library_knows_nobody() -> None:
    assert WordIndex([]).find("Ottokar Wallner") == NameMatch(exact=False)


def test_a_name_without_letters_or_digits_is_no_obstacle() -> None:
    assert index_of("???", "Ottokar Wallner").find("Wallner").found == ("Ottokar Wallner",)


# -- who is likelier -----------------------------------------------------------------------------


def test_of_one_surname_the_weightier_comes_first_then_the_more_mentioned_then_the_alphabet() -> (
    None
):
    bearers = [
        KnownName("d", True, 1, 90, ("Dora Wallner",)),
        KnownName("c", True, 2, 5, ("Cleo Wallner",)),
        KnownName("b", True, 2, 5, ("Bea Wallner",)),
        KnownName("a", True, 2, 9, ("Zoe Wallner",)),
        KnownName("e", True, 3, 0, ("Eva Wallner",)),
    ]
    assert WordIndex(bearers).find("Wallner").found == ("e", "a", "b", "c", "d")


def test_who_bears_just_that_name_goes_before_who_has_it_as_a_surname() -> None:
    index = WordIndex(
        [
            KnownName("person", True, 3, 9, ("Ilse Brandt",)),
            KnownName("village", False, 1, 0, ("Brandt",)),
        ]
    )
    assert index.find("Brandt").found == ("village", "person")


def test_a_surname_goes_before_a_first_name() -> None:
    index = index_of("Martin Wallner", "Ilse Martin")
    assert index.find("Martin").found == ("Ilse Martin",)


def test_a_word_of_a_title_is_no_surname() -> None:
    """Else "Hill" would mean the book before the people called Hill Wallner."""
    work = KnownName("work", False, 3, 0, ("The Village on the Hill",))
    person = KnownName("person", True, 1, 0, ("Ada Hill",))
    assert WordIndex([work, person]).find("Hill").found == ("person",)


def test_a_name_in_brackets_is_no_surname() -> None:
    index = index_of("Ottokar Wallner (painter)", "Ilse Painter")
    assert index.find("Wallner").found == ("Ottokar Wallner (painter)",)
    assert index.find("Painter").found == ("Ilse Painter",)


def test_a_cheaper_slip_goes_before_a_dearer_one() -> None:
    assert index_of("Ada Waller", "Bea Wallner").find("Wallnner").found == ("Bea Wallner",)


def test_two_slips_of_one_cost_are_both_offered() -> None:
    found = index_of("Ada Wallmer", "Bea Wallnar").find("Wallner").found
    assert set(found) == {"Ada Wallmer", "Bea Wallnar"}


def test_an_entity_comes_once_though_several_of_its_names_fit() -> None:
    index = WordIndex([KnownName("x", True, 2, 0, ("Ada Wallner", "Ada Lie Wallner"))])
    assert index.find("Wallner").found == ("x",)


def test_each_typed_word_needs_a_word_of_its_own() -> None:
    index = index_of("Ada Wallner")
    assert index.find("Wallner Wallner").found == ()
    assert index_of("Duran Duran").find("Duran Duran").found == ("Duran Duran",)


# -- folding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ramón Mercader", "ramon mercader"),
        ("Ramo\u0301n", "ramon"),
        ("Jean-Jacques  Rousseau", "jean jacques rousseau"),
        ("O’Neill", "oneill"),
        ("N.K.V.D.", "nkvd"),
        ("Moscow–Kazan", "moscow kazan"),
        ("Ångström", "angstrom"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("ＡＢＣ １２", "abc 12"),
        ("Троцкий", "trotskiy"),
        ("\t new\nline ", "new line"),
        ("zero\u200bwidth", "zerowidth"),
        ("", ""),
        ("¿?…—", ""),
    ],
)
def test_a_text_is_folded_to_plain_words(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=300))
def test_folded_text_is_letters_and_digits_with_single_spaces(text: str) -> None:
    folded = fold(text)
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert folded == " ".join(folded.split())


@given(st.text(max_size=300))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The Village on the Hill", "the-village-on-the-hill"),
        ("Ramón Mercader", "ramon-mercader"),
        ("Лев", "lev"),
        ("  --  ", ""),
    ],
)
def test_a_slug_is_the_folded_words_with_hyphens(text: str, part: str) -> None:
    assert slug(text) == part


# -- slips ---------------------------------------------------------------------------------------

LIKELY = [
    ("trottsky", "trotsky"),
    ("rosevelt", "roosevelt"),
    ("trotski", "trotsky"),
    ("mercador", "mercader"),
    ("caplan", "kaplan"),
    ("trotksy", "trotsky"),
    ("lenim", "lenin"),
]
UNLIKELY = [
    ("levin", "lenin"),
    ("hitler", "hiller"),
    ("hansen", "nansen"),
    ("rivers", "rivera"),
    ("truman", "tubman"),
]


@pytest.mark.parametrize(("typed", "known"), LIKELY)
def test_a_likely_slip_costs_less_than_another_letter_would(typed: str, known: str) -> None:
    assert 0 < slip_cost(typed, known) < min(slip_cost(*pair) for pair in UNLIKELY)


words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


@given(words)
def test_a_word_costs_nothing_to_be_taken_for_itself(word: str) -> None:
    assert slip_cost(word, word) == 0


@given(words, words)
def test_another_word_costs_at_least_a_doubled_letter(one: str, other: str) -> None:
    assume(one != other)
    assert slip_cost(one, other) >= names.CHEAPEST_SLIP


@given(words, words)
def test_a_slip_costs_the_same_whichever_word_was_meant(one: str, other: str) -> None:
    assert slip_cost(one, other) == pytest.approx(slip_cost(other, one))


# -- names that were never thought of ------------------------------------------------------------

long_names = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=10), min_size=2, max_size=3
).map(" ".join)
libraries = st.lists(long_names, min_size=1, max_size=8, unique=True)


def same_words(one: str, other: str) -> bool:
    return sorted(one.split()) == sorted(other.split())


@given(libraries, st.data())
def test_any_full_name_finds_its_bearer_first(library: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.sampled_from(library))
    found = index_of(*library).find(wanted).found
    assert same_words(found[0], wanted)


@given(libraries, st.data())
def test_the_order_of_the_words_does_not_matter(library: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.sampled_from(library))
    turned = " ".join(reversed(wanted.split()))
    assert wanted in index_of(*library).find(turned).found


@given(long_names, st.integers(min_value=0))
def test_a_name_with_one_letter_doubled_finds_its_bearer(name: str, position: int) -> None:
    position %= len(name)
    assume(name[position] != " ")
    misspelt = name[: position + 1] + name[position:]
    assert index_of(name, "Ottokar Wallner").find(misspelt).found[:1] == (name,)


@given(libraries)
def test_the_order_of_the_library_does_not_matter(library: list[str]) -> None:
    one, other = index_of(*library), index_of(*reversed(library))
    for name in library:
        assert one.find(name + "x") == other.find(name + "x")


# -- hostile input, bounded work -----------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "\0",
        "\x1b[31m\x07",
        "\u202e\u2066",
        "\ud800",
        "\U0010ffff",
        "'; DROP TABLE entity; --",
        '" OR NEAR(*',
        "%s%n{}",
        "ﷺ",
    ],
    ids=ascii,
)
def test_a_query_that_names_nobody_is_answered_with_nobody(query: str) -> None:
    assert INDEX.find(query).found == ()


def test_a_control_character_in_a_name_only_parts_words() -> None:
    assert INDEX.find("Leon\0Trotsky\x07").found == ("Leon Trotsky",)


def test_what_stands_behind_the_longest_query_is_not_looked_at() -> None:
    assert INDEX.find("Leon Trotsky".ljust(LONGEST_QUERY) + " nobody").found == ("Leon Trotsky",)


class Calls:
    """Counts how often a function is called, and how long its arguments are."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self.longest = 0
        original = names.slip_cost

        def counted(typed: str, known: str) -> float:
            self.count += 1
            self.longest = max(self.longest, len(typed))
            return original(typed, known)

        monkeypatch.setattr(names, "slip_cost", counted)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    return Calls(monkeypatch)


def syllables(number: int) -> str:
    """Return an invented word of at least three syllables for each number."""
    parts = []
    for _ in range(4):
        number, rest = divmod(number, 17)
        parts.append("bdfgklmnprstvzjhw"[rest] + "aeiou"[rest % 5])
    return "".join(parts)


@pytest.fixture(scope="module")
def large() -> WordIndex:
    """Make an index of 20,000 people, all of whose names are like others."""
    return index_of(*(f"{syllables(n * 7)} {syllables(n)}sky" for n in range(20_000)))


@pytest.mark.parametrize("query", ["babadadasky", "bobadadasky", "babdadsky"])
def test_one_word_among_20000_names_is_weighed_against_a_few(
    large: WordIndex, calls: Calls, query: str
) -> None:
    large.find(query)
    assert 0 < calls.count <= MOST_CANDIDATES


def test_a_long_query_among_20000_names_is_weighed_against_a_few(
    large: WordIndex, calls: Calls
) -> None:
    large.find(" ".join(["babadadaski", "dabadabasky"] * 10_000))
    assert calls.count <= 2 * MOST_WORDS * MOST_CANDIDATES


@pytest.mark.parametrize(
    "query",
    ["a" * 1_000_000, "a " * 500_000, "ﷺ" * 100_000, "e\u0301" * 100_000, "trotsk " * 100_000],
    ids=["one word", "single letters", "expanding", "combining", "many words"],
)
def test_a_huge_query_costs_no_more_than_a_long_one(calls: Calls, query: str) -> None:
    INDEX.find(query)
    assert calls.count <= 2 * MOST_WORDS * MOST_CANDIDATES
    assert calls.longest <= 4 * LONGEST_QUERY


def test_a_name_typed_right_is_weighed_against_nothing(large: WordIndex, calls: Calls) -> None:
    name = f"{syllables(7 * 12_345)} {syllables(12_345)}sky"
    assert large.find(name).found == (name,)
    assert calls.count == 0
