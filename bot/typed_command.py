"""Between a typed command line and a name with options: /onthisday 21 August kind:birth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.command import Command, Invocation, Option, OptionKind
from bot.errors import UserError

_OPENING = re.compile(r"/(\w+)(?:@\w+)?(?:\s+|$)")
_NAMED = re.compile(r"(?<!\S)([^\W\d_]\w*):\S")
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "'": "'"}


def is_command(text: str) -> bool:
    """Whether a text is meant as a command: it begins with a stroke and a letter."""
    return re.match(r"/[^\W\d_]", text.lstrip()) is not None


def read_command(text: str, commands: dict[str, Command]) -> Invocation:
    """Return the command, its action and its options.

    What stands before any `name:` is the first option; of an action that takes several, each word
    or quotation there is one, in their order, and the last takes the rest. A value runs to the next
    option's name, or stands in quotes. Raises UserError for a command, an action or an option that
    doesn't exist.
    """
    opening = _OPENING.match(text.strip())
    name = opening[1].lower() if opening else ""
    if opening is None or name not in commands:
        known = ", ".join(f"/{known}" for known in commands)
        typed = f"/{name}" if name else "That"
        raise UserError(f"{typed} is no command here. There are {known}.")
    command = commands[name]
    rest = text.strip()[opening.end() :].strip()
    if not command.actions:
        return Invocation(name, dict(_options(rest, f"/{name}", command.options)))
    action, rest = _action(command, rest)
    options = command.options_of(action)
    found = dict(_options(rest, f"/{name} {action}", options))
    if len(options) > 1 and options[0].name in found and not _is_named(rest, options[0].name):
        found |= _by_position(found.pop(options[0].name), options)
    return Invocation(name, found, action=action)


def _action(command: Command, rest: str) -> tuple[str, str]:
    """Return the action that is named first, and what stands behind it."""
    if not rest:
        return command.actions[0].name, ""
    word, _, behind = rest.partition(" ")
    names = [action.name for action in command.actions]
    if word.lower() not in names:
        raise UserError(f"/{command.name} can't do that. It has {', '.join(names)}.")
    return word.lower(), behind.strip()


def _is_named(rest: str, option: str) -> bool:
    return re.match(rf"{option}:", rest, re.IGNORECASE) is not None


def _by_position(text: str, options: Sequence[Option]) -> Iterator[tuple[str, str]]:
    """Yield the words or quotations of a text as the options in their order."""
    names = [option.name for option in options]
    rest = text.strip()
    while rest and names:
        name = names.pop(0)
        closing = _QUOTES.get(rest[0])
        end = rest.find(closing, 1) if closing else -1
        if not names:
            word, rest = rest, ""
        elif end > 0:
            word, rest = rest[: end + 1], rest[end + 1 :].strip()
        else:
            word, _, rest = rest.partition(" ")
        yield name, _unquoted(word)


def write_command(
    name: str, options: Mapping[str, str], commands: dict[str, Command], action: str = ""
) -> str:
    """Return a line that `read_command` reads as this command with these options.

    Empty options are left out. Raises ValueError for values that no line can say.
    """
    said = {key: value.strip() for key, value in options.items() if value.strip()}
    opening = [f"/{name}", *([action] if action else [])]
    for quotes in ("", '"', "“"):
        line = " ".join([*opening, *(_written(key, said[key], quotes) for key in said)])
        if _is_read_as(line, Invocation(name, said, action=action), commands):
            return line
    raise ValueError(f"no line says these options of /{name}")


def _written(option: str, value: str, quote: str) -> str:
    return f"{option}:{quote}{value}{_QUOTES.get(quote, '')}"


def _is_read_as(line: str, invocation: Invocation, commands: dict[str, Command]) -> bool:
    try:
        return read_command(line, commands) == invocation
    except UserError:
        return False


def _options(rest: str, called: str, options: Sequence[Option]) -> Iterator[tuple[str, str]]:
    names = [option.name for option in options]
    if not names:
        return
    marks = re.compile(rf"(?:^|(?<=\s))({'|'.join(names)}):\s*", re.IGNORECASE)
    found = [match for match in marks.finditer(rest) if not _inside_quotes(rest, match.start())]
    takes_any_text = len(names) == 1 and options[0].kind is OptionKind.TEXT
    for named in () if takes_any_text else _NAMED.finditer(rest):
        if named[1].lower() not in names and not _inside_quotes(rest, named.start()):
            raise UserError(f"{called} has no option {named[1][:40]}. It has {', '.join(names)}.")
    first = rest[: found[0].start()] if found else rest
    if first.strip():
        yield names[0], _unquoted(first)
    ends = [following.start() for following in found[1:]] + [len(rest)]
    for match, end in zip(found, ends, strict=False):
        yield match[1].lower(), _unquoted(rest[match.end() : end])


def _inside_quotes(text: str, position: int) -> bool:
    return text.count('"', 0, position) % 2 == 1


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and _QUOTES.get(value[0]) == value[-1]:
        return value[1:-1].strip()
    return value
