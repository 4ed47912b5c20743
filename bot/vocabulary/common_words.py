"""Words that ask, and say nothing of what is asked for."""

from __future__ import annotations

COMMON = frozenset(
    "big like likes liked going happening behind total overall altogether besides whatever ended w"
    " etc really truly"
    "up out off down away back along want wants wanted wish wishes real way lot bit guys ppl folks"
    " pave paves paved come came comes go goes went get gets got put puts take takes took give"
    " gives gave given make"
    " makes made let lets become becomes became used use uses became ever still already else"
    " called known meant mean means about against because due both between together part role"
    " a an the this that these those of in on at to from by for with without about into onto over"
    " under as and or but if than then so not no nor only just also too very really ever again"
    " who whom whose what when where why which how whats whos whens wheres"
    " is are was were be been being am isn wasn aren do does did doing done don didn have has had"
    " having can could will would shall should may might must"
    " i me my mine we us our you your yours he him his she her hers it its they them their theirs"
    " one ones there here year years day days date dates month months time times exactly actual"
    " actually happen happens happened happening tell know known say said says called name names"
    " s t please thing things something anything someone somebody anyone anybody people person guy"
    " man woman much many long old age first last kind sort during while before after since until"
    " till between any some all most more good nice famous true".split()
)
"""Folded words that are no wish of their own and begin or end no name."""
