"""Discord: slash commands, mentions and private messages, answered in embeds with buttons."""
