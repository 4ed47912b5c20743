"""The tables of the state database, the same in SQLite and PostgreSQL.

What a database can keep, it keeps: words of a fixed set, one subscription a place, one row a
message, one more attempt a row. No name of a person, server or chat is stored, and nothing that
somebody wrote but what an admin gave to be posted (own dates, a forum post's title).

A change here needs a migration in bot/state/migrations, and HEAD moves with it; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.state.columns import Identifier, Instant
from bot.state.states import (
    DateOrder,
    Empty,
    NoticeState,
    Platform,
    PostState,
    SubscriptionState,
    Tone,
)

HEAD = "0001"
"""The newest migration: what a current database's one row of alembic_version holds."""

LONGEST_NONCE = 25
"""Characters: what Discord takes."""
LONGEST_OWN_DATE = 200
LONGEST_OWN_DATE_ID = 40
LONGEST_ABOUT = 200
LONGEST_FORUM_TITLE = 100
"""Characters: what Discord takes for a thread's name."""

PARTS = 100
"""Parts of one attempt are numbered from 0, of the next from 100 and so on: a date's rows are
unique by place, date and part, and an attempt that an admin asked for is a row of its own."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _one_of(column: str, words: Iterable[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_is_known")


place = Table(
    "place",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("topic", BigInteger, nullable=False, server_default=text("0")),
    Column("server", BigInteger),
    Column("kind", String(32), nullable=False),
    Column("asleep_since", Instant),
    Column("erase_at", Instant),
    _one_of("platform", Platform),
    CheckConstraint("topic >= 0", name="topic_is_positive"),
    CheckConstraint(
        "(asleep_since IS NULL) = (erase_at IS NULL)", name="what_sleeps_is_erased_some_day"
    ),
    UniqueConstraint("platform", "chat", "topic"),
    UniqueConstraint("id", "platform"),
    Index("ix_place_server", "platform", "server"),
    Index(
        "ix_place_erase_at",
        "erase_at",
        sqlite_where=text("erase_at IS NOT NULL"),
        postgresql_where=text("erase_at IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)
"""A Discord channel, thread or forum, a Telegram chat, channel or topic. `server` is Discord's.
`asleep_since`: the bot was removed from it then; all of it is erased at `erase_at`."""

moved = Table(
    "moved",
    metadata,
    Column("platform", String(16), nullable=False),
    Column("old_chat", BigInteger, nullable=False),
    Column("new_chat", BigInteger, nullable=False),
    Column("moved_at", Instant, nullable=False),
    _one_of("platform", Platform),
    CheckConstraint("old_chat <> new_chat", name="it_moved"),
    PrimaryKeyConstraint("platform", "old_chat"),
    Index("ix_moved_new_chat", "platform", "new_chat"),
)
"""Where a group went that became a supergroup: the old number never gets a place again."""

subscription = Table(
    "subscription",
    metadata,
    Column(
        "place_id",
        Identifier,
        ForeignKey("place.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("wall_time", String(5), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("late_seconds", Integer, nullable=False),
    Column("kinds", Text, nullable=False, server_default=text("''")),
    Column("about", String(LONGEST_ABOUT), nullable=False, server_default=text("''")),
    Column("tone", String(16), nullable=False, server_default=text("'balanced'")),
    Column("empty", String(16), nullable=False, server_default=text("'month'")),
    Column("language", String(16)),
    Column("ping_role", BigInteger),
    Column("forum_title", String(LONGEST_FORUM_TITLE)),
    Column("forum_tags", Text, nullable=False, server_default=text("''")),
    Column("state", String(16), nullable=False),
    Column("broken_code", String(64)),
    Column("broken_told_at", Instant),
    Column("probe_at", Instant),
    Column("set_by", BigInteger),
    Column("set_where", BigInteger),
    Column("counts_from", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("wake_at", Instant),
    CheckConstraint(
        "length(wall_time) = 5 AND substr(wall_time, 3, 1) = ':'"
        " AND substr(wall_time, 1, 2) BETWEEN '00' AND '23'"
        " AND substr(wall_time, 4, 2) BETWEEN '00' AND '59'",
        name="wall_time_is_one",
    ),
    CheckConstraint("length(zone) > 0", name="zone_is_named"),
    CheckConstraint("late_seconds BETWEEN 600 AND 86400", name="late_is_bounded"),
    _one_of("tone", Tone),
    _one_of("empty", Empty),
    _one_of("state", SubscriptionState),
    CheckConstraint("(state = 'broken') = (broken_code IS NOT NULL)", name="broken_has_its_code"),
    CheckConstraint("state = 'broken' OR probe_at IS NULL", name="only_broken_is_probed"),
    CheckConstraint("state = 'on' OR wake_at IS NULL", name="only_on_wakes"),
    Index(
        "ix_subscription_wake_at",
        "wake_at",
        sqlite_where=text("wake_at IS NOT NULL"),
        postgresql_where=text("wake_at IS NOT NULL"),
    ),
    Index(
        "ix_subscription_probe_at",
        "probe_at",
        sqlite_where=text("probe_at IS NOT NULL"),
        postgresql_where=text("probe_at IS NOT NULL"),
    ),
)
"""When and what a place gets. `kinds` and `forum_tags` are lists with commas. `wake_at` is when the
loop looks at it next, null while it is not on or its place sleeps. `set_where` is the chat where
notices go, null for the place itself."""

post = Table(
    "post",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("place_id", Identifier, nullable=False),
    Column("platform", String(16), nullable=False),
    Column("local_date", Date, nullable=False),
    Column("part", SmallInteger, nullable=False, server_default=text("0")),
    Column("state", String(16), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("late_at", Instant, nullable=False),
    Column("try_at", Instant),
    Column("payload", Text),
    Column("nonce", String(LONGEST_NONCE)),
    Column("marker", String(64)),
    Column("owner", String(64)),
    Column("epoch", Integer, nullable=False, server_default=text("0")),
    Column("lease_until", Instant),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("sending_at", Instant),
    Column("ended_at", Instant),
    Column("code", String(64)),
    Column("reason", String(64)),
    Column("message_id", BigInteger),
    Column("is_late", Boolean, nullable=False, server_default=false()),
    Column("again_of", Identifier, ForeignKey("post.id", ondelete="CASCADE")),
    ForeignKeyConstraint(
        ["place_id", "platform"], ["place.id", "place.platform"], ondelete="CASCADE"
    ),
    _one_of("state", PostState),
    CheckConstraint("part >= 0", name="part_counts_from_0"),
    CheckConstraint("epoch >= 0 AND attempts >= 0", name="counters_count"),
    CheckConstraint(f"(part < {PARTS}) = (again_of IS NULL)", name="again_has_its_parts"),
    CheckConstraint(
        "state NOT IN ('due', 'claimed', 'sending') OR (payload IS NOT NULL AND nonce IS NOT NULL)",
        name="what_is_to_be_sent_is_frozen",
    ),
    CheckConstraint(
        "(state IN ('claimed', 'sending')) = (owner IS NOT NULL AND lease_until IS NOT NULL)",
        name="what_is_claimed_has_an_owner",
    ),
    CheckConstraint("state = 'due' OR try_at IS NULL", name="only_due_is_tried"),
    CheckConstraint("state <> 'sending' OR sending_at IS NOT NULL", name="sending_has_its_time"),
    CheckConstraint(
        "(state IN ('due', 'claimed', 'sending')) = (ended_at IS NULL)", name="an_end_has_its_time"
    ),
    UniqueConstraint("place_id", "local_date", "part"),
    UniqueConstraint("nonce"),
    UniqueConstraint("again_of"),
    Index(
        "ix_post_try_at",
        "platform",
        "try_at",
        "id",
        sqlite_where=text("state = 'due'"),
        postgresql_where=text("state = 'due'"),
    ),
    Index(
        "ix_post_open",
        "platform",
        "due_at",
        sqlite_where=text("state IN ('due', 'claimed', 'sending')"),
        postgresql_where=text("state IN ('due', 'claimed', 'sending')"),
    ),
    Index(
        "ix_post_lease_until",
        "lease_until",
        sqlite_where=text("state IN ('claimed', 'sending')"),
        postgresql_where=text("state IN ('claimed', 'sending')"),
    ),
    sqlite_autoincrement=True,
)
"""The ledger: one row a message. `try_at` is when it may be claimed: `due_at` at first, later what
a retry waits for, and null while the part before it is not sent. After `late_at` it is missed.
`payload` is the platform's call as JSON, frozen; it may be forgotten once the row has ended.
`again_of` is the row of unknown end that an admin had sent again: unique, so that works once."""

told = Table(
    "told",
    metadata,
    Column("place_id", Identifier, ForeignKey("place.id", ondelete="CASCADE"), nullable=False),
    Column("event_key", String(32), nullable=False),
    Column("local_date", Date, nullable=False),
    PrimaryKeyConstraint("place_id", "event_key"),
    sqlite_with_rowid=False,
)
"""When a place heard a fact last; the key is a hash of `<pack>/<id>`."""

own_date = Table(
    "own_date",
    metadata,
    Column("platform", String(16), nullable=False),
    Column("scope", BigInteger, nullable=False),
    Column("id", String(LONGEST_OWN_DATE_ID), nullable=False),
    Column("month", SmallInteger, nullable=False),
    Column("day", SmallInteger, nullable=False),
    Column("year", Integer),
    Column("text", String(LONGEST_OWN_DATE), nullable=False),
    Column("added_by", BigInteger),
    Column("created_at", Instant, nullable=False),
    _one_of("platform", Platform),
    CheckConstraint(
        "month BETWEEN 1 AND 12 AND day BETWEEN 1 AND"
        " CASE WHEN month = 2 THEN 29 WHEN month IN (4, 6, 9, 11) THEN 30 ELSE 31 END",
        name="day_exists",
    ),
    CheckConstraint(f"length(text) BETWEEN 1 AND {LONGEST_OWN_DATE}", name="text_is_bounded"),
    CheckConstraint("length(id) > 0", name="id_is_there"),
    PrimaryKeyConstraint("platform", "scope", "id"),
    Index("ix_own_date_day", "platform", "scope", "month", "day"),
    Index("ix_own_date_added_by", "platform", "added_by"),
)
"""A community's own dates. `scope` is the server, or the chat where there is none. The id is made
of what a date says, so it is the same wherever it is imported."""

choice = Table(
    "choice",
    metadata,
    Column("platform", String(16), nullable=False),
    Column("scope", BigInteger, nullable=False),
    Column("language", String(16)),
    Column("zone", String(64)),
    Column("date_order", String(16)),
    Column("tone", String(16)),
    Column("changed_at", Instant, nullable=False),
    _one_of("platform", Platform),
    _one_of("date_order", DateOrder),
    _one_of("tone", Tone),
    PrimaryKeyConstraint("platform", "scope"),
)
"""What a server or chat chose; null where it chose nothing."""

notice = Table(
    "notice",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("place_id", Identifier, ForeignKey("place.id", ondelete="CASCADE"), nullable=False),
    Column("post_id", Identifier, ForeignKey("post.id", ondelete="CASCADE")),
    Column("kind", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("code", String(64)),
    Column("dedupe_key", String(100), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("try_at", Instant),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("ended_at", Instant),
    _one_of("state", NoticeState),
    CheckConstraint("(state = 'waiting') = (try_at IS NOT NULL)", name="what_waits_is_tried"),
    CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name="an_end_has_its_time"),
    UniqueConstraint("dedupe_key"),
    Index(
        "ix_notice_try_at",
        "try_at",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index("ix_notice_place_id", "place_id"),
    Index("ix_notice_post_id", "post_id"),
    sqlite_autoincrement=True,
)
"""What an admin must be told of a place, once: `dedupe_key` says what once means."""
