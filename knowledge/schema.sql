-- The knowledge file: built once from packs, then only read. build.py writes it, store.py asks it.
-- Days are also kept as Julian Day Numbers (day_number in calendars.py), so that time has one order.

PRAGMA journal_mode = DELETE;

CREATE TABLE meta (
    name TEXT PRIMARY KEY,              -- format, fingerprint
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE pack (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    licence TEXT NOT NULL,
    compiled INTEGER NOT NULL           -- made by a program from articles
);

CREATE TABLE source (
    pack TEXT NOT NULL REFERENCES pack (id),
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    publisher TEXT NOT NULL,
    url TEXT NOT NULL,
    licence TEXT NOT NULL,
    revision TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (pack, id)
);

CREATE TABLE event (
    number INTEGER PRIMARY KEY,         -- for joins here only; what is kept elsewhere is the key
    key TEXT NOT NULL UNIQUE,           -- <pack>/<id>
    pack TEXT NOT NULL REFERENCES pack (id),
    date TEXT NOT NULL,                 -- as packs write it: YYYY-MM-DD, YYYY-MM, YYYY, 189X, 18XX
    end TEXT,
    calendar TEXT NOT NULL,
    calendar_inferred INTEGER NOT NULL,
    calendar_words TEXT NOT NULL,
    qualifier TEXT NOT NULL,
    start_first INTEGER NOT NULL,       -- the first and last day that the date may mean
    start_last INTEGER NOT NULL,
    end_first INTEGER NOT NULL,         -- the same for its end; where there is none, the date's
    end_last INTEGER NOT NULL,
    kind TEXT NOT NULL,
    weight INTEGER NOT NULL,
    tone TEXT NOT NULL,
    text TEXT NOT NULL,
    note TEXT NOT NULL,
    people TEXT NOT NULL,               -- JSON: [[name, key or null], ...]
    places TEXT NOT NULL,
    things TEXT NOT NULL,
    source TEXT NOT NULL,
    section TEXT NOT NULL,              -- JSON: the path of headings
    spans TEXT NOT NULL,                -- JSON: [[start, stop], ...]
    further TEXT NOT NULL,              -- JSON, in other packs: [[pack, source, section, spans], ...]
    confidence REAL NOT NULL
);
CREATE INDEX event_by_start ON event (start_first);
CREATE INDEX event_by_end ON event (end_first);

CREATE TABLE day (                      -- the days of the year on which an event is told
    month INTEGER NOT NULL,
    day INTEGER NOT NULL,
    event INTEGER NOT NULL REFERENCES event (number),
    calendar TEXT NOT NULL,
    position TEXT NOT NULL,
    PRIMARY KEY (month, day, event, calendar)
) WITHOUT ROWID;

CREATE TABLE entity (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    pack TEXT NOT NULL REFERENCES pack (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    fictional INTEGER NOT NULL,
    aliases TEXT NOT NULL,              -- JSON: [name, ...]
    transliterations TEXT NOT NULL,
    pen_names TEXT NOT NULL,
    born TEXT,
    died TEXT,
    description TEXT NOT NULL,
    text TEXT NOT NULL,
    relations TEXT NOT NULL,            -- JSON: [[kind, [name, key or null]], ...]
    weight INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    note TEXT NOT NULL,
    source TEXT NOT NULL,
    section TEXT NOT NULL,
    spans TEXT NOT NULL,
    further TEXT NOT NULL,
    confidence REAL NOT NULL
);

CREATE TABLE relation (                 -- an entity is the kind ("wife") of another one
    entity INTEGER NOT NULL REFERENCES entity (number),
    kind TEXT NOT NULL,
    to_entity TEXT NOT NULL             -- an entity's key
);
CREATE INDEX relation_by_other ON relation (to_entity);

CREATE TABLE part (                     -- who and what an event is about
    entity TEXT NOT NULL,               -- an entity's key
    event INTEGER NOT NULL REFERENCES event (number),
    PRIMARY KEY (entity, event)
) WITHOUT ROWID;

CREATE TABLE name_word (                -- every word of every name, folded: suggestions by prefix
    word TEXT NOT NULL,
    entity INTEGER NOT NULL REFERENCES entity (number),
    PRIMARY KEY (word, entity)
) WITHOUT ROWID;

CREATE TABLE passage (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    pack TEXT NOT NULL REFERENCES pack (id),
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    section TEXT NOT NULL,
    spans TEXT NOT NULL
);

-- Full text over all that is told, by the stems of English words; the row is the entry's number. The
-- texts themselves stand in the tables above (https://www.sqlite.org/fts5.html#contentless_tables).

CREATE VIRTUAL TABLE event_words USING fts5 (
    text,
    names,                              -- of the people, places and things concerned
    content = "",
    tokenize = "porter unicode61 remove_diacritics 2"
);

CREATE VIRTUAL TABLE entity_words USING fts5 (
    names,
    text,                               -- description and longer text
    content = "",
    tokenize = "porter unicode61 remove_diacritics 2"
);

CREATE TABLE statement (                -- every sentence that is told of an entity
    number INTEGER PRIMARY KEY,
    entity INTEGER NOT NULL REFERENCES entity (number),
    position INTEGER NOT NULL           -- among the sentences of its description and text
);
CREATE INDEX statement_of ON statement (entity);

CREATE VIRTUAL TABLE statement_words USING fts5 (
    names,                              -- of the entity
    text,
    before,                             -- the sentence before, which says who "he" is
    content = "",
    tokenize = "porter unicode61 remove_diacritics 2"
);

CREATE VIRTUAL TABLE passage_words USING fts5 (
    text,
    content = "",
    tokenize = "porter unicode61 remove_diacritics 2"
);

CREATE TABLE sentence (                 -- every sentence of every passage
    number INTEGER PRIMARY KEY,
    passage INTEGER NOT NULL REFERENCES passage (number),
    position INTEGER NOT NULL           -- among the sentences of its passage
);

CREATE VIRTUAL TABLE sentence_words USING fts5 (
    text,
    before,                             -- the sentence before, which says who "he" is
    content = "",
    tokenize = "porter unicode61 remove_diacritics 2"
);
