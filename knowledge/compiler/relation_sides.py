"""Relations from their other side, and by their right word once he is known from she."""

from __future__ import annotations

from knowledge.compiler.accounts import Account, Accounts, Rank
from knowledge.compiler.cast import Pronoun
from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.noun_kinds import noun_kind
from knowledge.compiler.scene import Scene
from knowledge.model import EntityKind

_OPPOSITE = {
    "husband": ("wife", "wife", "wife"),
    "wife": ("husband", "husband", "husband"),
    "spouse": ("husband", "wife", "spouse"),
    "son": ("father", "mother", "parent"),
    "daughter": ("father", "mother", "parent"),
    "child": ("father", "mother", "parent"),
    "parent": ("son", "daughter", "child"),
    "father": ("son", "daughter", "child"),
    "mother": ("son", "daughter", "child"),
    "brother": ("brother", "sister", None),
    "sister": ("brother", "sister", None),
    "half-brother": ("half-brother", "half-sister", None),
    "half-sister": ("half-brother", "half-sister", None),
    "widow": ("husband", "husband", "husband"),
    "widower": ("wife", "wife", "wife"),
    "pupil": ("teacher", "teacher", "teacher"),
    "student": ("teacher", "teacher", "teacher"),
    "cousin": ("cousin", "cousin", "cousin"),
    "twin": ("twin", "twin", "twin"),
    "sibling": ("brother", "sister", "sibling"),
    "grandfather": ("grandson", "granddaughter", "grandchild"),
    "grandmother": ("grandson", "granddaughter", "grandchild"),
    "grandson": ("grandfather", "grandmother", "grandparent"),
    "granddaughter": ("grandfather", "grandmother", "grandparent"),
    "uncle": ("nephew", "niece", None),
    "aunt": ("nephew", "niece", None),
    "nephew": ("uncle", "aunt", None),
    "niece": ("uncle", "aunt", None),
    "father-in-law": ("son-in-law", "daughter-in-law", None),
    "mother-in-law": ("son-in-law", "daughter-in-law", None),
    "son-in-law": ("father-in-law", "mother-in-law", None),
    "daughter-in-law": ("father-in-law", "mother-in-law", None),
    "friend": ("friend", "friend", "friend"),
    "colleague": ("colleague", "colleague", "colleague"),
    "collaborator": ("collaborator", "collaborator", "collaborator"),
    "teacher": ("pupil", "pupil", "pupil"),
}
"""What the other side of a relation is called where that one is he, she or unknown."""


def add_opposites(scene: Scene, accounts: Accounts) -> None:
    """Say each relation between relatives from its other side as well, where that has a word.

    Of "the son of A and B" the first is the father where neither is known to be he or she.
    """
    for who in list(accounts.relations):
        relations = list(accounts.relations[who])
        parents = [to for kind, to in relations if kind in {"son", "daughter", "child"}]
        for kind, to in relations:
            opposite = _OPPOSITE.get(kind)
            if opposite is None or not to.is_person:
                continue
            pronoun = scene.pronouns.get(to)
            if pronoun is None and len(parents) == 2 and to in parents:
                first = scene.pronouns.get(parents[0])
                other = scene.pronouns.get(parents[1])
                is_father = (
                    to is parents[0] if first is other is None else (Pronoun.SHE in {first, other})
                )
                pronoun = Pronoun.HE if is_father else Pronoun.SHE
                scene.pronouns[to] = pronoun
            name = opposite[0 if pronoun is Pronoun.HE else 1 if pronoun is Pronoun.SHE else 2]
            if name is not None and (name, who) not in accounts.relations[to]:
                accounts.relate(to, name, who)
                say(accounts, to, name, who, Rank.OPPOSITE, None)


def relate_families(scene: Scene, accounts: Accounts) -> None:
    """Say what follows from whose children people are and whom they married.

    Children of the same two are brothers and sisters; who married a child is a son-in-law. Nothing
    is said of half-brothers, whom one parent alone doesn't tell from brothers.
    """
    families: dict[frozenset[Identity], list[Identity]] = {}
    for who, relations in list(accounts.relations.items()):
        parents = frozenset(to for kind, to in relations if kind in _CHILDREN)
        if len(parents) == 2:
            families.setdefault(parents, []).append(who)
        for kind, to in list(relations):
            if kind in {"husband", "wife"} and scene.subject is not None:
                _relate_in_laws(accounts, who, to, _IN_LAW[kind], scene.subject)
    for parents in families:
        _relate_parents(accounts, *parents)
    for children in families.values():
        for one in children:
            for other in children:
                sibling = _SIBLINGS.get(scene.pronouns.get(one, Pronoun.IT))
                known = {to for some, to in accounts.relations[one] if some in _KNOWN_SIBLINGS}
                if one is not other and sibling is not None and other not in known:
                    accounts.relate(one, sibling, other)


