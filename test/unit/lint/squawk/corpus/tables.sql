CREATE TABLE cups (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL)

CREATE TABLE IF NOT EXISTS cups (id bigint PRIMARY KEY, fired_at timestamptz)

CREATE TABLE cups (id serial PRIMARY KEY)

CREATE TABLE cups (id bigserial PRIMARY KEY, kiln int REFERENCES kilns (id))

CREATE TABLE cups (id smallserial, rim smallint, foot int2, weight int4)

CREATE TABLE shop.cups (id integer PRIMARY KEY, made timestamp, sold timestamp without time zone)

CREATE TABLE cups (code char(3), glaze varchar(40), mark character varying, stamp "char")

CREATE TABLE cups (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), data json, price money)

CREATE TABLE cups (LIKE pots INCLUDING ALL)

CREATE TABLE cups AS SELECT * FROM pots WHERE height < 12

CREATE TABLE cups (id bigint, made date NOT NULL, PRIMARY KEY (id, made)) PARTITION BY RANGE (made)

CREATE TABLE cups_2026 PARTITION OF cups FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')

CREATE TABLE cups_rest PARTITION OF cups DEFAULT

CREATE TABLE mugs (handle text) INHERITS (cups)

CREATE UNLOGGED TABLE drafts (id bigint PRIMARY KEY)

CREATE TEMPORARY TABLE picked (id integer) ON COMMIT DROP

CREATE TABLE cups (a bigint, b bigint, CONSTRAINT cups_a_key UNIQUE (a), CONSTRAINT cups_b_check CHECK (b > 0))

CREATE TABLE cups (span tsrange, EXCLUDE USING gist (span WITH &&))

CREATE TABLE orders (id bigint PRIMARY KEY, cup_id bigint NOT NULL REFERENCES cups ON DELETE CASCADE)

CREATE FOREIGN TABLE remote_cups (id bigint) SERVER far OPTIONS (table_name 'cups')

DROP TABLE cups

DROP TABLE IF EXISTS cups

DROP TABLE shop.cups, shop.pots CASCADE

DROP FOREIGN TABLE remote_cups

CREATE TABLE spare (id bigint PRIMARY KEY); DROP TABLE spare

ALTER TABLE cups RENAME TO mugs

ALTER TABLE IF EXISTS shop.cups RENAME TO mugs

ALTER TABLE cups SET SCHEMA archive

ALTER TABLE cups SET UNLOGGED

ALTER TABLE cups SET LOGGED

ALTER TABLE cups SET TABLESPACE slow

ALTER TABLE cups SET ACCESS METHOD heap

ALTER TABLE cups SET (fillfactor = 70)

ALTER TABLE cups RESET (fillfactor)

ALTER TABLE cups OWNER TO potter

ALTER TABLE cups CLUSTER ON cups_name_idx

ALTER TABLE cups REPLICA IDENTITY FULL

ALTER TABLE cups INHERIT things

ALTER TABLE cups NO INHERIT things

ALTER TABLE cups ATTACH PARTITION cups_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')

ALTER TABLE cups DETACH PARTITION cups_2020

ALTER TABLE cups DETACH PARTITION cups_2020 CONCURRENTLY

ALTER TABLE cups DETACH PARTITION cups_2020 FINALIZE

ALTER TABLE cups DISABLE TRIGGER ALL

ALTER TABLE cups ENABLE ROW LEVEL SECURITY

TRUNCATE cups

TRUNCATE TABLE ONLY cups, pots RESTART IDENTITY

TRUNCATE cups CASCADE

LOCK TABLE cups IN ACCESS EXCLUSIVE MODE

LOCK TABLE cups IN SHARE MODE NOWAIT

CREATE TABLE fresh (id bigint PRIMARY KEY); TRUNCATE fresh CASCADE

COMMENT ON TABLE cups IS 'what is drunk from'

CREATE TABLE fresh (id bigint PRIMARY KEY); ALTER TABLE fresh RENAME TO fresher

ALTER TABLE cups RENAME CONSTRAINT cups_pkey TO cups_key

CREATE TABLE cups (id int8 PRIMARY KEY, kind text COLLATE "C", tags int[] NOT NULL, grid smallint[][])

CREATE TABLE cups (id bigint PRIMARY KEY, at timestamp(3) with time zone, wake time, woken timetz)
