CREATE INDEX cups_name_idx ON cups (name)

CREATE INDEX CONCURRENTLY cups_name_idx ON cups (name)

CREATE INDEX CONCURRENTLY IF NOT EXISTS cups_name_idx ON cups (name)

CREATE INDEX CONCURRENTLY ON cups (name)

CREATE INDEX IF NOT EXISTS cups_name_idx ON shop.cups (name)

CREATE UNIQUE INDEX cups_slug_idx ON cups (slug)

CREATE UNIQUE INDEX CONCURRENTLY cups_slug_idx ON cups (slug) NULLS NOT DISTINCT

CREATE INDEX CONCURRENTLY cups_lower_idx ON cups (lower(name))

CREATE INDEX CONCURRENTLY cups_wide_idx ON cups (a, b, c, d)

CREATE INDEX CONCURRENTLY cups_cover_idx ON cups (a) INCLUDE (b, c, d, e)

CREATE INDEX CONCURRENTLY cups_live_idx ON cups (name) WHERE live

CREATE INDEX cups_tags_idx ON cups USING gin (tags)

CREATE INDEX cups_name_trgm ON cups USING gin (name gin_trgm_ops) WITH (fastupdate = off)

CREATE INDEX ON ONLY cups (made)

CREATE TABLE fresh (id bigint); CREATE INDEX fresh_idx ON fresh (id)

CREATE TABLE fresh (id bigint); CREATE INDEX CONCURRENTLY fresh_idx ON fresh (id)

CREATE MATERIALIZED VIEW fresh AS SELECT 1 AS id; CREATE UNIQUE INDEX fresh_id ON fresh (id)

CREATE TEMP TABLE fresh (id bigint); CREATE INDEX fresh_idx ON fresh (id)

BEGIN; CREATE INDEX CONCURRENTLY cups_name_idx ON cups (name); COMMIT

CREATE INDEX cups_a ON cups (name); CREATE INDEX cups_b ON cups (name)

DROP INDEX cups_name_idx

DROP INDEX IF EXISTS cups_name_idx

DROP INDEX CONCURRENTLY cups_name_idx

DROP INDEX CONCURRENTLY IF EXISTS shop.cups_name_idx

DROP INDEX a, b

CREATE TABLE fresh (id bigint); CREATE INDEX fresh_idx ON fresh (id); DROP INDEX fresh_idx

ALTER INDEX cups_name_idx RENAME TO cups_title_idx

ALTER INDEX cups_name_idx SET TABLESPACE slow

ALTER INDEX cups_made_idx ATTACH PARTITION cups_2026_made_idx

ALTER INDEX cups_lower_idx ALTER COLUMN 1 SET STATISTICS 100

REINDEX TABLE cups

REINDEX INDEX cups_name_idx

REINDEX TABLE CONCURRENTLY cups

REINDEX (CONCURRENTLY) INDEX cups_name_idx

REINDEX (CONCURRENTLY false) INDEX cups_name_idx

REINDEX SCHEMA shop

REINDEX DATABASE CONCURRENTLY

REINDEX SYSTEM shop

CLUSTER cups USING cups_name_idx

CLUSTER

CLUSTER (VERBOSE) cups

VACUUM FULL cups

VACUUM (FULL, ANALYZE) cups

VACUUM (FULL false) cups

VACUUM cups

VACUUM ANALYZE

ANALYZE cups (name)

CREATE STATISTICS cups_stats (dependencies) ON kind, glaze FROM cups

DROP STATISTICS cups_stats

REFRESH MATERIALIZED VIEW cup_counts

REFRESH MATERIALIZED VIEW CONCURRENTLY cup_counts

REFRESH MATERIALIZED VIEW cup_counts WITH NO DATA