def _relate_in_laws(
    accounts: Accounts, who: Identity, spouse: Identity, kind: str, subject: Identity
) -> None:
    """Say whose son-in-law somebody is, where the article is about one of the two."""
    for relation, parent in list(accounts.relations.get(spouse, ())):
        if relation in _CHILDREN and subject in {who, parent} and parent is not who:
            accounts.relate(who, kind, parent)


def _relate_parents(accounts: Accounts, one: Identity, other: Identity) -> None:
    """Take the two parents of a child for a couple where they bear one surname."""
    surnames = [who.name.split()[-1] for who in (one, other) if " " in who.name]
    is_known = any(to is other for _, to in accounts.relations.get(one, ()))
    if len(surnames) == 2 and surnames[0] == surnames[1] and not is_known:
        accounts.relate(one, "spouse", other)
        accounts.relate(other, "spouse", one)


_IN_LAW = {"husband": "son-in-law", "wife": "daughter-in-law"}
_CHILDREN = frozenset({"son", "daughter", "child"})
_SIBLINGS = {Pronoun.HE: "brother", Pronoun.SHE: "sister"}
_KNOWN_SIBLINGS = frozenset({"brother", "sister", "twin", "half-brother", "half-sister"})


def settle_spouses(scene: Scene, accounts: Accounts) -> None:
    """Call a spouse husband or wife once it is known which."""
    for who in list(accounts.relations):
        pronoun = scene.pronouns.get(who)
        kind = {Pronoun.HE: "husband", Pronoun.SHE: "wife"}.get(pronoun or Pronoun.IT)
        if kind is None:
            continue
        for relation in list(accounts.relations[who]):
            if relation[0] == "spouse":
                del accounts.relations[who][relation]
                accounts.relate(who, kind, relation[1])
        for account in accounts.said.get(who, ()):
            if account.text.startswith("Spouse of "):
                account.text = f"{kind.capitalize()} of {account.text.removeprefix('Spouse of ')}"


def settle_children(scene: Scene, accounts: Accounts) -> None:
    """Call a child son or daughter, and a sibling brother or sister, once it is known which."""
    for who in list(accounts.relations):
        pronoun = scene.pronouns.get(who)
        for relation in list(accounts.relations[who]):
            kind = _BY_PRONOUN.get((relation[0], pronoun or Pronoun.IT))
            if kind is not None:
                del accounts.relations[who][relation]
                accounts.relate(who, kind, relation[1])


_BY_PRONOUN = {
    ("child", Pronoun.HE): "son",
    ("child", Pronoun.SHE): "daughter",
    ("sibling", Pronoun.HE): "brother",
    ("sibling", Pronoun.SHE): "sister",
}


def spouses(accounts: Accounts) -> dict[Identity, list[Identity]]:
    """Return whom each is or was married to."""
    found: dict[Identity, list[Identity]] = {}
    for who, relations in accounts.relations.items():
        for kind, to in relations:
            if kind in {"wife", "husband", "spouse"}:  # a widow has married another since
                for one, other in ((who, to), (to, who)):
                    if other not in found.setdefault(one, []):
                        found[one].append(other)
    return found


def say(
    accounts: Accounts,
    who: Identity,
    kind: str,
    to: Identity,
    rank: Rank,
    mention: Mentioned | None,
) -> None:
    """Note a relation as what somebody is said to be: "Founder of the Free Choir"."""
    article = "" if to.is_person or to.name.startswith("The ") or not _takes_article(to) else "the "
    text = f"{kind[:1].upper()}{kind[1:]} of {article}{to.name}"
    if kind == "actor":
        text = f"Actor who played {to.name}" if to.is_person else f"Actor in {article}{to.name}"
    shape = mention.shape if mention is not None else None
    accounts.said[who].append(
        Account(
            rank,
            text,
            shape.block if shape else -1,
            shape.start if shape else 0,
            shape.stop if shape else 0,
            is_relation=True,
        )
    )


def _takes_article(thing: Identity) -> bool:
    if thing.with_article * 2 > sum(thing.forms.values()):
        return True
    return thing.kind is EntityKind.ORGANISATION and noun_kind(thing.name.split()) is not None
