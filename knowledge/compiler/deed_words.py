"""Verbs for what people do to each other and to things, and what that makes them."""

from __future__ import annotations

BY_DEED = {
    "assassinated": "assassin",
    "murdered": "murderer",
    "killed": "killer",
    "attacked": "attacker",
    "shot": "attacker",
    "stabbed": "attacker",
    "founded": "founder",
    "co-founded": "co-founder",
    "established": "founder",
    "written": "author",
    "directed": "director",
    "composed": "composer",
    "painted": "painter",
    "sculpted": "sculptor",
    "edited": "editor",
    "translated": "translator",
    "designed": "designer",
    "led": "leader",
    "headed": "head",
    "chaired": "chairman",
    "commanded": "commander",
    "taught": "teacher",
    "coached": "coach",
    "mentored": "mentor",
    "tutored": "tutor",
    "succeeded": "successor",
    "owned": "owner",
    "played": "actor",
    "portrayed": "actor",
}
"""What the doer of a deed is to whom or what it was done."""

ACTIVE = {
    "succeeded": "successor",
    "assassinated": "assassin",
    "murdered": "murderer",
    "founded": "founder",
    "co-founded": "co-founder",
    "wrote": "author",
    "painted": "painter",
    "composed": "composer",
    "directed": "director",
    "edited": "editor",
    "translated": "translator",
    "taught": "teacher",
    "coached": "coach",
    "mentored": "mentor",
    "tutored": "tutor",
    "led": "leader",
}
"""What somebody who does this is to whom or what it is done to."""

KILLED = frozenset(
    "killed executed murdered assassinated hanged beheaded guillotined poisoned strangled lynched"
    " stabbed drowned".split()
)
"""What somebody "was" who died of it."""

DEEDS = frozenset(BY_DEED) | frozenset(ACTIVE) | KILLED
