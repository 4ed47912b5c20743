"""The steps from one schema of the state database to the next, in versions/; Alembic runs them."""
