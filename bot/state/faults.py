"""What goes wrong with the state database, as errors.

StateError                      a sentence for the operator (it is a UserError)
├── StateConfigurationError     it can't be used as it is set: exit code 78
├── NoStateError                there is none yet
└── StateUnwritableError        it can't be written just now: full, read-only, locked for long
CommitUnknownError              a commit was sent and its answer was lost: look before acting again
"""

from __future__ import annotations

from bot.errors import ConfigurationError, UserError


class StateError(UserError):
    """The state database can't do what was asked; the message says which and what to do."""


class StateConfigurationError(StateError, ConfigurationError):
    """The state database can't be used as it is set; the message begins with the variable."""


class NoStateError(StateError):
    """There is no state database to be read: the bot has not run yet."""


class StateUnwritableError(StateError):
    """The state database can't be written at the moment. Nothing was written."""


class CommitUnknownError(Exception):
    """A commit was sent and the connection broke before its answer: it may hold or not."""
