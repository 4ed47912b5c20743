"""Where the pack of Nobel laureates is, and the API's file that it is made from."""

from __future__ import annotations

from typing import Any

from processes import ROOT

PACK = ROOT / "knowledge" / "packs" / "nobel-laureates.jsonl"

DATA = ROOT.parent / "shared" / "data" / "nobel-laureates.json"
"""Not part of the project."""

Entry = dict[str, Any]
"""An entry of the pack or a record of the file, as JSON has it."""
