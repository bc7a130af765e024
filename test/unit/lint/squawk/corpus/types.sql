CREATE TYPE cup_state AS ENUM ('raw', 'fired', 'glazed')

CREATE TYPE cup_state AS ENUM ()

CREATE TYPE size AS (height integer, width integer)

CREATE TYPE floats AS RANGE (subtype = float8)

ALTER TYPE cup_state ADD VALUE 'broken'

ALTER TYPE cup_state ADD VALUE IF NOT EXISTS 'broken'

ALTER TYPE cup_state ADD VALUE 'dry' BEFORE 'fired'

ALTER TYPE cup_state ADD VALUE IF NOT EXISTS 'dry' AFTER 'raw'

ALTER TYPE cup_state ADD VALUE 'broken'; UPDATE cups SET state = 'broken' WHERE id = 1

ALTER TYPE cup_state ADD VALUE 'broken'; ALTER TABLE cups ALTER COLUMN state SET DEFAULT 'broken'

ALTER TYPE cup_state RENAME VALUE 'raw' TO 'wet'

ALTER TYPE cup_state RENAME TO state_of_cup

ALTER TYPE cup_state SET SCHEMA shop

ALTER TYPE size RENAME ATTRIBUTE height TO tallness

ALTER TYPE size DROP ATTRIBUTE width CASCADE

ALTER TYPE size ALTER ATTRIBUTE width TYPE bigint

DROP TYPE cup_state

DROP TYPE IF EXISTS cup_state, size CASCADE

CREATE TYPE fresh AS ENUM ('a'); ALTER TYPE fresh ADD VALUE 'b'; DROP TYPE fresh

CREATE SEQUENCE cup_codes

CREATE SEQUENCE IF NOT EXISTS shop.cup_codes AS integer START 100

ALTER SEQUENCE cup_codes RESTART

ALTER SEQUENCE cup_codes OWNED BY cups.code

ALTER SEQUENCE cup_codes AS bigint

ALTER SEQUENCE cup_codes RENAME TO codes

ALTER SEQUENCE cup_codes SET SCHEMA shop

DROP SEQUENCE cup_codes

DROP SEQUENCE IF EXISTS shop.cup_codes CASCADE

CREATE SCHEMA shop

CREATE SCHEMA IF NOT EXISTS shop AUTHORIZATION potter

CREATE SCHEMA fresh CREATE TABLE t (id bigint PRIMARY KEY)

ALTER SCHEMA shop RENAME TO store

DROP SCHEMA shop

DROP SCHEMA IF EXISTS shop CASCADE

CREATE EXTENSION IF NOT EXISTS citext

CREATE EXTENSION postgis SCHEMA geo

ALTER EXTENSION postgis UPDATE

ALTER EXTENSION postgis SET SCHEMA public

DROP EXTENSION citext

DROP EXTENSION IF EXISTS citext CASCADE

CREATE DATABASE shop

DROP DATABASE shop

DROP DATABASE IF EXISTS shop WITH (FORCE)

ALTER DATABASE shop SET timezone TO 'UTC'

CREATE COLLATION german (provider = icu, locale = 'de')

DROP COLLATION german

CREATE CAST (text AS cup_state) WITH INOUT AS ASSIGNMENT

CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)

CREATE AGGREGATE total (bigint) (SFUNC = int8pl, STYPE = bigint)

DROP AGGREGATE total (bigint)

CREATE TABLESPACE slow LOCATION '/mnt/slow'

CREATE ACCESS METHOD lean TYPE TABLE HANDLER heap_tableam_handler

CREATE TEXT SEARCH CONFIGURATION german (COPY = pg_catalog.german)
