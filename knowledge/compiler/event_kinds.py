"""What kind of happening a sentence tells, by its verbs and nouns, and whether it is grim.

The kinds are those of docs/packs.md. A verb of one meaning decides, the sentence's own verb first;
then turns of phrase ("wrote to", "took office"); then the other verbs; last a noun that says it
("the trial was staged"). Verbs stand in the tables in their past tense, for all their forms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.compiler.people_words import is_role
from knowledge.compiler.verb_forms import Form, base, form
from knowledge.model import Tone

_VERBS = {
    "birth": "born",
    "death": "died drowned perished succumbed",
    "execution": "executed hanged beheaded guillotined garrotted crucified",
    "assassination": "assassinated murdered poisoned stabbed",
    "marriage": "married wed remarried",
    "arrest": "arrested imprisoned detained jailed interned apprehended",
    "release": "freed pardoned amnestied liberated",
    "exile": "exiled banished deported expelled",
    "trial": "tried convicted sentenced acquitted indicted prosecuted condemned",
    "treaty": "ratified",
    "resignation": "resigned abdicated retired",
    "appointment": (
        "appointed elected promoted crowned enthroned nominated installed acceded ordained"
        " consecrated reelected re-elected knighted elevated inherited brevetted gazetted"
    ),
    "publication": "published printed serialised serialized reprinted premiered debuted",
    "battle": (
        "defeated besieged invaded bombarded stormed bombed routed ambushed conquered overran"
        " raided repulsed fought shelled surrendered capitulated recaptured"
    ),
    "uprising": "rebelled mutinied revolted overthrew",
    "decree": (
        "decreed enacted abolished banned legalised legalized outlawed repealed annexed"
        " prohibited renamed"
    ),
    "vote": "voted",
    "speech": "spoke lectured preached",
    "letter": "telegraphed cabled corresponded",
    "journey": (
        "arrived departed sailed travelled traveled emigrated fled landed settled moved returned"
        " visited escaped immigrated toured embarked docked anchored reached rushed wintered"
    ),
    "founding": "founded established created formed incorporated chartered co-founded cofounded",
    "congress": "convened assembled",
    "prize": "awarded honoured honored",
    "illness": "hospitalised hospitalized sickened diagnosed",
    "rehabilitation": "rehabilitated",
}
"""Verbs of one meaning."""

_PHRASES = """
birth: gave_birth;
birth: bore / son daughter child twins;
record: set broke improved lowered bettered equalled beat broken / record records;
contract: signed extended renewed ended / contract;
contract: signed_for signed_with on_loan;
engagement: became_engaged got_engaged were_engaged;
execution: put_to_death firing_squad at_the_stake;
execution: shot_on / order orders;
appointment: made proclaimed raised / governor king queen emperor president commander admiral
  general marshal count duke bishop archbishop co-ruler lieutenant captain;
assassination: attempted_to_assassinate assassination assassinate;
death: found_dead shot_dead fell_in_battle fell_in_action fell_in_the_battle;
death: lived_until lived_only_until committed_suicide killed death_of took_his_own
  took_her_own;
rehabilitation: rehabilitation;
illness: fell_ill underwent operation_on operated_on heart_attack nervous_breakdown surgery_on
  health;
illness: broke tore torn fractured ruptured dislocated / leg arm knee ligament ankle wrist hip
  shoulder collarbone;
illness: suffered had / stroke strokes illness typhus pneumonia;
strike: struck / solidarity wages wage pay hours work workers;
strike: workers typesetters dockers miners sailors weavers / struck;
strike: stop_work walked_out on_strike general_strike stopped_work a_strike lockout;
letter: wrote sent received / letter letters telegram;
letter: wrote_to responded responded_to replied replied_to a_letter open_letter;
speech: delivered gave made held / speech address eulogy lecture sermon tribute report;
speech: addressed_the addressed_a addressed_his addressed_her;
treaty: treaty armistice truce ceasefire peace pact agreement accord convention / signed sworn
  concluded initialled initialed kept ratified into_force;
treaty: signed concluded agreed made accepted / treaty armistice truce ceasefire peace pact
  agreement accord terms;
