"""The first schema: everything that daily posts, own dates and choices need."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.state.columns import Identifier, Instant

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "choice",
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("scope", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("date_order", sa.String(length=16), nullable=True),
        sa.Column("tone", sa.String(length=16), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "date_order IN ('day', 'month')", name=op.f("ck_choice_date_order_is_known")
        ),
        sa.CheckConstraint(
            "platform IN ('discord', 'telegram')", name=op.f("ck_choice_platform_is_known")
        ),
        sa.CheckConstraint(
            "tone IN ('gentle', 'balanced', 'all')", name=op.f("ck_choice_tone_is_known")
        ),
        sa.PrimaryKeyConstraint("platform", "scope", name=op.f("pk_choice")),
    )
    op.create_table(
        "moved",
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("old_chat", sa.BigInteger(), nullable=False),
        sa.Column("new_chat", sa.BigInteger(), nullable=False),
        sa.Column("moved_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "platform IN ('discord', 'telegram')", name=op.f("ck_moved_platform_is_known")
        ),
        sa.CheckConstraint("old_chat <> new_chat", name=op.f("ck_moved_it_moved")),
        sa.PrimaryKeyConstraint("platform", "old_chat", name=op.f("pk_moved")),
    )
    op.create_index("ix_moved_new_chat", "moved", ["platform", "new_chat"], unique=False)
    op.create_table(
        "own_date",
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("scope", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("month", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.SmallInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "platform IN ('discord', 'telegram')", name=op.f("ck_own_date_platform_is_known")
        ),
        sa.CheckConstraint(
            "length(text) BETWEEN 1 AND 200", name=op.f("ck_own_date_text_is_bounded")
        ),
        sa.CheckConstraint(
            "month BETWEEN 1 AND 12 AND day BETWEEN 1 AND"
            " CASE WHEN month = 2 THEN 29 WHEN month IN (4, 6, 9, 11) THEN 30 ELSE 31 END",
            name=op.f("ck_own_date_day_exists"),
        ),
        sa.CheckConstraint("length(id) > 0", name=op.f("ck_own_date_id_is_there")),
        sa.PrimaryKeyConstraint("platform", "scope", "id", name=op.f("pk_own_date")),
    )
    op.create_index("ix_own_date_added_by", "own_date", ["platform", "added_by"], unique=False)
    op.create_index(
        "ix_own_date_day", "own_date", ["platform", "scope", "month", "day"], unique=False
    )
    op.create_table(
        "place",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("asleep_since", Instant(), nullable=True),
        sa.Column("erase_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "platform IN ('discord', 'telegram')", name=op.f("ck_place_platform_is_known")
        ),
        sa.CheckConstraint(
            "(asleep_since IS NULL) = (erase_at IS NULL)",
            name=op.f("ck_place_what_sleeps_is_erased_some_day"),
        ),
        sa.CheckConstraint("topic >= 0", name=op.f("ck_place_topic_is_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("id", "platform", name=op.f("uq_place_id_platform")),
        sa.UniqueConstraint("platform", "chat", "topic", name=op.f("uq_place_platform_chat_topic")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_place_erase_at",
        "place",
        ["erase_at"],
        unique=False,
        sqlite_where=sa.text("erase_at IS NOT NULL"),
        postgresql_where=sa.text("erase_at IS NOT NULL"),
    )
    op.create_index("ix_place_server", "place", ["platform", "server"], unique=False)
    op.create_table(
        "post",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("place_id", Identifier, nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("part", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("late_at", Instant(), nullable=False),
        sa.Column("try_at", Instant(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("nonce", sa.String(length=25), nullable=True),
        sa.Column("marker", sa.String(length=64), nullable=True),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("epoch", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("sending_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("is_late", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("again_of", Identifier, nullable=True),
        sa.CheckConstraint(
            "(state IN ('claimed', 'sending')) = (owner IS NOT NULL AND lease_until IS NOT NULL)",
            name=op.f("ck_post_what_is_claimed_has_an_owner"),
        ),
        sa.CheckConstraint(
            "(state IN ('due', 'claimed', 'sending')) = (ended_at IS NULL)",
            name=op.f("ck_post_an_end_has_its_time"),
        ),
        sa.CheckConstraint(
            "state <> 'sending' OR sending_at IS NOT NULL",
            name=op.f("ck_post_sending_has_its_time"),
        ),
        sa.CheckConstraint(
            "state = 'due' OR try_at IS NULL", name=op.f("ck_post_only_due_is_tried")
        ),
        sa.CheckConstraint(
            "state IN ('due', 'claimed', 'sending', 'sent', 'rejected', 'missed',"
            " 'unknown', 'cancelled')",
            name=op.f("ck_post_state_is_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('due', 'claimed', 'sending')"
            " OR (payload IS NOT NULL AND nonce IS NOT NULL)",
            name=op.f("ck_post_what_is_to_be_sent_is_frozen"),
        ),
        sa.CheckConstraint(
            "(part < 100) = (again_of IS NULL)", name=op.f("ck_post_again_has_its_parts")
        ),
        sa.CheckConstraint("epoch >= 0 AND attempts >= 0", name=op.f("ck_post_counters_count")),
        sa.CheckConstraint("part >= 0", name=op.f("ck_post_part_counts_from_0")),
        sa.ForeignKeyConstraint(
            ["again_of"], ["post.id"], name=op.f("fk_post_again_of"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["place_id", "platform"],
            ["place.id", "place.platform"],
            name=op.f("fk_post_place_id_platform"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("again_of", name=op.f("uq_post_again_of")),
        sa.UniqueConstraint("nonce", name=op.f("uq_post_nonce")),
        sa.UniqueConstraint(
            "place_id", "local_date", "part", name=op.f("uq_post_place_id_local_date_part")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_post_open",
        "post",
        ["platform", "due_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('due', 'claimed', 'sending')"),
        postgresql_where=sa.text("state IN ('due', 'claimed', 'sending')"),
    )
    op.create_index(
        "ix_post_lease_until",
        "post",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("state IN ('claimed', 'sending')"),
        postgresql_where=sa.text("state IN ('claimed', 'sending')"),
    )
    op.create_index(
        "ix_post_try_at",
        "post",
        ["platform", "try_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'due'"),
        postgresql_where=sa.text("state = 'due'"),
    )
    op.create_table(
        "subscription",
        sa.Column("place_id", Identifier, autoincrement=False, nullable=False),
        sa.Column("wall_time", sa.String(length=5), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("late_seconds", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("about", sa.String(length=200), server_default=sa.text("('')"), nullable=False),
        sa.Column(
            "tone", sa.String(length=16), server_default=sa.text("'balanced'"), nullable=False
        ),
        sa.Column("empty", sa.String(length=16), server_default=sa.text("'month'"), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("ping_role", sa.BigInteger(), nullable=True),
        sa.Column("forum_title", sa.String(length=100), nullable=True),
        sa.Column("forum_tags", sa.Text(), server_default=sa.text("('')"), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("broken_code", sa.String(length=64), nullable=True),
        sa.Column("broken_told_at", Instant(), nullable=True),
        sa.Column("probe_at", Instant(), nullable=True),
        sa.Column("set_by", sa.BigInteger(), nullable=True),
        sa.Column("set_where", sa.BigInteger(), nullable=True),
        sa.Column("counts_from", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("wake_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(state = 'broken') = (broken_code IS NOT NULL)",
            name=op.f("ck_subscription_broken_has_its_code"),
        ),
        sa.CheckConstraint(
            "empty IN ('month', 'person', 'silence')", name=op.f("ck_subscription_empty_is_known")
        ),
        sa.CheckConstraint(
            "length(wall_time) = 5 AND substr(wall_time, 3, 1) = ':'"
            " AND substr(wall_time, 1, 2) BETWEEN '00' AND '23'"
            " AND substr(wall_time, 4, 2) BETWEEN '00' AND '59'",
            name=op.f("ck_subscription_wall_time_is_one"),
        ),
        sa.CheckConstraint(
            "state = 'broken' OR probe_at IS NULL",
            name=op.f("ck_subscription_only_broken_is_probed"),
        ),
        sa.CheckConstraint(
            "state = 'on' OR wake_at IS NULL", name=op.f("ck_subscription_only_on_wakes")
        ),
        sa.CheckConstraint(
            "state IN ('on', 'paused', 'stopped', 'broken')",
            name=op.f("ck_subscription_state_is_known"),
        ),
        sa.CheckConstraint(
            "tone IN ('gentle', 'balanced', 'all')", name=op.f("ck_subscription_tone_is_known")
        ),
        sa.CheckConstraint(
            "late_seconds BETWEEN 600 AND 86400", name=op.f("ck_subscription_late_is_bounded")
        ),
        sa.CheckConstraint("length(zone) > 0", name=op.f("ck_subscription_zone_is_named")),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_subscription_place_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_subscription")),
    )
    op.create_index(
        "ix_subscription_probe_at",
        "subscription",
        ["probe_at"],
        unique=False,
        sqlite_where=sa.text("probe_at IS NOT NULL"),
        postgresql_where=sa.text("probe_at IS NOT NULL"),
    )
    op.create_index(
        "ix_subscription_wake_at",
        "subscription",
        ["wake_at"],
        unique=False,
        sqlite_where=sa.text("wake_at IS NOT NULL"),
        postgresql_where=sa.text("wake_at IS NOT NULL"),
    )
    op.create_table(
        "told",
        sa.Column("place_id", Identifier, nullable=False),
        sa.Column("event_key", sa.String(length=32), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_told_place_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("place_id", "event_key", name=op.f("pk_told")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notice",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("place_id", Identifier, nullable=False),
        sa.Column("post_id", Identifier, nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("dedupe_key", sa.String(length=100), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("try_at", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(state = 'waiting') = (ended_at IS NULL)", name=op.f("ck_notice_an_end_has_its_time")
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (try_at IS NOT NULL)", name=op.f("ck_notice_what_waits_is_tried")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'told', 'dropped')", name=op.f("ck_notice_state_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_notice_place_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_notice_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_notice_dedupe_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notice_place_id", "notice", ["place_id"], unique=False)
    op.create_index("ix_notice_post_id", "notice", ["post_id"], unique=False)
    op.create_index(
        "ix_notice_try_at",
        "notice",
        ["try_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
