"""What the list of laureates cannot say of itself: names, articles, regions, Old Style days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class OldStyle:
    """A birthday that the data give by the Julian calendar without saying so."""

    julian: str
    gregorian: str
    reference: str


OLD_STYLE_BIRTHDAYS = {
    "296": OldStyle(  # Ivan Pavlov
        "1849-09-14",
        "1849-09-26",
        'Encyclopaedia Britannica, 14th edition, "Pavlov, Ivan Petrovich"',
    ),
    "220": OldStyle(  # Nikolay Semenov
        "1896-04-03",
        "1896-04-15",
        'Encyclopaedia Britannica, "Nikolay Nikolayevich Semyonov"',
    ),
}
"""Laureate to birthday. All others stay as the data give them: their calendars are mixed, the other
Russian birthdays that could be checked are Gregorian, and a country proves nothing."""

NOTES = {
    "508": (
        "1647 is when the Quakers began; the council itself, as nobelprize.org says elsewhere, "
        "was established in 1927."
    ),
}
"""Laureate to a doubt about the founding that the data give."""

KNOWN_SINCE = {
    "Leningrad": "1924-01-26",
    "USSR": "1922-12-30",
    "West Germany": "1949-05-23",
}
"""The day since which a former name was in use. The data use it for earlier days too (Leningrad for
1908), where "then Leningrad" would be wrong: the former name is left out there."""

ENGLISH_NAMES = {
    "USA": "United States",
    "the Netherlands": "Netherlands",
    "the Hague": "The Hague",
    "Guadeloupe Island": "Guadeloupe",
    "Faroe Islands (Denmark)": "Faroe Islands, Denmark",
    "Vitebsk, Belorussia": "Vitebsk",
}
"""Places whose name in the data does not fit a sentence or a list of places."""

COUNTRIES = {"Viipuri (now Vyborg)": "Finland (now Russia)"}
"""City to country, where the data give the city's name of today but not its country of today."""

FORMER_NAMES = {
    "German-occupied Poland": "under German occupation",
    "Java, Dutch East Indies": "Java in the Dutch East Indies",
}
"""What stands after "then" where the data's former name does not fit there."""

NAMES_WITH_ARTICLE = frozenset(
    {
        "Austrian Empire",
        "Belgian Congo",
        "British Mandate of Palestine",
        "British Protectorate of Palestine",
        "British West Indies",
        "Czech Republic",
        "Democratic Republic of the Congo",
        "Faroe Islands",
        "Free City of Danzig",
        "Gold Coast",
        "Netherlands",
        "Ottoman Empire",
        "Philippines",
        "Russian Empire",
        "USSR",
        "United Kingdom",
        "United States",
    }
)

ORGANISATIONS_WITHOUT_ARTICLE = frozenset(
    {
        "Amnesty International",
        "Grameen Bank",
        "International Physicians for the Prevention of Nuclear War",
        "Médecins Sans Frontières",
    }
)

PLURAL_ORGANISATIONS = frozenset(
    {
        "Pugwash Conferences on Science and World Affairs",
        "United Nations Peacekeeping Forces",
    }
)

AFFILIATION_REPAIRS = {
    "University of Jerusalem, Center for RationalityHebrew": (
        "Hebrew University of Jerusalem, Center for Rationality"
    ),
    "Ludwig-Maximilians- Universität": "Ludwig-Maximilians-Universität",
}
"""Names that were damaged before they came into the data."""

USUAL_NAMES = {
    "540": "Mother Teresa",
    "551": "The 14th Dalai Lama",
}
"""Laureate to the usual name, where hardly anybody knows the name that the data give."""

