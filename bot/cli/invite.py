"""`daybook invite`: the links that add the bot to a server, a group or an account."""

from __future__ import annotations

import os

import click

from bot.cli.platforms import chosen, look, no_token
from bot.config import load_config
from bot.errors import ConfigurationError, UserError


@click.command()
def command() -> None:
    """Print each platform's links, which ask for exactly the permissions that are needed.

    Ends with 1 where a platform can't be reached, and with 78 where its token is refused.
    """
    config = load_config(os.environ)
    platforms = chosen(config)
    if not platforms:
        raise no_token()
    errors: list[UserError] = []
    for platform in platforms:
        try:
            identity = look(platform, config)
        except UserError as error:
            errors.append(error)
            continue
        click.echo(f"{platform.title}: {identity.name}")
        for purpose, link in identity.invitations:
            click.echo(f"  {purpose}:")
            click.echo(f"    {link}")
    if errors:
        sentence = "\n".join(error.message for error in errors)
        is_setting = any(isinstance(error, ConfigurationError) for error in errors)
        raise ConfigurationError(sentence) if is_setting else UserError(sentence)
