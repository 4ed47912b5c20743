"""The shapes of questions, one kind a file: a rule goes from what was asked to its readings."""