OTHER_NAMES: Mapping[str, Sequence[str]] = {
    "1": ("Wilhelm Röntgen",),
    "6": ("Marie Skłodowska Curie", "Maria Skłodowska-Curie"),
    "8": ("John William Strutt",),
    "37": ("C. V. Raman",),
    "68": ("Yang Chen-Ning",),
    "110": ("Peter Kapitza", "Pyotr Kapitza"),
    "183": ("Theodor Svedberg",),
    "193": ("Frédéric Joliot-Curie",),
    "220": ("Nikolay Semyonov", "Nikolai Semenov"),
    "221": ("Alexander Todd",),
    "301": ("Élie Metchnikoff",),
    "462": ("Henri Dunant",),
    "467": ("Institut de Droit International",),
    "477": ("International Peace Bureau",),
    "482": ("ICRC",),
    "515": ("UNHCR",),
    "525": ("UNICEF",),
    "527": ("ILO",),
    "536": ("Mairead Maguire",),
    "538": ("Anwar Sadat", "Anwar el-Sadat"),
    "547": ("IPPNW",),
    "551": ("Dalai Lama", "14th Dalai Lama", "Tenzin Gyatso"),
    "554": ("Rigoberta Menchú",),
    "561": ("Pugwash Conferences",),
    "564": ("ICBL",),
    "568": ("Doctors Without Borders", "MSF"),
    "593": ("W. B. Yeats",),
    "596": ("Bernard Shaw",),
    "610": ("Pearl S. Buck",),
    "639": ("S. Y. Agnon", "Shmuel Yosef Agnon"),
    "644": ("Aleksandr Solzhenitsyn", "Alexander Solzhenitsyn"),
    "686": ("Leonid Kantorovich",),
    "721": ("Ilya Frank",),
    "734": ("Gao Xingjian",),
    "797": ("IAEA",),
    "818": ("IPCC",),
    "832": ("J. M. G. Le Clézio",),
    "855": ("Liu Xiaobo",),
    "893": ("OPCW",),
    "918": ("Tu Youyou",),
    "925": ("Tunisian National Dialogue Quartet",),
    "948": ("ICAN",),
    "981": ("Abiy Ahmed",),
    "994": ("WFP",),
}
"""Laureate to names by which they are better or as well known, and which the data don't hold."""

# fmt: off
REGIONS: Mapping[str, Mapping[str, str]] = {
    "United States": {
        "AK": "Alaska", "AL": "Alabama", "AR": "Arkansas", "AZ": "Arizona", "CA": "California",
        "CO": "Colorado", "CT": "Connecticut", "DC": "D.C.", "DE": "Delaware", "FL": "Florida",
        "GA": "Georgia", "HI": "Hawaii", "IA": "Iowa", "ID": "Idaho", "IL": "Illinois",
        "IN": "Indiana", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
        "MA": "Massachusetts", "MD": "Maryland", "ME": "Maine", "MI": "Michigan",
        "MN": "Minnesota", "MO": "Missouri", "MS": "Mississippi", "MT": "Montana",
        "NC": "North Carolina", "ND": "North Dakota", "NE": "Nebraska", "NH": "New Hampshire",
        "NJ": "New Jersey", "NM": "New Mexico", "NV": "Nevada", "NY": "New York", "OH": "Ohio",
        "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
        "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas",
        "UT": "Utah", "VA": "Virginia", "VT": "Vermont", "WA": "Washington", "WI": "Wisconsin",
        "WV": "West Virginia", "WY": "Wyoming",
    },
    "Canada": {
        "AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
        "NL": "Newfoundland and Labrador", "NS": "Nova Scotia", "ON": "Ontario",
        "PE": "Prince Edward Island", "QC": "Quebec", "SK": "Saskatchewan",
    },
}
# fmt: on

CATEGORIES = {
    "physics": "Physics",
    "chemistry": "Chemistry",
    "medicine": "Physiology or Medicine",
    "literature": "Literature",
    "peace": "Peace",
    "economics": "Economic Sciences",
}
"""The API's categories, in the order in which a year's prizes are listed, and their names."""

PORTIONS = {
    "1": "the undivided {prize}",
    "2": "one half of the {prize}",
    "3": "one third of the {prize}",
    "4": "one quarter of the {prize}",
}
"""The API's "share" is the denominator of a laureate's part."""
