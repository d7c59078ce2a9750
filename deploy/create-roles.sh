#!/usr/bin/env bash
# Runs once, when the database container makes its data folder: the two roles of architecture.md and the database.
# careline_owner owns the schema and runs migrations; careline_app is what the application signs in as, and
# row-level security binds it because it neither owns the tables nor may bypass.
set -euo pipefail
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
     --set owner_password="$OWNER_DB_PASSWORD" --set app_password="$APP_DB_PASSWORD" <<'SQL'
CREATE ROLE careline_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'owner_password';
CREATE ROLE careline_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB PASSWORD :'app_password';
CREATE DATABASE careline OWNER careline_owner;
SQL
