"""An Article in; dates, people, things and events out: a pure step a file."""
