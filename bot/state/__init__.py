"""The bot's own database: places, subscriptions, the ledger of posts, and what admins chose."""
