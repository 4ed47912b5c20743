"""How it is said: one package for each place where people ask."""
