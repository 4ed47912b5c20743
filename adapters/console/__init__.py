"""The console: plain text in a pipe, colours and completion on a terminal, JSON for programs."""
