"""How much an event weighs in its article: 3 is what a one-page history would tell."""

from __future__ import annotations

from knowledge.compiler.references import References
from knowledge.model import Precision
from knowledge.readers.article import Role

_TURNING = frozenset(
    "birth death assassination execution treaty founding marriage battle uprising trial exile"
    " arrest appointment resignation prize publication congress".split()
)


def weight_of(
    references: References,
    block: int,
    kind: str,
    people: tuple[int, ...],
    precision: Precision,
    *,
    opens_section: bool,
    certain: bool,
) -> int:
    """Return 1 to 3 from where it stands, what it is and whether the article's subject is in it."""
    article_block = references.article.blocks[block]
    subject = references.cast.subject
    of_subject = subject is not None and subject in people[:2]
    about_nobody = references.subject is None or not references.is_person(subject or 0)
    points = 0
    points += 2 if not article_block.section or article_block.role is Role.FACT else 0
    points += 1 if opens_section else 0
    points += 1 if kind in _TURNING else 0
    points += 1 if of_subject or about_nobody else 0
    points += 1 if kind in ("birth", "death", "assassination", "execution") and of_subject else 0
    points += 1 if precision is Precision.DAY else 0
    points -= 0 if certain else 1
    if kind == "birth" and not of_subject and not about_nobody:
        return 1
    if points >= 4:
        return 3
    return 2 if points >= 2 else 1