prize: honorary_doctor honorary_doctorate honorary_degree honorary_citizen hall_of_fame
  freedom_of_the;
prize: championships championship games olympics tournament final race marathon / won;
prize: won / championships games olympics tournament final;
prize: won received awarded given took / prize medal award cup title championship trophy order gold
  silver bronze scholarship race marathon bronze league;
vote: election elections referendum plebiscite vote votes ballot won_the_seat;
decree: passed signed issued declared granted approved / bill law act decree edict constitution
  charter order martial independence war;
decree: into_force was_declared ordered;
decree: proclaimed;
decree: decree edict ukase / issued signed proclaimed;
vote: adopted approved rejected;
vote: won lost / by-election;
publication: wrote completed released issued edited editing appeared finished launched performed
  began_publishing / book novel article essay newspaper journal magazine edition album record
  film paper manifesto pamphlet poem poems opera symphony play memoirs autobiography
  ballad weekly daily bulletin testament comedy tragedy label volume treatise study map chart
  dictionary grammar catalogue thesis translation tract;
publication: first_performed premiere première first_edition second_edition editing
  began_publishing came_out brought_out went_online;
publication: memoirs volume book novel journal edition album single paper article thesis poem /
  appeared followed printed;
resignation: announced / retirement resignation;
resignation: left_the / band club party group orchestra company committee;
resignation: resignation stepped_down abdication tendered gave_up_his gave_up_her laid_down_his;
appointment: took_office sworn_in took_over became_member became_a_member joined_the_staff
  editorial_staff joined_the_board relieved_of coronation served_as chosen_as named_as
  took_command given_command was_made commissioned_a took_up professorship succeeded_as
  succeeded_by succeeded_him succeeded_her succeeded_his the_throne;
appointment: replaced named chosen / as head chief director minister bishop professor;
publication: album single record book film novel / released issued;
release: was_released were_released been_released was_exchanged were_exchanged;
trial: heard_the_case trial trials guilty charged court tribunal verdict court-martial
  court-martialled hearing inquest;
arrest: taken_prisoner into_custody house_arrest captured_him captured_her captured_by;
battle: brought_to_action lost_action sortie blew_up;
battle: armies fleets / met;
battle: battle siege offensive bombardment ceased_fire captured occupied opened_fire
  victory;
battle: attacked / divisions troops regiment regiments squadron battalions;
battle: troops army forces soldiers fleet garrison cavalry corps regiment division brigade
  infantry navy / took seized attacked crossed entered retreated advanced fired held marched sank
  laid;
uprising: uprising revolt rebellion mutiny coup insurrection rising riot riots revolution / began
  started spread ended failed erupted broke_out led_to;
congress: congress conference convention summit synod council diet assembly parliament plenum /
  met held opened began gathered took_place;
congress: attended held hosted organised organized opened / congress conference convention summit
  meeting synod;
founding: foundation_stone was_opened was_inaugurated opened_a opened_its opened_an set_up;
founding: museum school theatre theater bridge station hospital library railway canal factory
  university college gallery park church cinema hotel / opened;
founding: launched / newspaper paper party company school club;
journey: was_back_in were_back_in back_in got_away flew_home flew_to flew_from drove_to;
journey: left_for left_from the_country to_flee set_out set_sail went_to went_into came_to
  came_back came_home crossed_the took_ship rounded_the rounded_cape;
