"""What goes wrong in a way that a person can mend; everything else is a bug and is logged whole.

UserError               wrong input: a sentence for whoever asked
└── ConfigurationError  a wrong environment variable: a sentence for the operator, exit code 78
"""

from __future__ import annotations

from bot.reply import Outcome

EXIT_BROKEN = 1
EXIT_CONFIGURATION = 78
"""EX_CONFIG of sysexits.h: https://man.freebsd.org/cgi/man.cgi?query=sysexits"""


class UserError(Exception):
    """A sentence that says what is wrong and what to do; `choices` are texts to ask instead."""

    def __init__(
        self,
        message: str,
        choices: tuple[str, ...] = (),
        outcome: Outcome = Outcome.INVALID,
    ) -> None:
        """Take the sentence, what may be asked instead, the likeliest first, and how it ended."""
        super().__init__(message)
        self.message = message
        self.choices = choices
        self.outcome = outcome


class ConfigurationError(UserError):
    """A setting that can't be used; the message begins with its name."""
