"""The built-in packs (data), the entries that a pack may hold, and the loader that checks them."""
