"""The shapes of questions, one kind a file: a rule is a function from what was asked to readings."""
