"""What English calls people: titles, trades and offices, kin, nationalities.

Closed lists of the language, in lower case. No proper name stands here.
"""

from __future__ import annotations

from knowledge.compiler.cast import Pronoun

TITLES = frozenset(
    "mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir dame lord lady king queen emperor"
    " empress tsar tsarina tsaritsa czar czarina kaiser prince princess duke duchess count"
    " countess earl baron baroness marquis marquess marquise viscount viscountess archduke"
    " archduchess pope bishop archbishop cardinal patriarch metropolitan father rabbi imam sheikh"
    " sultan shah caliph emir amir maharaja raja rajah nawab vizier general gen. colonel col. major"
    " maj. major-general lieutenant-general brigadier-general captain capt. capt lieutenant lt."
    " lt admiral adm. vice-admiral rear-admiral marshal"
    " commander commodore sergeant sgt. corporal brigadier ensign private president chancellor"
    " premier minister governor gov. mayor senator sen. representative rep. congressman"
    " congresswoman judge justice chairman chairwoman secretary ambassador commissar abbot abbess"
    " reverend rev. rev brother sister mother comrade consul doge elector landgrave margrave"
    " regent pharaoh khan don doña dona donna madame monsieur mme. mme mlle. m. herr frau fräulein"
    " señor señora signor signora chief sheriff inspector constable detective coach field"
    " vice deputy crown dowager grand generalissimo dean provost canon friar dom lama"
    " sri graf gräfin freiherr freifrau fürst ritter junker attorney speaker councillor"
    " alderman hetman voivode prior prioress rector director"
    " superintendent commissioner field-marshal vicar deacon archdeacon pastor satrap"
    " strategos tyrant archon praetor quaestor tribune legate proconsul praefect prefect"
    " hon. saint st. st".split()
)
"""What may stand before a name with a capital letter and is no part of it."""

TITLE_FILLERS = frozenset(
    "foreign prime finance defence defense war justice interior home education agriculture health"
    " trade labour labor culture transport navy commerce state internal affairs security treasury"
    " first second third former acting general high lord grand vice deputy assistant"
    " lieutenant major field attorney chief crown interim co-".split()
)
"""Capitalised words that stand within a title: "Foreign Minister", "Vice Admiral"."""

PORTFOLIOS = frozenset(
    "finance war justice internal foreign affairs interior defence defense agriculture health"
    " education trade labour labor culture transport navy commerce economy state treasury"
    " exchequer works railways posts enlightenment staff police naval military army fleet"
    " industry religion public science propaganda marine colonies supply food housing".split()
)
"""What a minister is minister of: "Minister of Internal Affairs"."""


KIN: dict[str, Pronoun | None] = {
    **dict.fromkeys(
        "father son brother husband widower uncle nephew grandfather grandson stepfather stepson"
        " stepbrother half-brother father-in-law son-in-law brother-in-law godfather godson"
        " great-grandfather great-grandson great-uncle great-nephew grand-uncle grand-nephew"
        " grandnephew foster-father".split(),
        Pronoun.HE,
    ),
    **dict.fromkeys(
        "mother daughter sister wife widow aunt niece grandmother granddaughter stepmother"
        " stepdaughter stepsister half-sister mother-in-law daughter-in-law sister-in-law"
        " godmother goddaughter great-grandmother great-granddaughter great-aunt great-niece"
        " grand-niece grandniece fiancée mistress girlfriend ex-wife foster-mother bride".split(),
        Pronoun.SHE,
    ),
    "fiancé": Pronoun.HE,
    "bridegroom": Pronoun.HE,
    "boyfriend": Pronoun.HE,
    "ex-husband": Pronoun.HE,
    **dict.fromkeys(
        "cousin spouse partner sibling twin child parent grandchild grandparent stepchild heir"
        " descendant ancestor lover companion relative".split(),
        None,
    ),
}
"""Words for relatives, with the pronoun that each shows."""

PLURAL_KIN = {
    "sons": "son",
    "daughters": "daughter",
    "brothers": "brother",
    "sisters": "sister",
    "children": "child",
    "parents": "parent",
    "siblings": "sibling",
    "cousins": "cousin",
    "nephews": "nephew",
    "nieces": "niece",
    "wives": "wife",
    "twins": "twin",
    "grandsons": "grandson",
    "granddaughters": "granddaughter",
    "grandchildren": "grandchild",
    "uncles": "uncle",
    "aunts": "aunt",
    "half-brothers": "half-brother",
    "half-sisters": "half-sister",
    "stepsons": "stepson",
    "stepdaughters": "stepdaughter",
    "heirs": "heir",
}

