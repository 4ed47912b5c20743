"""Women who are told under their husband's surname as well: "Ada Brandt", later "Ada Kern"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.same_name import PersonName

Relations = Mapping[Identity, Mapping[tuple[str, Identity], None]]


def join_married_names(
    mentioned: Sequence[Mentioned], relations: Relations, subject: Identity | None
) -> None:
    """Let whoever bears a wife's given name and her husband's surname be his wife.

    Only if named behind her, and said to be nobody's relative: the mother may be a namesake. The
    names of the one go over to the other.
    """
    people = list(dict.fromkeys(mention.who for mention in mentioned if mention.who.is_person))
    by_name: dict[tuple[str, str], list[Identity]] = {}
    for who in people:
        for name in who.names:
            if name.is_full and not name.mark:
                by_name.setdefault((name.folded[0], name.folded[-1]), []).append(who)
    order = {who: place for place, who in enumerate(people)}
    joined: dict[Identity, Identity] = {}
    for who, told in relations.items():
        for kind, husband in told:
            twin = _of_both(who, husband, by_name) if kind in {"wife", "widow"} else None
            if twin is None or relations.get(twin) or joined.get(twin, who) is not who:
                continue
            if twin is not subject and order[twin] > order.get(who, 0):
                joined[twin] = who
    for twin, who in joined.items():
        _take_over(who, twin)
    for mention in mentioned:
        mention.who = joined.get(mention.who, mention.who)


def _of_both(
    who: Identity, spouse: Identity, by_name: Mapping[tuple[str, str], Sequence[Identity]]
) -> Identity | None:
    """Return the one other person with somebody's given name and the spouse's surname."""
    own = [name for name in who.names if name.is_full]
    surnames = {name.folded[-1] for name in spouse.names if name.is_full and not name.mark}
    if any(name.folded[-1] in surnames for name in own):
        return None
    found = {
        twin
        for name in own
        for surname in surnames
        for twin in by_name.get((name.folded[0], surname), ())
        if twin is not who
    }
    return found.pop() if len(found) == 1 else None


def _take_over(who: Identity, twin: Identity) -> None:
    """Give somebody the names of a twin; the usual name stays what it was."""
    who.names += [name for name in twin.names if not _is_known(who, name)]
    for form in (twin.name, *twin.forms, *twin.others):
        who.others[form] = None
    who.titled.update(twin.titled)
    who.nicknames.update(twin.nicknames)


def _is_known(who: Identity, name: PersonName) -> bool:
    return any(other.folded == name.folded for other in who.names)
