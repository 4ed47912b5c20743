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
    "son": ("father", "mother", None),
    "daughter": ("father", "mother", None),
    "child": ("father", "mother", None),
    "father": ("son", "daughter", None),
    "mother": ("son", "daughter", None),
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
    """Call a child son or daughter once it is known which."""
    for who in list(accounts.relations):
        pronoun = scene.pronouns.get(who)
        kind = {Pronoun.HE: "son", Pronoun.SHE: "daughter"}.get(pronoun or Pronoun.IT)
        for relation in list(accounts.relations[who]):
            if relation[0] == "child" and kind is not None:
                del accounts.relations[who][relation]
                accounts.relate(who, kind, relation[1])


def spouses(accounts: Accounts) -> dict[Identity, list[Identity]]:
    """Return whom each is or was married to."""
    found: dict[Identity, list[Identity]] = {}
    for who, relations in accounts.relations.items():
        for kind, to in relations:
            if kind in {"wife", "husband", "spouse", "widow"}:
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