SOCIAL = frozenset(
    "friend ally rival enemy opponent colleague collaborator student pupil disciple teacher tutor"
    " mentor assistant secretary bodyguard guard biographer deputy successor predecessor host"
    " guest supporter follower critic patron lawyer lieutenant assassin killer murderer attacker"
    " translator publisher editor co-editor manager coach servant guardian adviser advisor"
    " apprentice associate accomplice confidant confidante contemporary compatriot doctor"
    " physician librettist champion protégé protégée protege rescuer namesake agent trainer"
    " nurse governess steward squire chaplain confessor general minister chancellor arch-enemy"
    " co-founder founder leader commander chairman president head director captain architect"
    " designer owner author composer painter sculptor victim understudy jailer aide valet"
    " landlord landlady comrade accompanist master widow executor executioner tormentor"
    " spokesman spokeswoman vassal foe neighbour neighbor envoy chief schoolfellow schoolmate"
    " classmate roommate flatmate playmate teammate team-mate bandmate accomplice godparent"
    " stepfather secretary".split()
)
"""What somebody may be to somebody else, besides kin: "Kern's pupil"."""

INCOMPLETE = frozenset(KIN) | frozenset(
    "friend ally rival enemy opponent colleague collaborator pupil disciple mentor successor"
    " schoolfellow schoolmate classmate roommate flatmate playmate teammate team-mate bandmate"
    " predecessor host guest supporter follower assistant associate accomplice confidant"
    " confidante contemporary compatriot protégé protégée protege namesake comrade master victim"
    " champion neighbour neighbor foe adherent proponent advocate apprentice patron rescuer"
    " companion cofounder co-founder founder co-author owner head creator"
    " contributor holder recipient participant member follower murderer killer assassin attacker"
    " tormentor executor heir executioner".split()
)
"""Words that say nothing without "of": a friend is somebody's friend."""

