"""The peer: the least bot that discord.py can be, with one command that answers with an embed."""

import os

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

Route.BASE = os.environ["DISCORD_API_URL"]
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])

client = discord.Client(
    intents=discord.Intents(guilds=True),
    max_messages=None,
    member_cache_flags=discord.MemberCacheFlags.none(),
)
tree = app_commands.CommandTree(client)

ANSWER = "1940 Somebody dies in hospital, aged 60.\n" * 5


@tree.command(description="A day")
async def onthisday(interaction: discord.Interaction, date: str) -> None:
    """Answer with the same embed whatever the date is."""
    embed = discord.Embed(title=date, description=ANSWER).set_footer(text="Source: S")
    await interaction.response.send_message(embed=embed)


@client.event
async def setup_hook() -> None:
    """Register the command."""
    await tree.sync()


client.run(os.environ["DISCORD_TOKEN"], log_handler=None)
