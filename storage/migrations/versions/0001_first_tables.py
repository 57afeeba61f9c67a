"""The first tables, with an audit trail that the database itself keeps append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _projects_and_people()
    _releases()
    _calendar()
    _war_rooms()
    _living_messages()
    _queues()
    _audit()
    _keep_audit_append_only()


def _projects_and_people() -> None:
    op.create_table(
        "project",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("policy_hash", sa.String(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("planned_until", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_project"),
    )
    op.create_index("ix_project_channel", "project", ["channel"], unique=False)
    op.create_table(
        "policy",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("loaded_at", MOMENT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_policy"),
    )
    op.create_index("ix_policy_project", "policy", ["project"], unique=False)
    op.create_table(
        "person",
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("bot", sa.Boolean(), nullable=False),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.Column("stranger", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("user", name="pk_person"),
    )
    op.create_index("ix_person_email", "person", ["email"], unique=False)
    op.create_table(
        "channel_member",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "user", name="pk_channel_member"),
    )
    op.create_table(
        "group_member",
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("group", "user", name="pk_group_member"),
    )
    op.create_index("ix_group_member_user", "group_member", ["user"], unique=False)
    op.create_table(
        "holding",
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("project", "role", "holder", "source", name="pk_holding"),
    )
    op.create_table(
        "author_link",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("email", name="pk_author_link"),
    )
    op.create_table(
        "repository",
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("project", name="pk_repository"),
    )


def _releases() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("stage_since", MOMENT, nullable=False),
        sa.Column("deploy_at", MOMENT, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_release"),
        sa.UniqueConstraint("project", "version", name="uq_release_project_version"),
    )
    op.create_index("ix_release_project_stage", "release", ["project", "stage"], unique=False)
    op.create_table(
        "scope",
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("candidate", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["release"], ["release.id"], name="fk_scope_release_release"),
        sa.PrimaryKeyConstraint("release", "candidate", name="pk_scope"),
    )
    op.create_table(
        "stage_time",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["release"], ["release.id"], name="fk_stage_time_release_release"),
        sa.PrimaryKeyConstraint("id", name="pk_stage_time"),
    )
    op.create_index(
        "ix_stage_time_open", "stage_time", ["release"], unique=False, sqlite_where=sa.text("left_at IS NULL")
    )
    op.create_table(
        "decision",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("candidate", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("sha", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["release"], ["release.id"], name="fk_decision_release_release"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index(
        "uq_decision_live",
        "decision",
        ["release", "candidate", "user"],
        unique=True,
        sqlite_where=sa.text("live = 1"),
        postgresql_where=sa.text("live"),
    )


def _calendar() -> None:
    op.create_table(
        "blackout",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_blackout"),
    )
    op.create_index("ix_blackout_project_ends_at", "blackout", ["project", "ends_at"], unique=False)
    op.create_table(
        "windows",
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("project", name="pk_windows"),
    )
    op.create_table(
        "freeze_exception",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["release"], ["release.id"], name="fk_freeze_exception_release_release"),
        sa.PrimaryKeyConstraint("id", name="pk_freeze_exception"),
    )
    op.create_index(
        "ix_freeze_exception_project_release", "freeze_exception", ["project", "release"], unique=False
    )
    op.create_table(
        "deploy_lock",
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("project", name="pk_deploy_lock"),
    )


def _war_rooms() -> None:
    op.create_table(
        "room",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_room"),
    )
    op.create_index("ix_room_channel", "room", ["channel"], unique=False)
    op.create_index("ix_room_project_state", "room", ["project", "state"], unique=False)
    op.create_table(
        "room_entry",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["room.id"], name="fk_room_entry_room_room"),
        sa.PrimaryKeyConstraint("id", name="pk_room_entry"),
    )
    op.create_index("ix_room_entry_room", "room_entry", ["room"], unique=False)


def _living_messages() -> None:
    op.create_table(
        "surface",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_surface"),
        sa.UniqueConstraint("kind", "subject", "audience", name="uq_surface_kind_subject_audience"),
    )
    op.create_index("ix_surface_channel_ts", "surface", ["channel", "ts"], unique=False)
    op.create_index("ix_surface_subject", "surface", ["subject"], unique=False)
    op.create_table(
        "home",
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("user", name="pk_home"),
    )


def _queues() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("dedupe", sa.String(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("dedupe", name="uq_outbox_dedupe"),
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["lane", "id"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "inbox",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_inbox"),
    )
    op.create_index("ix_inbox_at", "inbox", ["at"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'done', 'skipped')", name="ck_reminder_state"),
        sa.PrimaryKeyConstraint("key", name="pk_reminder"),
    )
    op.create_index("ix_reminder_state_due", "reminder", ["state", "due"], unique=False)
    op.create_index("ix_reminder_subject", "reminder", ["subject"], unique=False)


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
        sa.UniqueConstraint("previous", name="uq_audit_previous"),
    )
    op.create_index("ix_audit_release", "audit", ["release"], unique=False)
    op.create_table(
        "audit_text",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", "field", name="pk_audit_text"),
    )


def _keep_audit_append_only() -> None:
    """Triggers refuse every change. RAISE(ABORT) undoes the statement and keeps the transaction alive."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
            )
        op.execute(  # INSERT OR REPLACE deletes without firing the trigger above
            "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit "
            "WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq OR previous = NEW.previous) "
            "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()"
    )
    op.execute(
        "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
    )