ROLES = (
    frozenset(
        "academic accountant activist actor actress administrator admiral aeronaut agent"
        " agronomist alchemist ambassador anarchist anatomist anthropologist apothecary publican"
        " archaeologist archbishop architect aristocrat artist artisan assassin assistant caretaker"
        " astronaut astronomer athlete attorney author aviator baker ballerina banker bard baron"
        " baroness barber barrister bassist bassoonist bibliographer biographer biologist bishop"
        " blacksmith bodyguard bookseller boss botanist boxer brewer broadcaster brigadier augur"
        " builder bureaucrat bursar businessman businesswoman butcher butler captain cardinal"
        " carpenter cartographer cartoonist cavalryman cellist champion chancellor chaplain aedile"
        " chairman chairperson chairwoman chemist chief chieftain choirmaster choreographer"
        " chronicler clarinettist clarinetist cleric clergyman clerk coach collector colonel"
        " colonist comedian commander commandant commissar commissioner communist composer renegade"
        " conductor confectioner congressman congresswoman conqueror conservator conspirator"
        " constable consul contralto cook cooper copyist correspondent corporal councillor count"
        " countess courtier critic curate curator cybernetician cyclist dancer deacon dealer dean"
        " delegate deputy designer detective dictator diplomat director diarist diver doctor"
        " dramatist draughtsman drummer duchess duke ecologist economist editor educator"
        " emperor empress emigrant émigré engineer engraver entertainer entrepreneur envoy"
        " essayist ethnographer ethnologist executive explorer farmer fascist fencer feminist"
        " fiddler figure filmmaker financier firefighter fisherman flautist flutist folklorist"
        " footballer forester founder freedman frontman gambler gardener general geographer"
        " geologist geometer glassmaker goalkeeper goldsmith governess governor grammarian winger"
        " guerrilla guitarist gymnast harpist harpsichordist headmaster headmistress heiress"
        " herald herbalist hermit hero heroine herpetologist historian horticulturist hunter"
        " hurdler illustrator impresario industrialist infantryman inspector instructor fullback"
        " intellectual inventor iconographer industrialist jailer jazzman jeweller jester jockey"
        " journalist judge jurist justice keyboardist king knight laborer labourer lacemaker"
        " landowner lawyer leader lecturer legislator lexicographer librarian librettist full-back"
        " lieutenant linguist lithographer locksmith logician lord magistrate magician magnate"
        " major manager manufacturer marksman marquis marshal martyr marxist mason mathematician"
        " mayor mechanic mediator medic member mercenary merchant metallurgist meteorologist"
        " midwife militant miller miner minister minstrel missionary model monarch monk mosaicist"
        " mountaineer musician musicologist mystic mystic narrator naturalist navigator half-back"
        " neurologist noble nobleman noblewoman novelist nun nurse nutritionist oboist official"
        " officer officeholder oilman operator optician orator orchestrator organist organiser"
        " organizer ornithologist orphan owner pacifist painter paleontologist palaeontologist"
        " pamphleteer pastor patriarch patron peasant pedagogue penman performer perfumer"
        " pharmacist philanthropist philologist philosopher photographer physician physicist"
        " physiologist pianist pilgrim pilot pioneer pirate planter player playwright plumber poet"
        " poetess polemicist policeman policewoman politician polymath pope porter potter preacher"
        " premier president priest priestess prince princess printer prior prisoner privateer"
        " producer professor prosecutor prophet prospector psychiatrist psychoanalyst psychologist"
        " publicist publisher pupil puppeteer queen rabbi racer racewalker railwayman rancher"
        " rapper rebel rector referee reformer regent representative reporter rescuer researcher"
        " restaurateur revolutionary rhetorician rider rower ruler runner saddler sailor saint"
        " salesman satirist scholar schoolmaster schoolmistress schoolteacher scientist scout"
        " screenwriter scribe sculptor seamstress secretary seismologist senator sergeant serf"
        " servant settler sexton sharpshooter shepherd sheriff shipbuilder shipowner shipwright"
        " shoemaker shopkeeper silversmith singer singer-songwriter skater skier slave smith"
        " smuggler socialist socialite sociologist soldier soloist solicitor songwriter soprano"
        " sovereign specialist sportsman sportswoman spokesman spokeswoman sprinter spy centre-half"
        " stateswoman statesman stationmaster statistician steward stockbroker stonemason"
        " storyteller strategist student suffragette suffragist sultan surgeon surveyor swimmer"
        " swordsman tactician tailor tanner teacher technician tenor theologian theoretician"
        " theorist thinker toxicologist trader tragedian trainer translator traveller traveler"
        " treasurer trombonist troubadour trumpeter trustee tsar tutor tycoon tyrant typographer"
        " undertaker usurper vicar viceroy violinist violist virtuoso viscount vocalist warlord"
        " warrior watchmaker weaver whaler wholesaler winemaker witness woodcarver worker"
        " wrestler writer zoologist cosmonaut bassist baritone mezzo-soprano bass drummer jurist"
        " woman man boy girl lady gentleman youth person native citizen resident inhabitant"
        " survivor veteran widow widower bachelor convert refugee exile immigrant defector"
        " dissident nationalist republican royalist monarchist loyalist liberal conservative"
        " democrat federalist separatist unionist abolitionist partisan insurgent hostage victim"
        " murderer killer criminal thief outlaw bandit highwayman swindler forger centre-back"
        " co-founder co-author co-editor co-director co-driver commander-in-chief centre-forward"
        " lieutenant-general major-general vice-president vice-chairman vice-chancellor docker"
        " ex-president ex-minister pretender claimant contender favourite consort princeling"
        " head opponent supporter adherent proponent advocate follower disciple rival ally enemy"
        " friend colleague collaborator companion comrade apprentice associate adviser advisor"
        " mentor accomplice lover mistress heir successor predecessor deputy bodyguard"
        " guard biographer contributor creator discoverer winner runner-up medallist medalist"
        " holder laureate recipient participant candidate nominee captain striker midfielder"
        " defender forward goalscorer batsman bowler pitcher catcher shortstop quarterback"
        " linebacker wing guard umpire jumper thrower vaulter shooter archer"
        " character protagonist antagonist villain personality celebrity scion offspring"
        " benefactor emissary negotiator interpreter informant informer tenant"
        " landlord landlady legend postman milkman boatman horseman huntsman tradesman craftsman"
        " guardsman watchman foreman cameraman serviceman airman oarsman marksman cavalryman"
        " notary attaché eunuch international grandmaster governor-general secretary-general"
        " attorney-general surgeon-general quartermaster treasurer-general cofounder coauthor"
        " lithographer woodcutter lutenist percussionist saxophonist folksinger bandleader"
        " frontwoman impresario showman stuntman weightlifter cricketer golfer sailor yachtsman"
        " yachtswoman bullfighter matador charioteer gladiator centurion legionary hoplite"
        " legate prefect satrap strategos"
        " bureaucrat technocrat apparatchik anti-fascist"
        " trade-unionist unionist policymaker polar-explorer driver amateur keeper piper"
        " lutanist bugler clockmaker bookbinder saltworker trapper surveyor scorer top-scorer"
        " spinner dyer glazier tiler thatcher plasterer ferryman miner carver turner"
        " chandler vintner cobbler ploughman groom coachman chauffeur barman barmaid"
        " waiter waitress cashier teller broker agitator organiser lobbyist campaigner strategist"
        " columnist commentator critic blogger presenter announcer host anchor newsreader"
        " astronomer-royal poet-laureate bellringer beekeeper shepherdess consort dowager".split()
    )
    | frozenset(KIN)
    | SOCIAL
)
"""What somebody may be: trades, offices, callings, kin."""

