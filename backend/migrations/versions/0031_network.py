"""Facilities in full, networks and contracts, tariffs, the first-tier provider of a member."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import ARRAY, INT4MULTIRANGE, JSONB

from backend.migrations.tenancy import protect, protect_own_and_common, share

revision = "0031"
down_revision = "0030"

_PLACE = (
    "CREATE FUNCTION provider_place(latitude double precision, longitude double precision) RETURNS public.cube "
    "LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT public.cube(ARRAY["
    "6371.0088 * cos(radians(latitude)) * cos(radians(longitude)), "
    "6371.0088 * cos(radians(latitude)) * sin(radians(longitude)), "
    "6371.0088 * sin(radians(latitude))]) $$"
)
_OPENING_OF_THOSE_KNOWN = """
UPDATE provider SET open_minutes = coalesce((
  SELECT range_agg(int4range(
           days.first + split_part(split_part(span, '-', 1), ':', 1)::int * 60 + split_part(split_part(span, '-', 1), ':', 2)::int,
           days.first + split_part(split_part(span, '-', 2), ':', 1)::int * 60 + split_part(split_part(span, '-', 2), ':', 2)::int))
    FROM (VALUES ('mon', 0), ('tue', 2880), ('wed', 5760), ('thu', 8640), ('fri', 11520), ('sat', 14400), ('sun', 17280))
         AS days (day, first)
   CROSS JOIN jsonb_array_elements_text(opening -> days.day) AS span
   WHERE split_part(span, '-', 1) < split_part(span, '-', 2)), '{}')
