"""What English words ask for in a library: senses, relations, works, and words that say nothing."""
