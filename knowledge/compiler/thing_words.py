"""What English calls things with a name: what kind a place, body, work or event is of.

Closed lists of the language, in lower case. Names of states and continents are the only proper
names here; every English reader knows them as places.
"""

from __future__ import annotations

from importlib.resources import files

from knowledge.model import EntityKind

_NOUNS: dict[EntityKind, str] = {
    EntityKind.ORGANISATION: (
        "party union university college school academy institute committee council army navy"
        " corps ministry society association company club league bank order parliament assembly"
        " senate court commission federation international bureau agency bund front movement"
        " opposition guard guards regiment division brigade legion legions orchestra band"
        " foundation press records railway railways government soviet politburo bloc group works"
        " railroad chorus"
        " office service police ltd inc fc united confederation cabinet"
        " administration authority board chamber choir brotherhood sisterhood guild"
        " corporation trust fund firm brothers sons & co co. fleet squadron battalion militia"
        " department diet duma reichstag bundestag riksdag sejm cortes knesset rada tribunal"
        " secretariat directorate inspectorate faculty conservatory conservatoire gymnasium"
        " lyceum realschule polytechnic seminary madrasa observatory troupe ballet"
        " philharmonic symphony-orchestra quartet quintet trio ensemble newspaper-company"
        " staff command headquarters nations powers power allies alliance marines"
        " stormtroopers group groups dictatorship regime league broadcasting network"
        " workers' rovers rangers athletic wanderers"
        " communion synod consistory curia inquisition coalition"
        " commissariat consulate embassy legation mission force forces riflemen"
        " cavalry infantry artillery airlines airways shipyard mills foundry brewery"
        " laboratory laboratories factory yeomanry fusiliers hussars dragoons lancers grenadiers"
        " comprehensive albion"
    ),
    EntityKind.PLACE: (
        "river lake mount mountain mountains sea ocean bay gulf island islands isle isles valley"
        " county province governorate district city town village street avenue square road bridge"
        " castle palace hall house park station airport harbour harbor port fort fortress"
        " cathedral abbey monastery convent church chapel mosque temple synagogue cemetery gate"
        " tower kingdom empire republic duchy principality cape desert peninsula strait straits"
        " canal hill hills forest wood garden gardens prison hospital camp library gallery museum"
        " oblast okrug uyezd krai raion state territory territories colony protectorate region"
        " voivodeship canton shire parish borough commune mansion villa quay pier lighthouse"
        " quarter market stadium arena opera theatre theater building manor estate farm"
        " mill mine quarry pass glacier falls spring springs plain plains steppe coast shore"
        " beach point head creek stream brook pond lagoon reef atoll archipelago basin delta"
        " line positions redoubt salient trench heights ridge peak volcano crater cave"
        " cliff field fields barracks citadel"
        " arsenal dock docks wharf row lane alley boulevard terrace crescent place yard well"
        " fountain"
        " centre center"
        " sultanate emirate khanate caliphate electorate bishopric margraviate barony commonwealth"
        " dominion satrapy metropolis islet channel sound fjord fiord firth loch ford moor"
    ),
    EntityKind.TREATY: (
        "treaty pact agreement convention accord accords armistice truce concordat protocol"
        " capitulation peace compact ceasefire"
    ),
    EntityKind.BATTLE: "battle siege skirmish blockade bombardment sack storming engagement",
    EntityKind.EVENT: (
        " operation operations resolution war wars campaign uprising rebellion revolt"
        " revolution massacre crisis congress"
        " conference olympics games cup championship championships tournament festival exhibition"
        " expedition crusade election elections coup putsch mutiny strike affair incident raid"
        " terror purge purges famine plague epidemic pandemic flood earthquake fire explosion"
        " disaster riots riot demonstration march assassination murder coronation wedding"
        " offensive operation invasion occupation partition plebiscite referendum marathon race"
        " prix open season fair parade exposition biennale summit plenum reign restoration"
        " regatta derby classic trophy conspiracy plot schism"
        " days rising reformation renaissance enlightenment depression dissolution concert gala"
    ),
    EntityKind.TRIAL: "trial trials case inquest court-martial",
    EntityKind.WORK: (
        "symphony concerto sonata cantata oratorio requiem mass overture manifesto declaration"
        " gazette times chronicle herald tribune journal bulletin magazine newspaper encyclopedia"
        " encyclopaedia dictionary bible gospel testament memoirs autobiography diary diaries"
        " letters poems songs ballad hymn anthem codex manuscript review quarterly courier"
        " novel elegy ode etude étude prelude nocturne suite portrait altarpiece fresco"
        " theses statute constitution charter edict act decree bill law code program programme"
        " report proclamation ultimatum life lives annals psalms chart charts"
    ),
    EntityKind.CONCEPT: (
        "prize award medal theory method doctrine policy plan"
        " minister prize-fund theorem principle conjecture equation process effect"
        " year style calendar language dynasty era age period syndrome disease"
        " honour honours title"
    ),
}