"""  # noqa: E501


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS cube SCHEMA public")
    _provider()
    _doctors()
    _rooms()
    _contracts()
    _tariffs()
    _imports()
    _import_rows()
    _primary_provider()


def downgrade() -> None:
    for table in ("primary_provider", "provider_import_row", "provider_import_part", "provider_import"):
        op.drop_table(table)
    for table in ("tariff_line", "tariff_version"):
        op.drop_table(table)
    op.drop_column("network_provider", "contract_id")
    for table in ("provider_contract", "room_rate", "doctor_practice", "doctor"):
        op.drop_table(table)
    op.drop_index("ix_provider_place", "provider")
    for column in ("timezone", "languages", "services", "specialties", "open_minutes"):
        op.drop_column("provider", column)
    op.execute("DROP FUNCTION provider_place")


def _provider() -> None:
    for column in ("languages", "services", "specialties"):
        op.add_column("provider", sa.Column(column, ARRAY(sa.String), nullable=False, server_default="{}"))
        op.alter_column("provider", column, server_default=None)
    op.add_column("provider", sa.Column("open_minutes", INT4MULTIRANGE, nullable=False, server_default="{}"))
    op.alter_column("provider", "open_minutes", server_default=None)
    op.execute(_OPENING_OF_THOSE_KNOWN)
    op.add_column("provider", sa.Column("timezone", sa.String))
    op.execute(
        "UPDATE provider SET timezone = CASE country WHEN 'MZ' THEN 'Africa/Maputo' WHEN 'AO' THEN 'Africa/Luanda' "
        "ELSE 'Asia/Jakarta' END"
    )
    op.alter_column("provider", "timezone", nullable=False)
    op.execute(_PLACE)
    op.drop_index("ix_provider_latitude_longitude", "provider")
    op.create_index(
        "ix_provider_place", "provider", [sa.text("provider_place(latitude, longitude)")], postgresql_using="gist"
    )
    op.create_index("ix_provider_specialties", "provider", ["specialties"], postgresql_using="gin")


def _doctors() -> None:
    op.create_table(
        "doctor",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("country", sa.String, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("search_name", sa.String, nullable=False),
        sa.Column("specialty", sa.String),
        sa.Column("languages", ARRAY(sa.String), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_doctor"),
        sa.UniqueConstraint("country", "code", name="uq_doctor_country_code"),
    )
    share("doctor")
    op.create_table(
        "doctor_practice",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("doctor_id", sa.Uuid, nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("schedule", JSONB, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="ck_doctor_practice_period"),
        sa.ForeignKeyConstraint(["doctor_id"], ["doctor.id"], name="fk_doctor_practice_doctor_id"),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name="fk_doctor_practice_provider_id"),
        sa.PrimaryKeyConstraint("id", name="pk_doctor_practice"),
        sa.UniqueConstraint(
            "provider_id", "doctor_id", "valid_from", name="uq_doctor_practice_provider_id_doctor_id_valid_from"
        ),
    )
    op.create_index("ix_doctor_practice_doctor_id", "doctor_practice", ["doctor_id"])
    share("doctor_practice")


def _rooms() -> None:
    op.create_table(
        "room_rate",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("rate_minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.CheckConstraint("rate_minor >= 0 AND rank >= 0", name="ck_room_rate_not_negative"),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="ck_room_rate_period"),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name="fk_room_rate_provider_id"),
        sa.PrimaryKeyConstraint("id", name="pk_room_rate"),
        sa.UniqueConstraint("provider_id", "code", "valid_from", name="uq_room_rate_provider_id_code_valid_from"),
    )
    share("room_rate")


def _contracts() -> None:
    op.create_table(
        "provider_contract",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.Column("cashless", sa.Boolean, nullable=False),
        sa.Column("edc_available", sa.Boolean, nullable=False),
        sa.Column("suspended_from", sa.Date),
        sa.Column("end_reason", sa.String),
        postgresql.ExcludeConstraint(
            (sa.column("provider_id"), "="),
            (sa.text("coalesce(client_id, '00000000-0000-0000-0000-000000000000'::uuid)"), "="),
            (sa.text("daterange(valid_from, valid_until, '[]')"), "&&"),
            using="gist",
            name="ex_provider_contract_period",
        ),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="ck_provider_contract_period"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_provider_contract_client_id"),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name="fk_provider_contract_provider_id"),
        sa.PrimaryKeyConstraint("id", name="pk_provider_contract"),
    )
    protect_own_and_common("provider_contract")
    op.add_column("network_provider", sa.Column("contract_id", sa.Uuid))
    op.create_foreign_key(
        "fk_network_provider_contract_id", "network_provider", "provider_contract", ["contract_id"], ["id"]
    )


def _tariffs() -> None:
    op.create_table(
        "tariff_version",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("client_id", sa.Uuid),
        sa.Column("contract_id", sa.Uuid, nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("currency", sa.String, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("lines", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_tariff_version_client_id"),
        sa.ForeignKeyConstraint(["contract_id"], ["provider_contract.id"], name="fk_tariff_version_contract_id"),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name="fk_tariff_version_provider_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tariff_version"),
        sa.UniqueConstraint("contract_id", "valid_from", name="uq_tariff_version_contract_id_valid_from"),
        sa.UniqueConstraint("contract_id", "number", name="uq_tariff_version_contract_id_number"),
    )
    op.create_index("ix_tariff_version_provider_id_valid_from", "tariff_version", ["provider_id", "valid_from"])
    protect_own_and_common("tariff_version", insert_only=True)
    op.create_table(
        "tariff_line",
        sa.Column("version_id", sa.Uuid, nullable=False),
        sa.Column("service_code", sa.String, nullable=False),
        sa.Column("room_class", sa.String, nullable=False),
        sa.Column("client_id", sa.Uuid),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        sa.Column("contents", JSONB),
        sa.CheckConstraint("amount_minor >= 0", name="ck_tariff_line_not_negative"),
        sa.ForeignKeyConstraint(["version_id"], ["tariff_version.id"], name="fk_tariff_line_version_id"),
        sa.PrimaryKeyConstraint("version_id", "service_code", "room_class", name="pk_tariff_line"),
    )
    protect_own_and_common("tariff_line", insert_only=True)


def _imports() -> None:
    op.create_table(
        "provider_import",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("filename", sa.String, nullable=False),
        sa.Column("file_format", sa.String, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("common", sa.Boolean, nullable=False),
        sa.Column("network", sa.String),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("uploaded_by", sa.Uuid),
        sa.Column("columns", JSONB, nullable=False),
        sa.Column("counts", JSONB, nullable=False),
        sa.Column("total_rows", sa.Integer, nullable=False),
        sa.Column("done_rows", sa.Integer, nullable=False),
        sa.Column("refusal", JSONB),
        sa.Column("applied_at", sa.DateTime(timezone=True)),
        sa.Column("lines_purged_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "state IN ('uploaded', 'checked', 'applying', 'applied', 'refused')", name="ck_provider_import_state"
        ),
        sa.CheckConstraint("kind IN ('facilities', 'tariffs', 'doctors', 'rooms')", name="ck_provider_import_kind"),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_provider_import"),
    )
    op.create_index("ix_provider_import_client_id_created_at", "provider_import", ["client_id", "created_at"])
    protect("provider_import")
    op.create_table(
        "provider_import_part",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("import_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "import_id"],
            ["provider_import.client_id", "provider_import.id"],
            name="fk_provider_import_part_client_id_import_id",
        ),
        sa.PrimaryKeyConstraint("client_id", "import_id", "number", name="pk_provider_import_part"),
    )
    protect("provider_import_part")


def _import_rows() -> None:
    # COPY is refused under row-level security: these lines belong to no client and name no person's health,
    # and nobody reaches them but through their import, which is a client's.
    op.create_table(
        "provider_import_row",
        sa.Column("import_id", sa.Uuid, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("country", sa.String, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("service_code", sa.String, nullable=False),
        sa.Column("room_class", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("amount_minor", sa.BigInteger),
        sa.Column("currency", sa.String),
        sa.Column("details", JSONB),
        sa.Column("problems", JSONB),
        sa.CheckConstraint(
            "outcome IN ('new', 'changed', 'unchanged', 'refused', 'held')", name="ck_provider_import_row_outcome"
        ),
        sa.PrimaryKeyConstraint("import_id", "line", name="pk_provider_import_row"),
    )
    op.create_index(
        "ix_provider_import_row_problems",
        "provider_import_row",
        ["import_id", "line"],
        postgresql_where=sa.text("problems IS NOT NULL"),
    )
    share("provider_import_row")


def _primary_provider() -> None:
    op.create_table(
        "primary_provider",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_id", sa.Uuid, nullable=False),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.Column("chosen_by", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True)),
        postgresql.ExcludeConstraint(
            (sa.column("client_id"), "="),
            (sa.column("member_id"), "="),
            (sa.text("daterange(starts_on, ends_on, '[]')"), "&&"),
            using="gist",
            where=sa.text("replaced_at IS NULL"),
            name="ex_primary_provider_period",
        ),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ck_primary_provider_period"),
        sa.ForeignKeyConstraint(
            ["client_id", "member_id"],
            ["member.client_id", "member.id"],
            name="fk_primary_provider_client_id_member_id",
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name="fk_primary_provider_provider_id"),
        sa.PrimaryKeyConstraint("client_id", "id", name="pk_primary_provider"),
    )
    op.create_index(
        "ix_primary_provider_client_id_member_id_starts_on",
        "primary_provider",
        ["client_id", "member_id", "starts_on"],
    )
    protect("primary_provider")