IRREGULAR_PLURALS = {
    "men": "man",
    "women": "woman",
    "people": "person",
    "wives": "wife",
    "children": "child",
    "statesmen": "statesman",
    "noblemen": "nobleman",
    "chairmen": "chairman",
    "policemen": "policeman",
    "businessmen": "businessman",
    "clergymen": "clergyman",
    "fishermen": "fisherman",
    "sportsmen": "sportsman",
    "draughtsmen": "draughtsman",
    "thieves": "thief",
    "spies": "spy",
    "midwives": "midwife",
    "commanders-in-chief": "commander-in-chief",
    "brothers-in-law": "brother-in-law",
    "sisters-in-law": "sister-in-law",
    "heroes": "hero",
}

_ROLE_ENDINGS = (
    "ist",
    "ologist",
    "ographer",
    "ician",
    "wright",
    "smith",
    "monger",
    "maker",
    "keeper",
    "holder",
    "builder",
    "owner",
    "player",
    "writer",
    "master",
    "singer",
    "painter",
    "worker",
    "dealer",
    "hunter",
    "woman",
    "logian",
    "arian",
    "orian",
)
_NO_ROLES = frozenset(
    "exist consist insist resist persist assist list mist fist twist gist grist wrist whist tryst"
    " barbarian agrarian vegetarian authoritarian totalitarian egalitarian humanitarian"
    " unitarian utilitarian victorian"
    " libertarian sectarian hungarian bulgarian tartarian"
    "".split()
)


_TITLES_AS_ROLES = frozenset(word for word in TITLES if word.isalpha() and len(word) > 3) - {
    "saint", "grand", "vice", "field", "crown", "miss", "herr", "frau", "dona", "doña", "donna",
    "señor", "prof", "capt", "dame", "chief", "madame",
}  # fmt: skip


def is_role(word: str) -> bool:
    """Whether a word in lower case says what somebody is: "painter", "glassmaker"."""
    return (
        word in ROLES
        or word in _TITLES_AS_ROLES
        or (len(word) > len("artist") and word.endswith(_ROLE_ENDINGS) and word not in _NO_ROLES)
    )


def is_agent(word: str) -> bool:
    """Whether a noun behind "a" names a doer by its ending: "a docker", "a sailmaker"."""
    return (
        len(word) > len("actor")
        and word.islower()
        and word.endswith(("er", "or", "eer", "ist", "ian", "ee", "ant"))
        and word not in _NO_AGENTS
    )


_NO_AGENTS = frozenset(
    "number order matter letter power offer answer chapter paper river tower dinner winter summer"
    " manner murder disaster border corner factor sector error favour favor honour honor labour"
    " labor harbour harbor horror terror humour humor minor major theatre theater"
    " quarter feather weather leather shelter counter quarter former latter another rather other"
    " further whether either neither together altogether however remainder encounter adventure"
    " monster cancer fever liver silver copper timber lumber chamber ladder banner planner poster"
    " transfer trailer steamer liner tanker freighter cruiser destroyer trawler schooner folder"
    " supper barrier frontier premier career parlour mirror interior exterior superior"
    " committee degree guarantee jubilee fee restaurant giant distant significant"
    " important constant instant relevant dominant brilliant elegant grant plant warrant covenant"
    " remnant abundant reluctant vacant corridor manor tumour rumour"
    " flavour vapour armour behaviour endeavour meteor reminder cylinder calendar"
    " december september october november laughter slaughter".split()
)