KINDS = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}
"""What kind of thing a noun in its name makes it."""

OF_HEADS = frozenset(
    "treaty pact peace convention battle siege council university party ministry republic union"
    " committee house kingdom bank congress order church bay gulf isle declaration bureau league"
    " society association institute school college academy court commission federation union"
    " board department office museum library palace castle cathedral abbey city town province"
    " duchy principality county diet assembly parliament army empire ministry statute edict"
    " massacre sack storming capitulation armistice truce concordat synod convention fall"
    " relief bishopric archbishopric tower temple hall gate bridge port cape straits strait"
    " lake mount island islands isles state territory government bill act song book gospel"
    " faculty conservatory conservatoire brotherhood guild chamber knights daughters sons"
    " electorate margraviate sultanate emirate khanate caliphate commonwealth dominion"
    " commissar minister secretary president chairman war wars revolt charter constitution"
    " bulletin history theatre academy institution observatory journal federation confederation"
    " well fountain trial trials diet life lives annals feast communist international hospital"
    " monastery convent archive archives".split()
)
"""Words that go on with "of": "Treaty of ...", "Council of ..."."""

WORK_NOUNS = {
    **dict.fromkeys(
        "novel book novella memoir memoirs autobiography biography essay pamphlet treatise tract"
        " poem story play tragedy comedy drama trilogy textbook monograph article paper thesis"
        " dissertation collection anthology diary travelogue chronicle manifesto letter editorial"
        " volume study guide handbook epic cycle satire fable verse sonnet satires".split(),
        "author",
    ),
    **dict.fromkeys("film movie documentary short".split(), "director"),
    **dict.fromkeys(
        "opera symphony operetta ballet cantata oratorio concerto sonata quartet requiem mass hymn"
        " song single album anthem musical march waltz overture".split(),
        "composer",
    ),
    **dict.fromkeys(
        "painting portrait fresco mural canvas altarpiece landscape triptych self-portrait".split(),
        "painter",
    ),
    **dict.fromkeys("sculpture statue bust monument relief".split(), "sculptor"),
    **dict.fromkeys(
        "newspaper magazine journal weekly daily review periodical gazette bulletin".split(),
        "editor",
    ),
    "series": "creator",
}
"""Nouns for works, with what their maker is called."""

SHIP_NOUNS = frozenset(
    "ship ships steamer steamship tanker frigate cruiser battleship destroyer submarine liner"
    " ferry schooner brig barque galley galleon flagship corvette yacht boat trawler tug"
    " icebreaker sloop freighter vessel gunboat whaler caravel ironclad paddle-steamer".split()
)
SHIP_PREFIXES = frozenset("hms uss ss rms sms mv ms rv hmas hmcs ins".split())

PLACE_NOUNS = frozenset(
    "city town village hamlet port island suburb district province region capital river lake"
    " mountain valley county fortress castle settlement borough municipality spa oasis bay"
    " convent abbey monastery church market hospital chapel peninsula parish commune estate"
    " harbour harbor colony kingdom duchy polis".split()
)
"""Nouns that say "the X of ..." or "X, a ...": a place."""

BODY_NOUNS = frozenset(
    "party union company club band group society organisation organization association newspaper"
    " army regiment team orchestra league committee council movement faction sect order agency"
    " police bank firm factory university school college institute academy museum theatre"
    " quartet choir troupe trio duo ensemble brewery publisher label network charity guild"
    " railway brigade militia coalition federation".split()
)

_LANDS = frozenset(
    files("knowledge.compiler").joinpath("lands.txt").read_text(encoding="utf-8").splitlines()
)

COUNTRIES = frozenset(name for name in _LANDS if " " not in name)
"""States, continents and great regions of one word, as English writes them."""

PLACES_OF_SEVERAL_WORDS = _LANDS - COUNTRIES
