"""Judgements about events, what was before a run or a change, what was withdrawn, links that are not sure, copies."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_events_reach_id"), table_name="events")
    _index_reaching(["reach", "id", "salience", "hidden"])
    op.add_column("reports", sa.Column("digest", sa.BigInteger(), nullable=True))
    op.add_column("reports", sa.Column("stated", sa.BigInteger(), nullable=True))
    op.add_column("reports", sa.Column("context", sa.Text(), nullable=False, server_default=""))
    op.add_column("quarantine", sa.Column("attempts", sa.BigInteger(), server_default="1", nullable=False))
    op.add_column("events", sa.Column("edited", sa.SmallInteger(), server_default="0", nullable=False))
    op.create_index(op.f("ix_actor_judgements_actor"), "actor_judgements", ["actor"], unique=False)
    op.create_index(op.f("ix_actor_judgements_other"), "actor_judgements", ["other"], unique=False)
    op.create_table(
        "tombstones",
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stated", sa.BigInteger(), nullable=True),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_runs.id"], name=op.f("fk_tombstones_run_id_import_runs"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_tombstones")),
    )
    op.create_index(op.f("ix_tombstones_run_id"), "tombstones", ["run_id"], unique=False)
    op.create_table(
        "run_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_runs.id"], name=op.f("fk_run_changes_run_id_import_runs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_changes")),
    )
    op.create_index(op.f("ix_run_changes_run_id"), "run_changes", ["run_id"], unique=False)
    op.create_index(op.f("ix_run_changes_subject_key"), "run_changes", ["subject", "key"], unique=False)
    op.create_table(
        "event_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("judgement", sa.BigInteger(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_runs.id"], name=op.f("fk_event_changes_run_id_import_runs"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_changes")),
    )
    op.create_index(op.f("ix_event_changes_public_id"), "event_changes", ["public_id"], unique=False)
    op.create_index(op.f("ix_event_changes_run_id"), "event_changes", ["run_id"], unique=False)
    op.create_table(
        "event_judgements",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uid", sa.String(length=16), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("reports", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("undone", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=False),
        sa.Column("undone_note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_judgements")),
        sa.UniqueConstraint("uid", name=op.f("uq_event_judgements_uid")),
    )
    op.create_table(
        "judged_reports",
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("judgement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["judgement_id"],
            ["event_judgements.id"],
            name=op.f("fk_judged_reports_judgement_id_event_judgements"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", "judgement_id", name=op.f("pk_judged_reports")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_judged_reports_judgement_id"), "judged_reports", ["judgement_id"], unique=False)
    op.create_table(
        "settings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
    op.create_table(
        "fetches",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("fetched", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fresh_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_runs.id"], name=op.f("fk_fetches_run_id_import_runs"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_fetches")),
    )
    op.create_index(op.f("ix_fetches_run_id"), "fetches", ["run_id"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("succeeded", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("name", name=op.f("uq_jobs_name")),
    )
    op.create_index(op.f("ix_jobs_next"), "jobs", ["next"], unique=False)
    op.create_table(
        "job_runs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("planned", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempt", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missed", sa.BigInteger(), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("added", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("unchanged", sa.BigInteger(), nullable=False),
        sa.Column("quarantined", sa.BigInteger(), nullable=False),
        sa.Column("linked", sa.BigInteger(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_runs_job_id_jobs"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_runs.id"], name=op.f("fk_job_runs_run_id_import_runs"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_runs")),
        sa.UniqueConstraint("job_id", "planned", name=op.f("uq_job_runs_job_id_planned")),
    )
    op.create_index(
        op.f("ix_job_runs_status_lease_until"),
        "job_runs",
        ["status", "lease_until"],
        unique=False,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_index(op.f("ix_job_runs_job_id_id"), "job_runs", ["job_id", "id"], unique=False)
    op.create_index(op.f("ix_job_runs_run_id"), "job_runs", ["run_id"], unique=False)
    op.create_table(
        "job_logs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("job_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_logs_job_id_jobs"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["job_run_id"], ["job_runs.id"], name=op.f("fk_job_logs_job_run_id_job_runs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_logs")),
    )
    op.create_index(op.f("ix_job_logs_job_id_job_run_id"), "job_logs", ["job_id", "job_run_id"], unique=False)
    op.create_index(op.f("ix_job_logs_job_run_id"), "job_logs", ["job_run_id"], unique=False)
    op.create_table(
        "unsure_links",
        sa.Column("one", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("other", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["reports.id"], name=op.f("fk_unsure_links_one_reports"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["other"], ["reports.id"], name=op.f("fk_unsure_links_other_reports"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_unsure_links")),
    )
    op.create_index(op.f("ix_unsure_links_other"), "unsure_links", ["other"], unique=False)
    op.create_table(
        "article_copies",
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("of_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reports", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_copies_article_id_articles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["of_id"], ["articles.id"], name=op.f("fk_article_copies_of_id_articles")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_copies")),
    )
    op.create_index(op.f("ix_article_copies_of_id"), "article_copies", ["of_id"], unique=False)
    op.create_table(
        "article_prints",
        sa.Column("print", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_prints_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("print", "article_id", name=op.f("pk_article_prints")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_article_prints_article_id"), "article_prints", ["article_id"], unique=False)


def _index_reaching(columns: list[str]) -> None:
    op.create_index(
        op.f(f"ix_events_{'_'.join(columns)}"),
        "events",
        columns,
        unique=False,
        sqlite_where=sa.text("reach <> 0"),
        postgresql_where=sa.text("reach <> 0"),
    )


def downgrade() -> None:
    """What people judged goes with it: export it first. Reports that copies kept for themselves are read again when
    the articles are."""
    op.drop_index(op.f("ix_events_reach_id_salience_hidden"), table_name="events")
    _index_reaching(["reach", "id"])
    op.execute("UPDATE articles SET extractor = '' WHERE id IN (SELECT article_id FROM article_copies)")
    op.drop_table("article_prints")
    op.drop_table("article_copies")
    op.drop_table("unsure_links")
    op.drop_table("job_logs")
    op.drop_table("job_runs")
    op.drop_table("jobs")
    op.drop_table("fetches")
    op.drop_table("settings")
    op.drop_table("judged_reports")
    op.drop_table("event_judgements")
    op.drop_table("event_changes")
    op.drop_table("run_changes")
    op.drop_table("tombstones")
    op.drop_index(op.f("ix_actor_judgements_other"), table_name="actor_judgements")
    op.drop_index(op.f("ix_actor_judgements_actor"), table_name="actor_judgements")
    op.drop_column("reports", "context")
    op.drop_column("quarantine", "attempts")
    op.drop_column("events", "edited")
    op.drop_column("reports", "stated")
    op.drop_column("reports", "digest")