def singular_role(word: str) -> str | None:
    """Return the singular of a plural in lower case that says what people are, if it is one."""
    if word in PLURAL_KIN:
        return PLURAL_KIN[word]
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    if word.endswith("ies") and is_role(word[:-3] + "y"):
        return word[:-3] + "y"
    if word.endswith("sses") and is_role(word[:-2]):
        return word[:-2]
    if word.endswith("s") and is_role(word[:-1]):
        return word[:-1]
    return None


def pronoun_of(word: str) -> Pronoun | None:
    """Return the pronoun that a word for a person shows: "actress" is she."""
    if word in KIN:
        return KIN[word]
    if word in _FEMALE or word.endswith("woman"):
        return Pronoun.SHE
    if word in _MALE or (word.endswith("man") and word not in {"woman", "human"}):
        return Pronoun.HE
    return None


_FEMALE = frozenset(
    "actress queen empress duchess countess baroness princess mrs mrs. ms ms. miss dame lady"
    " tsarina tsaritsa czarina marquise viscountess archduchess abbess madame mme. mme mlle. frau"
    " fräulein señora signora doña dona donna nun priestess heiress governess seamstress"
    " suffragette girl poetess prioress headmistress schoolmistress mistress midwife ballerina"
    " sister mother hostess widow heroine landlady goddess protégée confidante".split()
)
_MALE = frozenset(
    "king emperor duke count baron prince mr mr. sir lord tsar czar kaiser marquis marquess"
    " viscount archduke pope sultan shah caliph emir monk friar abbot boy herr monsieur señor"
    " signor earl hero father brother headmaster schoolmaster widower landlord pasha"
    " freedman".split()
)

DEMONYMS = frozenset(
    "afghan african albanian algerian american andalusian andorran anglo-saxon angolan arab scot"
    " arabian argentine argentinian armenian asian assyrian athenian australian austrian spaniard"
    " austro-hungarian azerbaijani babylonian baltic bangladeshi basque bavarian belarusian"
    " belgian bengali berber bohemian bolivian bosnian brazilian breton british bulgarian"
    " burgundian"
    " burmese byzantine cambodian cameroonian canadian carthaginian castilian catalan chechen"
    " chilean chinese colombian congolese corinthian cornish corsican cossack croat croatian"
    " cuban cypriot czech czechoslovak dalmatian danish dutch east egyptian english eritrean"
    " estonian ethiopian european fijian filipino finnish flemish florentine frankish french"
    " frisian galician gallic genoese georgian german ghanaian greek guatemalan"
    " haitian hawaiian hellenistic hittite honduran hungarian icelandic indian indonesian iranian"
    " iraqi irish israeli italian ivorian jamaican japanese jewish jordanian kazakh kenyan korean"
    " kurdish kuwaiti kyrgyz laotian latin latvian lebanese liberian libyan lithuanian lombard"
    " luxembourgish macedonian malagasy malay malaysian maltese manchu maori māori mauritian"
    " mexican milanese moldovan mongol mongolian montenegrin moorish moravian moroccan mughal"
    " muslim native neapolitan nepalese nicaraguan nigerian norman north norwegian ottoman"
    " pakistani palestinian panamanian paraguayan parisian persian peruvian phoenician polish"
    " portuguese prussian punjabi puerto rican roman romanian russian rwandan saxon scandinavian"
    " scots scottish senegalese serb serbian sicilian silesian singaporean slavic slovak"
    " slovene slovenian somali south soviet spanish spartan sri lankan sudanese swedish swiss"
    " syrian tajik tamil tanzanian tatar thai theban tibetan transylvanian tunisian turkish"
    " turkmen tuscan tyrolean ugandan ukrainian uruguayan uzbek venetian venezuelan viennese"
    " vietnamese visigothic welsh west yemeni yiddish yugoslav zambian zimbabwean zulu catholic"
    " protestant orthodox lutheran calvinist jesuit anglican islamic hindu buddhist"
    " nazi western eastern northern southern central".split()
)
"""Adjectives of nations, peoples and faiths, which stand before a role and are no name."""
