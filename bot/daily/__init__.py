"""The daily post of a place: when it is due, what was posted, and the loop that posts."""
