"""A pack of our own, the voyage of the Borealis, as a built file and opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.build import build
from knowledge.model import Pack
from knowledge.packs.loader import load_pack
from knowledge.store import Store, open_store

BOREALIS = """\
[pack]
id = "borealis"
title = "The Borealis"
julian = "by the ship's calendar"

[[source]]
id = "logbook"
title = "Logbook of the Borealis"

[[source]]
id = "tables"
title = "Drift Tables"
author = "Ilse Brandt"

[[event]]
id = "departure"
date = "1899-06-01"
text = "The Borealis leaves Hollhavn with nineteen people."
kind = "journey"
weight = 3
people = ["Ilse Brandt", "Henrik Brandt"]
things = ["Borealis"]
places = ["Hollhavn"]
section = ["The way out"]
start = 0
stop = 40

[[event]]
id = "winter"
date = "1900-02-29"
calendar = "julian"
calendar_inferred = true
text = "Ilse Brandt records the coldest night of the drift."
people = ["Ilse Brandt"]
source = "tables"

[[event]]
id = "storm"
date = "1900-03-12"
end = "1900-03-15"
text = "A storm breaks the rudder of the Borealis."
things = ["Borealis"]

[[event]]
id = "drift"
date = "1900-05-01"
end = "1900-08-20"
text = "The Borealis drifts with the ice."
things = ["Borealis"]
note = "The tables say 21 August."

[[event]]
id = "survey"
date = "1898-03-01"
end = "1898-03-13"
calendar = "julian"
text = "Henrik Brandt surveys the harbour ice."
people = ["Henrik Brandt"]

[[event]]
id = "ides"
date = "-0043-03-15"
calendar = "julian"
text = "A comet is seen, the logbook says."

[[event]]
id = "rescue"
date = "1901-02"
text = "Sealers rescue the crew."
kind = "journey"
weight = 3

[[event]]
id = "fame"
date = "1901"
text = "The newspapers write of nothing else."
weight = 1

[[event]]
id = "copies"
date = "190X"
text = "The logbook is copied by hand."

[[event]]
id = "death"
date = "1901-02-03"
qualifier = "about"
kind = "death"
tone = "grim"
text = "Henrik Brandt dies of scurvy."
people = ["Henrik Brandt", "a stoker"]

[[entity]]
id = "ilse"
kind = "person"
name = "Ilse Brandt"
aliases = ["Ilse Brandt-Moe"]
transliterations = ["Ильзе Брандт"]
born = "1871-02-28"
died = "1950"
description = "Navigator who computed the drift."
weight = 3
mentions = 9

[[entity]]
id = "henrik"
kind = "person"
name = "Henrik Brandt"
description = "Surveyor who died on the ice."
relations = [{ kind = "brother", to = "Ilse Brandt" }, { kind = "friend", to = "a stoker" }]

[[entity]]
id = "jeanne"
kind = "person"
name = "Jeanne Lac"
relations = [{ kind = "sister-in-law", to = "Ilse Brandt" }]
weight = 1
mentions = 4

[[entity]]
id = "ship"
kind = "ship"
name = "Borealis"
aliases = ["SS Borealis"]

[[entity]]
id = "hollhavn"
kind = "place"
name = "Hollhavn"
text = "A harbour.\\nIt is closed by ice in winter."

[[passage]]
text = "The rudder had been mended twice before."
section = ["The way out", "Rudder"]
start = 50
stop = 90
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    file = tmp_path_factory.mktemp("packs") / "borealis.toml"
    file.write_text(BOREALIS, "utf-8")
    loaded = load_pack(file)
    assert loaded.complaints == ()
    assert loaded.pack is not None
    return loaded.pack


@pytest.fixture(scope="module")
def file(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("built") / "knowledge.sqlite"
    build([pack], output)
    return output


@pytest.fixture(scope="module")
def store(file: Path) -> Iterator[Store]:
    store = open_store(file)
    yield store
    store.close()