journey: went left set sent led joined began / expedition voyage
"""
"""Turns of phrase, tried in this order: one of the words, or one before a slash and then one behind
it. Words joined by "_" stand together."""

_NOUNS = {
    "death": "suicide",
    "illness": "stroke",
    "marriage": "wedding marriage engagement",
    "treaty": "treaty armistice truce ceasefire capitulation",
    "congress": "congress conference summit",
    "letter": "letter telegram",
    "speech": "speech lecture sermon eulogy",
    "prize": "prize medal",
    "uprising": "uprising revolt rebellion mutiny",
    "strike": "strike",
}
"""Nouns that say it by themselves, beside a verb that says little."""

_GRIM = frozenset(
    "killed killing murdered murdering assassinated executed executing hanged beheaded guillotined"
    " garrotted massacred massacring drowned drowning shot stabbed stabbing poisoned strangled"
    " tortured lynched slaughtered bombed raped crucified gassed starved perished slew"
    " slain".split()
)
_GRIM_NOUNS = re.compile(
    r"\b(?:suicide|massacres?|genocide|executions?|assassinations?|murders?|gallows|guillotine|"
    r"put to death|death sentence|sentenced to death|pogroms?|lynching|corpses?|famine|"
    r"at the stake|"
    r"killings?|firing squad|casualties|fatalities|resulting in .* deaths?|loss of \d+)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_QUOTED = re.compile(r"[\"“«][^\"“”«»]*[\"”»]")

_KIND_OF_VERB = {base(word): kind for kind, words in _VERBS.items() for word in words.split()}
_KIND_OF_NOUN = {word: kind for kind, words in _NOUNS.items() for word in words.split()}
_MADE_BY = re.compile(r"\bwas made (?=(?:by|in|at|on|from|of|for|to|public)\b)")
_REMEMBERS = frozenset({"unveiled", "commemorated", "celebrated"})
"""Verbs of feasts and monuments, whatever they recall: "the battle", "the treaty"."""
_BUILDING = re.compile(
    r"\b(?:church|chapel|cathedral|abbey|altar|temple|bridge|building|minster)\b"
)
_LEFT_A_PLACE = re.compile(r"\bleft [A-ZÀ-Þ]\w+")


def _read_phrases() -> list[tuple[str, frozenset[str], frozenset[str]]]:
    rows = []
    for entry in _PHRASES.split(";"):
        kind, _, words = " ".join(entry.split()).partition(": ")
        first, _, second = words.partition(" / ")
        rows.append((kind, frozenset(first.split()), frozenset(second.split())))
    return rows


_KINDS_OF_PHRASES = _read_phrases()
_PHRASE_WORDS = frozenset().union(*(first | second for _, first, second in _KINDS_OF_PHRASES))
_OPENING_WORDS = frozenset(phrase.partition("_")[0] for phrase in _PHRASE_WORDS)


def kind_of(text: str, verb: str = "") -> str:
    """Return the kind of what a sentence tells; `verb` is its main verb, in lower case."""
    plain = _MADE_BY.sub("was done ", _QUOTED.sub(" ", text))
    words = _words_of(plain)
    if verb in _REMEMBERS:
        return "event"
    if verb == "consecrated" and _BUILDING.search(plain):
        return "founding"
    kind = _KIND_OF_VERB.get(base(verb)) if verb else None
    if kind:
        return kind
    if verb == "became" and any(is_role(word) for word in words):
        return "appointment"
    if kind := _kind_of_phrases(plain):
        return kind
    for word in words:
        kind = _KIND_OF_VERB.get(base(word))
        if kind and form(word) not in (Form.NONE, Form.GERUND):
            return kind
    if _LEFT_A_PLACE.search(plain):
        return "journey"
    return next((_KIND_OF_NOUN[word] for word in words if word in _KIND_OF_NOUN), "event")


def _kind_of_phrases(text: str) -> str:
    words = [word.lower() for word in _WORD.findall(text)]
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for at, word in enumerate(words):
        for length in (1, 2, 3) if word in _OPENING_WORDS else ():
            phrase = "_".join(words[at : at + length])
            if phrase in _PHRASE_WORDS:
                first.setdefault(phrase, at)
                last[phrase] = at
    for kind, openings, endings in _KINDS_OF_PHRASES:
        found = openings & first.keys()
        if not found:
            continue
        if not endings:
            return kind
        begin = min(first[phrase] for phrase in found)
        if any(last[phrase] > begin for phrase in endings & last.keys()):
            return kind
    return ""


def _words_of(text: str) -> Sequence[str]:
    """Return the words in lower case, without names inside the sentence."""
    found = _WORD.findall(text)
    return [word.lower() for at, word in enumerate(found) if at == 0 or not word[0].isupper()]


def tone_of(text: str, kind: str) -> Tone:
    """Return GRIM for killings, executions, suicides and massacres."""
    if kind in ("execution", "assassination") or _GRIM_NOUNS.search(text):
        return Tone.GRIM
    return Tone.PLAIN if _GRIM.isdisjoint(_words_of(text)) else Tone.GRIM
