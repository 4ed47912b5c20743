"""The subcommands of `daybook`, one a file. Only these files and __main__ wire adapters in."""
