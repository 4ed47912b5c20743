"""What is known, and how to find it. Imports nothing of bot or adapters."""
