"""Words beside a name that tell whether it is a person's, a place's or a work's.

Closed lists of the language, in lower case.
"""

from __future__ import annotations

IN_A_PLACE = frozenset(
    "in near throughout across outside into around via within beyond towards toward above off"
    " inside through".split()
)
"""Prepositions before a place."""
GOING = frozenset(
    "moved travelled traveled returned went fled sailed came exiled sent deported emigrated"
    " marched escaped retired settled journeyed transferred rode walked flew drove withdrew"
    " retreated advanced lived arrived invited back home voyage journey expedition road railway"
    " visit trip march emigration flight return moving returning going ambassador consul posted"
    " runs run ran extends extended leads led stretches banished relocated migrated"
    " immigrated native hails hailed".split()
)
"""What stands before "to" or "from" and a place."""
DOING_OF_PEOPLE = frozenset(
    "wrote said argued believed stated noted married studied taught recalled told"
    " admitted painted composed sang danced resigned explained claimed described suggested"
    " thought refused met served learned learnt graduated attended recorded lived fled"
    " disagrees disagreed wrote writes argues argued believes states notes says claims describes"
    " considered regarded viewed remarked contended concluded commented asserted maintained"
    " acknowledged attributed highlighted cited feared hoped wanted knew felt saw heard asked"
    " replied answered responded retired died wept smiled succeeded abdicated reigned ruled"
    " confessed protested defended designed invented discovered translated edited directed starred"
    " played won ran swam scored captained trained coached drew sculpted carved"
    " rode walked sat slept ate drank spoke read kept gave took himself herself never later then"
    " also himself threw bought sold escaped closed opened quotes praises relates".split()
)
"""What people do, behind a name."""
OWNED_BY_PEOPLE = frozenset(
    "wife husband father mother son sons daughter daughters brother sister life death birth"
    " ideas works novel novels poems letters speech speeches house home widow brother's family"
    " childhood career marriage friend friends writings books theory views opinion diary mother"
    " pupils pupil secretary agent assistant body grave funeral head hand heart face mind"
    " paintings drawings painting music songs students supporters followers opponents colleague"
    " colleagues arrest trial execution assassination resignation appointment reign".split()
)
"""What is somebody's, behind "'s"."""
SOMEBODYS = frozenset(
    "pupil student disciple friend murderer assassin biographer successor predecessor rival"
    " follower children sons daughters ally allies enemy enemies assassins murderers".split()
)
"""Who is somebody's, before "of"."""
MADE_BY_PEOPLE = frozenset(
    "works work poems novels plays writings paintings ideas life death biography teachings thought"
    " music songs letters support help influence widow grave statue portrait honour honor murder"
    " assassination accession triumph heirs".split()
)
"""What is somebody's, before "of"."""
COMMANDED = frozenset("army armies troops legions fleet forces camp side supporters".split())
"""What a commander has, or a country, before "of"."""
DIRECTED = frozenset(
    "performed sung played premiered studied trained served fought worked apprenticed army"
    " orchestra choir company troops regiment".split()
)
"""What is done, or who does it, under somebody."""
SAID_TO_PEOPLE = frozenset(
    "submitted wrote betrothed engaged apprenticed loyal allegiance letter letters".split()
)
"""What is done towards people, before "to"."""
DONE_TO_PEOPLE = frozenset(
    "killed wounded crowned strangled beheaded executed exiled imprisoned assassinated murdered"
    " poisoned pardoned betrothed hanged deposed acquitted sentenced convicted baptised baptized"
    " christened widowed drowned promoted himself herself".split()
)
"""What is done to people, behind "was"."""
REPORTED = frozenset({"said", "supposed", "reported", "thought", "believed", "known"})
"""What is told of people, behind "is" and before "to have"."""
MEETING = frozenset(
    "married met wed succeeded told asked by befriended divorced persuaded accused named"
    " arrested murdered shot killed taught defeated and with against under between nephew".split()
)
"""What is done to people, before a name."""
BORN_OR_DIED = frozenset({"born", "b.", "died", "d.", "née", "né", "nee"})
"""What stands before a birth, a death or a birth name."""
LYING = frozenset("lies lay stands stood situated located sits flows built".split())
"""What towns and rivers do."""
TAKING_PLACES = frozenset(
    "mapped besieged crossed reached entered visited recaptured retook occupied"
    " evacuated liberated shelled bombed stormed invaded annexed garrisoned fortified sacked"
    " bombarded overran encircled seized".split()
)
"""What is done to places, before a name."""
SERVED = frozenset(
    "service court throne mayor ruler citizens inhabitants walls streets outskirts north south"
    " east west coast people rulers ruler governors defence gates siege".split()
)
"""What a place has, before "of"."""
BESIEGED = frozenset(
    "garrison siege bombardment evacuation sack occupation battle shelling blockade liberation"
    " recapture outskirts".split()
)
"""What happens to a place, before "of"."""
FALLING = frozenset("capture fall attack relief surrender conquest loss".split())
"""What happens to places more often than to people, before "of"."""
ISSUING = frozenset(
    "edited editing published publishing titled entitled issued wrote writing written released"
    " composed painted recorded directed staged co-founded called".split()
)
"""What is done to works, before a title."""
