BEGIN;

-- Running downgrade c036 -> c035

DROP INDEX "ix User";

DROP TABLE "User";

UPDATE alembic_version SET version_num='c035' WHERE alembic_version.version_num = 'c036';

-- Running downgrade c035 -> c034

ALTER TABLE roles DROP COLUMN tags;

ALTER TABLE roles DROP COLUMN at;

ALTER TABLE roles DROP COLUMN utc;

UPDATE alembic_version SET version_num='c034' WHERE alembic_version.version_num = 'c035';

-- Running downgrade c034 -> c033

ALTER TABLE roles DROP COLUMN double;

UPDATE alembic_version SET version_num='c033' WHERE alembic_version.version_num = 'c034';

-- Running downgrade c033 -> c032

ALTER TABLE roles DROP CONSTRAINT fk_level;

ALTER TABLE roles DROP CONSTRAINT uq_level;

DROP INDEX ix_level;

ALTER TABLE roles ALTER COLUMN name DROP NOT NULL;

ALTER TABLE roles ALTER COLUMN name DROP DEFAULT;

ALTER TABLE roles DROP COLUMN level;

UPDATE alembic_version SET version_num='c032' WHERE alembic_version.version_num = 'c033';

-- Running downgrade c032 -> c031

DROP TABLE roles;

UPDATE alembic_version SET version_num='c031' WHERE alembic_version.version_num = 'c032';

-- Running downgrade c031 -> c030

DROP VIEW few;

UPDATE alembic_version SET version_num='c030' WHERE alembic_version.version_num = 'c031';

-- Running downgrade c030 -> c029

DROP VIEW many;

DROP FUNCTION twice(integer);

UPDATE alembic_version SET version_num='c029' WHERE alembic_version.version_num = 'c030';

-- Running downgrade c029 -> c028

COMMENT ON TABLE tags IS NULL;

UPDATE alembic_version SET version_num='c028' WHERE alembic_version.version_num = 'c029';

-- Running downgrade c028 -> c027

ALTER TABLE simple RENAME TO plain;

UPDATE alembic_version SET version_num='c027' WHERE alembic_version.version_num = 'c028';

-- Running downgrade c027 -> c026

ALTER TABLE plain DROP CONSTRAINT pk_plain;

DROP TABLE plain;

UPDATE alembic_version SET version_num='c026' WHERE alembic_version.version_num = 'c027';

-- Running downgrade c026 -> c025

ALTER TABLE tags DROP CONSTRAINT ck_rank;

ALTER TABLE tags DROP CONSTRAINT ck_hits;

UPDATE alembic_version SET version_num='c025' WHERE alembic_version.version_num = 'c026';

-- Running downgrade c025 -> c024

ALTER TABLE tags DROP CONSTRAINT uq_hits;

ALTER TABLE tags DROP CONSTRAINT tags_path_key;

UPDATE alembic_version SET version_num='c024' WHERE alembic_version.version_num = 'c025';

-- Running downgrade c024 -> c023

ALTER TABLE tags DROP CONSTRAINT fk_tags;

ALTER TABLE tags DROP CONSTRAINT tags_hits_fkey;

UPDATE alembic_version SET version_num='c023' WHERE alembic_version.version_num = 'c024';

-- Running downgrade c023 -> c022

DROP INDEX ix_settings;

DROP INDEX ix_cover;

UPDATE alembic_version SET version_num='c022' WHERE alembic_version.version_num = 'c023';

-- Running downgrade c022 -> c021

DROP INDEX ix_title;

DROP INDEX ix_desc;

UPDATE alembic_version SET version_num='c021' WHERE alembic_version.version_num = 'c022';

-- Running downgrade c021 -> c020

COMMENT ON COLUMN tags.title IS NULL;

ALTER TABLE tags RENAME title TO name;

UPDATE alembic_version SET version_num='c020' WHERE alembic_version.version_num = 'c021';

-- Running downgrade c020 -> c019

ALTER TABLE tags ALTER COLUMN rank DROP NOT NULL;

ALTER TABLE tags ALTER COLUMN rank DROP DEFAULT;

ALTER TABLE tags ALTER COLUMN hits SET DEFAULT 0;

UPDATE alembic_version SET version_num='c019' WHERE alembic_version.version_num = 'c020';

-- Running downgrade c019 -> c018

ALTER TABLE tags ALTER COLUMN rank TYPE INTEGER;

ALTER TABLE tags ALTER COLUMN code TYPE VARCHAR(3) USING code::varchar;

UPDATE alembic_version SET version_num='c018' WHERE alembic_version.version_num = 'c019';

-- Running downgrade c018 -> c017

ALTER TABLE tags DROP COLUMN rank;

ALTER TABLE tags DROP COLUMN uid;

UPDATE alembic_version SET version_num='c017' WHERE alembic_version.version_num = 'c018';

