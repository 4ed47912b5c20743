"""Which words say the same, and which kinds of events and relations they ask for.

A sense is a set of word forms with one meaning; the kinds of events that it names; and, where it
is something that one does to another, what the doer is (`agents`: who killed is an assassin) and
what the other one is (`patients`: a victim). The kinds of events and relations are those of
docs/packs.md; a library that has others is asked for those by their own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.vocabulary.slips import LEAST_OF_A_VERB, slip_for


@dataclass(frozen=True, slots=True)
class Sense:
    """Words with one meaning."""

    words: frozenset[str]
    kinds: frozenset[str] = frozenset()
    agents: tuple[str, ...] = ()
    patients: tuple[str, ...] = ()


def _sense(words: str, kinds: str = "", agents: str = "", patients: str = "") -> Sense:
    return Sense(
        frozenset(words.split()),
        frozenset(kinds.split()),
        tuple(agents.split()),
        tuple(patients.split()),
    )


BIRTH = _sense("born birth births birthday birthdays birthplace birthdate", "birth")
DEATH = _sense(
    "die dies died dying death deaths dead deceased perish perished victims toll",
    "death assassination execution murder suicide killing",
)
MARRIAGE = _sense(
    "marry marries married marrying marriage wed weds wedded wedding",
    "marriage wedding",
    "wife husband spouse",
    "wife husband spouse",
)
AWARD = _sense(
    "win wins won winning winner winners award awards awarded receive receives received"
    " get gets got share shares shared",
    "prize award",
)

BEGINNING = _sense(
    "begin begins began beginning start starts started starting outbreak broke onset"
)
ENDING = _sense("end ends ended ending finish finishes finished over conclude concluded")

KILLING = frozenset(
    "kill kills killed murder murders murdered assassinate assassinates assassinated slay slays"
    " slew slain stab stabs stabbed shoot shoots shot poison poisons poisoned execute executes"
    " executed hang hangs hanged behead beheaded".split()
)
SUCCESSION = frozenset(
    "succeed succeeds succeeded replace replaces replaced follow followed precede precedes"
    " preceded".split()
)
"""Verbs of which it matters most who is which."""

IRREGULAR = (
    "draw draws drew drawn drawing",
    "sing sings sang sung singing song",
    "ride rides rode ridden",
    "rise rises rose risen",
    "fly flies flew flown",
    "grow grows grew grown",
    "know knows knew known",
    "see sees saw seen",
    "seek seeks sought",
    "shake shakes shook shaken",
    "sleep sleeps slept asleep",
    "spend spends spent",
    "stand stands stood",
    "strike strikes struck stricken",
    "swear swears swore sworn",
    "swim swims swam swum",
    "tear tears tore torn",
    "wear wears wore worn",
    "weep weeps wept",
    "bind binds bound",
    "bite bites bit bitten",
    "blow blows blew blown",
    "deal deals dealt",
    "dig digs dug",
    "eat eats ate eaten",
    "feed feeds fed",
    "feel feels felt",
    "lay lays laid",
    "lend lends lent",
    "pay pays paid",
    "ring rings rang rung",
    "sit sits sat",
    "sweep sweeps swept",
    "understand understands understood",
    "freeze freezes froze frozen",
    "forget forgets forgot forgotten",
    "forgive forgives forgave forgiven",
    "hear hears heard",
    "wind winds wound",
)
"""Forms of irregular verbs that no stemmer brings together."""

SENSES = (
    BIRTH,
    DEATH,
    MARRIAGE,
    AWARD,
    _sense(
        "kill kills killed killing killer murder murders murdered murdering murderer assassinate"
        " assassinates assassinated assassination assassin slay slays slew slain stab stabs stabbed"
        " shoot shoots shot poison poisons poisoned",
        "assassination murder killing execution",
        "assassin killer murderer",
        "victim",
    ),
    _sense(
        "execute executes executed execution executioner shot hang hangs hanged hanging behead"
        " beheaded killed",
        "execution",
        "executioner",
    ),
    _sense(
        "attack attacks attacked attacking attacker attempt attempts raid raids raided assault"
        " assaults assaulted wound wounds wounded",
        "attack assassination",
        "attacker",
        "target",
    ),
    _sense(
        "found founds founded founding founder foundation establish establishes established"
        " establishment create creates created creation form forms formed formation launch launches"
        " launched begin begins began started",
        "founding",
        "founder co-founder creator maker",
        "foundation creation organisation",
    ),
    _sense(
        "write writes wrote written writing writer author authors authored pen penned compose"
        " composes composed composer",
        "publication letter",
        "author co-author creator composer",
        "work book",
    ),
    _sense(
        "publish publishes published publishing publication publisher issue issues issued appear"
        " appears appeared print prints printed released",
        "publication",
        "publisher editor",
    ),
    _sense("edit edits edited editing editor", "", "editor co-editor", "newspaper journal"),
    _sense("translate translates translated translation translator", "publication", "translator"),
    _sense("direct directs directed director film films filmed", "publication", "director maker"),
    _sense(
        "play plays played portray portrays portrayed act acts acted actor star stars starred",
        "",
        "actor",
        "role character",
    ),
    _sense("paint paints painted painting painter picture portrait", "", "painter artist"),
    _sense("teach teaches taught teaching teacher", "", "teacher", "student pupil"),
    _sense(
        "lead leads led leading leader head heads headed command commands commanded commander"
        " chair chairs chaired chairman chairwoman charge run runs ran rule rules ruled ruler"
        " govern governed preside presides presided president",
        "",
        "leader head chairman commander president director ruler captain chief superior organiser",
        "organisation",
    ),
    _sense(
        "succeed succeeds succeeded succeeding successor succession heir replace replaces replaced"
        " replacement inherit inherits inherited",
        "appointment",
        "successor heir",
        "predecessor",
    ),
    _sense("precede precedes preceded predecessor", "", "predecessor", "successor"),
    _sense("host hosts hosted shelter sheltered invite invites invited", "", "host", "guest"),
    _sense(
        "defend defends defended defence defense defender lawyer hold holds held save saves saved"
        " protect protects protected",
        "",
        "defender lawyer",
    ),
    _sense("betray betrays betrayed betrayal traitor", "", "traitor"),
    _sense("criticise criticises criticised criticize criticized critic criticism", "", "critic"),
    _sense("divorce divorces divorced separate separates separated leave left", "divorce"),
    _sense(
        "expel expels expelled expulsion deport deports deported deportation banish banishes"
        " banished banishment exile exiles exiled oust ousts ousted thrown throw drive driven evict"
        " excluded exclude",
        "exile expulsion deportation banishment",
    ),
    _sense(
        "remove removes removed removal dismiss dismisses dismissed dismissal oust ousted sack"
        " sacked fire fired resign resigns resigned resignation quit quits lose loses lost strip"
        " stripped depose deposed relieve relieved",
        "resignation dismissal removal",
    ),
    _sense(
        "arrest arrests arrested jail jails jailed jailer imprison imprisons imprisoned"
        " imprisonment detain detained detention prison captured capture captures interned locked",
        "arrest imprisonment",
    ),
    _sense(
        "release releases released free freed frees liberate liberated let pardon pardons pardoned",
        "release pardon",
    ),
    _sense(
        "escape escapes escaped escaping flee flees fled fleeing flight",
        "escape flight",
    ),
    _sense(
        "elect elects elected election appoint appoints appointed appointment name named names"
        " become becomes became made make choose chose chosen nominate nominated promote promoted",
        "appointment election",
    ),
    _sense("join joins joined joining membership enter enters entered", ""),
    _sense("meet meets met meeting encounter encounters encountered introduced", "meeting"),
    _sense(
        "arrive arrives arrived arriving arrival come comes came reach reaches reached land lands"
        " landed settle settles settled enter enters entered move moves moved return returns"
        " returned",
        "journey arrival",
    ),
    _sense(
        "leave leaves left leaving depart departs departed departure emigrate emigrates emigrated"
        " sail sails sailed sailing move moves moved go goes went travel travels travelled journey",
        "journey departure",
    ),
    _sense("return returns returned returning back", "journey return"),
    _sense(
        "sign signs signed signing treaty conclude concludes concluded accept accepts accepted",
        "treaty",
    ),
    _sense("rehabilitate rehabilitates rehabilitated rehabilitation cleared", "rehabilitation"),
    _sense("speak speaks spoke spoken speaking speech speeches address addresses", "speech"),
    _sense("order orders ordered decree decrees decreed command", "decree"),
    _sense(
        "uprising uprisings rising rise revolt revolts revolted rebellion rebel rebels mutiny"
        " mutinies insurrection",
        "uprising mutiny",
    ),
    _sense("fight fights fought battle battles war", "battle"),
    _sense(
        "trial trials tried try sentence sentenced sentences convict convicted condemned condemn"
        " condemns judged",
        "trial",
    ),
    _sense("ill illness sick sickness disease stroke strokes", "illness"),
    BEGINNING,
    ENDING,
    _sense("repair repairs repaired mend mends mended fix fixes fixed restore restores restored"),
    _sense("bring brings brought introduce introduces introduced introduction import imported"),
    _sense(
        "convince convinces convinced persuade persuades persuaded convert converts converted"
        " wins won talked"
    ),
    _sense(
        "march marches marched demonstrate demonstrates demonstrated demonstration parade protest"
        " protests protested rally"
    ),
    _sense(
        "catch catches caught capture captures captured seize seizes seized arrest arrests"
        " arrested",
        "arrest",
    ),
    _sense("open opens opened opening inaugurate inaugurates inaugurated"),
    _sense(
        "close closes closed closing fold folds folded cease ceases ceased stop stops stopped"
        " shut shuts suspend suspended dissolve dissolves dissolved"
    ),
    _sense("cross crosses crossed span spans spanned over"),
    _sense("acquit acquits acquitted acquittal innocent exonerate exonerates exonerated cleared"),
    _sense("accuse accuses accused accusation charge charges charged blame blamed"),
    _sense("hold holds held keep keeps kept take place takes"),
    _sense("buy buys bought purchase purchases purchased acquire acquires acquired"),
    _sense("sell sells sold sale"),
    _sense("give gives gave given donate donates donated grant grants granted present presented"),
    _sense("own owns owned owner belong belongs belonged"),
    _sense("invade invades invaded invasion occupy occupies occupied occupation"),
    _sense("besiege besieges besieged siege"),
    _sense("quarrel quarrels quarrelled fall fell out break breaks broke split splits dispute"),
    _sense("befriend befriends befriended friend friends friendship"),
    _sense("love loves loved affair lover romance"),
    _sense("hate hates hated hostile hostility enmity"),
    _sense(
        "praise praises praised admire admires admired admiration honour honours honoured honor"
        " honored"
    ),
    _sense(
        "ban bans banned forbid forbids forbade forbidden prohibit prohibits prohibited illegal"
    ),
    _sense("allow allows allowed permit permits permitted permission legal admit admits admitted"),
    _sense("deny denies denied denial reject rejects rejected"),
    _sense("propose proposes proposed proposal suggest suggests suggested"),
    _sense("oppose opposes opposed opposition against resist resists resisted"),
    _sense("agree agrees agreed agreement accept accepts accepted"),
    _sense("hide hides hid hidden hiding conceal concealed"),
    _sense("search searches searched raid raids raided burgle burgled burglary"),
    _sense("employ employs employed hire hires hired job work works worked working"),
    _sense("train trains trained apprentice apprenticed apprenticeship pupil student taught"),
    _sense("copy copies copied imitate imitated model modelled based inspired"),
    _sense("visit visits visited tour toured guest"),
    _sense("send sends sent dispatch dispatched deliver delivers delivered"),
    _sense("tell tells told report reports reported say says said write wrote"),
    _sense("think thinks thought opinion view views believe believes believed consider considered"),
    _sense("crown crowned crowns coronation throne king queen"),
    _sense("lead leads led cause caused causes result resulted"),
    _sense("autobiography memoir memoirs"),
    _sense("seat castle residence lives resides home house"),
    _sense("sink sinks sank sunk wreck wrecked founder"),
    _sense("injure injures injured wound wounds wounded hurt shot hit"),
    _sense("weapon weapons axe pick gun knife pistol"),
    _sense("rich wealthy poor money fortune"),
    *map(_sense, IRREGULAR),
    _sense("religion religious jewish jew christian lutheran faith"),
    _sense("language languages speak spoke spoken tongue"),
    _sense("nationality country countries state nation"),
    _sense(
        "live lives lived living reside resides resided stay stays stayed home house dwell housed"
        " settle settles settled move moves moved"
    ),
    _sense("study studies studied school educated university uni college attend attends attended"),
    _sense("bury buries buried burial grave cremate cremated ashes tomb funeral", "burial funeral"),
    _sense("refuse refuses refused decline declines declined reject rejects rejected turned"),
    _sense("rename renames renamed renaming named name"),
    _sense(
        "steal stole stolen leak leaks leaked reveal reveals revealed publication publishes"
        " published"
    ),
    _sense(
        "acquitted acquittal cleared blame blames blamed responsible responsibility guilty guilt"
        " fault culprit"
    ),
    _sense("help helps helped support supports supported back backs backed"),
    _sense("discover discovers discovered discovery discoverer find finds"),
    _sense("invent invents invented invention inventor"),
    _sense("build builds built building erect erects erected construct constructed"),
    _sense(
        "destroy destroys destroyed destruction burn burns burnt burned collapse collapses"
        " collapsed fall falls fell"
    ),
    _sense("lose loses lost losing defeat defeats defeated"),
    _sense("prize prizes award awards medal medals", "prize award"),
    _sense("book books novel novels memoir memoirs biography biographies pamphlet pamphlets"),
    _sense("paper papers newspaper newspapers journal journals magazine magazines gazette"),
    _sense("casket coffin body"),
    _sense("movie movies film films"),
)

PHRASES = {
    "fall out": "quarrel",
    "fell out": "quarrelled",
    "fallen out": "quarrelled",
    "falling out": "quarrel",
    "won over": "persuaded",
    "win over": "persuade",
    "let in": "admitted",
    "shut down": "closed",
    "kicked him out": "exiled",
    "threw him out": "exiled",
    "come out": "published",
    "came out": "published",
    "comes out": "published",
    "set up": "founded",
    "thrown out": "expelled",
    "threw out": "expelled",
    "kicked out": "expelled",
    "kick out": "expelled",
    "driven out": "expelled",
    "sent away": "exiled",
    "sent into exile": "exiled",
    "run out of": "expelled from",
    "took over": "succeeded",
    "take over": "succeed",
    "taken over": "succeeded",
    "take the place of": "succeed",
    "took the place of": "succeeded",
    "locked up": "imprisoned",
    "thrown in prison": "imprisoned",
    "put in prison": "imprisoned",
    "put in jail": "imprisoned",
    "in charge of": "led",
    "in command of": "commanded",
    "pass away": "died",
    "passed away": "died",
    "put to death": "executed",
    "broke out": "began",
    "break out": "begin",
    "get married": "married",
    "got married": "married",
    "tie the knot": "married",
    "tied the knot": "married",
    "run away": "escaped",
    "ran away": "escaped",
    "get away": "escaped",
    "got away": "escaped",
    "got out": "released",
    "get out of": "escape from",
    "got out of": "escaped from",
    "get out": "released",
    "let out": "released",
    "set free": "released",
    "let go": "released",
    "let free": "released",
    "tried to kill": "attacked",
    "try to kill": "attack",
    "tried to assassinate": "attacked",
    "try to assassinate": "attack",
    "attempt on the life of": "attack",
    "gave up": "resigned",
    "give up": "resign",
    "step down": "resign",
    "stepped down": "resigned",
    "stand trial": "tried",
    "on trial": "tried",
    "burnt down": "burned",
    "burned down": "burned",
    "fell down": "collapsed",
    "fall down": "collapse",
    "fall ill": "illness",
    "fell ill": "illness",
    "get sick": "illness",
    "got sick": "illness",
    "grow up": "childhood",
    "grew up": "childhood",
    "give birth": "birth",
    "made peace": "treaty",
    "make peace": "treaty",
    "turned down": "refused",
    "turn down": "refuse",
    "moved to": "moved",
    "break up": "divorced",
    "broke up": "divorced",
}
"""Words that say something only together, and the one word that says it."""

BY_WORD: dict[str, tuple[Sense, ...]] = {}
for _one in SENSES:
    for _word in _one.words:
        BY_WORD[_word] = (*BY_WORD.get(_word, ()), _one)


@lru_cache(maxsize=1024)
def known_word(typed: str) -> str:
    """Return the word of a sense that a misspelt one is a slip for; the word itself if none is."""
    return typed if typed in BY_WORD else slip_for(typed, tuple(BY_WORD), LEAST_OF_A_VERB) or typed