-- Running downgrade c017 -> c016

ALTER TABLE tags DROP COLUMN active;

ALTER TABLE tags DROP COLUMN hits;

ALTER TABLE tags DROP COLUMN path;

UPDATE alembic_version SET version_num='c016' WHERE alembic_version.version_num = 'c017';

-- Running downgrade c016 -> c015

ALTER TABLE tags DROP COLUMN account_id;

UPDATE alembic_version SET version_num='c015' WHERE alembic_version.version_num = 'c016';

-- Running downgrade c015 -> c014

DROP TABLE links;

UPDATE alembic_version SET version_num='c014' WHERE alembic_version.version_num = 'c015';

-- Running downgrade c014 -> c013

DROP INDEX app.ix_items;

ALTER TABLE app.items DROP COLUMN name;

DROP TABLE app.items;

DROP SCHEMA app;

UPDATE alembic_version SET version_num='c013' WHERE alembic_version.version_num = 'c014';

-- Running downgrade c013 -> c012

DROP TABLE tags;

UPDATE alembic_version SET version_num='c012' WHERE alembic_version.version_num = 'c013';

-- Running downgrade c012 -> c011

DROP TABLE notes;

UPDATE alembic_version SET version_num='c011' WHERE alembic_version.version_num = 'c012';

-- Running downgrade c011 -> c010

DROP TABLE types;

UPDATE alembic_version SET version_num='c010' WHERE alembic_version.version_num = 'c011';

-- Running downgrade c010 -> c009

ALTER TABLE accounts DROP COLUMN mood;

DROP TYPE "Mood";

UPDATE alembic_version SET version_num='c009' WHERE alembic_version.version_num = 'c010';

-- Running downgrade c009 -> c008

DROP TABLE returns;

UPDATE alembic_version SET version_num='c008' WHERE alembic_version.version_num = 'c009';

-- Running downgrade c008 -> c007

DROP TABLE orders;

DROP TYPE order_state;

UPDATE alembic_version SET version_num='c007' WHERE alembic_version.version_num = 'c008';

-- Running downgrade c007 -> c006

DROP TABLE keyed;

UPDATE alembic_version SET version_num='c006' WHERE alembic_version.version_num = 'c007';

-- Running downgrade c006 -> c005

DROP TABLE counted;

UPDATE alembic_version SET version_num='c005' WHERE alembic_version.version_num = 'c006';

-- Running downgrade c005 -> c004

DROP TABLE profiles;

UPDATE alembic_version SET version_num='c004' WHERE alembic_version.version_num = 'c005';

-- Running downgrade c004 -> c003

DROP TABLE memberships;

UPDATE alembic_version SET version_num='c003' WHERE alembic_version.version_num = 'c004';

-- Running downgrade c003 -> c002

DROP TABLE fixed;

UPDATE alembic_version SET version_num='c002' WHERE alembic_version.version_num = 'c003';

-- Running downgrade c002 -> c001

DROP TABLE big;

UPDATE alembic_version SET version_num='c001' WHERE alembic_version.version_num = 'c002';

-- Running downgrade c001 -> pqr678

DROP INDEX ix_accounts_email;

DROP TABLE accounts;

UPDATE alembic_version SET version_num='pqr678' WHERE alembic_version.version_num = 'c001';

-- Running downgrade pqr678 -> mno345

DROP INDEX idx_content_search;

ALTER TABLE educational_content DROP COLUMN search_vector;

UPDATE alembic_version SET version_num='mno345' WHERE alembic_version.version_num = 'pqr678';

-- Running downgrade mno345 -> jkl012

UPDATE users SET status = 'enabled' WHERE status = 'active';

UPDATE users SET status = 'disabled' WHERE status = 'inactive';

UPDATE alembic_version SET version_num='jkl012' WHERE alembic_version.version_num = 'mno345';

-- Running downgrade jkl012 -> ghi789

DROP INDEX idx_users_role;

ALTER TABLE users DROP COLUMN role;

DROP TYPE user_role;

UPDATE alembic_version SET version_num='ghi789' WHERE alembic_version.version_num = 'jkl012';

-- Running downgrade ghi789 -> def456

DROP INDEX idx_users_active;

DROP INDEX idx_users_org_status;

UPDATE alembic_version SET version_num='def456' WHERE alembic_version.version_num = 'ghi789';

-- Running downgrade def456 -> abc123

ALTER TABLE users DROP COLUMN email_verified_at;

ALTER TABLE users DROP COLUMN email_verified;

UPDATE alembic_version SET version_num='abc123' WHERE alembic_version.version_num = 'def456';

-- Running downgrade abc123 -> 

DROP INDEX idx_user_profiles_user_id;

DROP TABLE user_profiles;

DELETE FROM alembic_version WHERE alembic_version.version_num = 'abc123';

DROP TABLE alembic_version;

COMMIT;

