BEGIN; ALTER TABLE cups ADD COLUMN handle text; COMMIT

BEGIN; ALTER TABLE cups ADD COLUMN handle text

START TRANSACTION; SELECT 1; END

COMMIT

ROLLBACK

BEGIN; BEGIN; COMMIT; COMMIT

SAVEPOINT a; DELETE FROM cups WHERE id = 1; ROLLBACK TO SAVEPOINT a; RELEASE a

PREPARE TRANSACTION 'later'

COMMIT PREPARED 'later'

SET lock_timeout = '2s'; ALTER TABLE cups ADD COLUMN handle text

SET LOCAL lock_timeout = '2s'; SET LOCAL statement_timeout = '1min'; ALTER TABLE cups ADD COLUMN handle text

SET statement_timeout TO 60000; ALTER TABLE cups DROP COLUMN handle

SET lock_timeout = 0; SET statement_timeout = DEFAULT; ALTER TABLE cups ADD COLUMN handle text

SELECT set_config('lock_timeout', '2s', true), set_config('statement_timeout', '9s', true); ALTER TABLE cups ADD COLUMN handle text

SET LOCAL lock_timeout = '2s'; RESET lock_timeout; ALTER TABLE cups ADD COLUMN handle text

SET search_path = shop; CREATE TABLE cups (id bigint PRIMARY KEY)

SET SESSION AUTHORIZATION potter

SET ROLE potter

SET TRANSACTION ISOLATION LEVEL SERIALIZABLE

SET CONSTRAINTS ALL DEFERRED

SHOW lock_timeout

ALTER TABLE cups ADD COLUMN handle text; ALTER TABLE pots ADD COLUMN handle text; ALTER TABLE kilns ADD COLUMN handle text; ALTER TABLE orders ADD COLUMN handle text

ALTER TABLE cups ADD COLUMN state text; UPDATE cups SET state = 'raw' WHERE state IS NULL

LISTEN cups_changed; UNLISTEN *

BEGIN; SET LOCAL statement_timeout = '5s'; SET LOCAL lock_timeout = '1s'; CREATE INDEX cups_name_idx ON cups (name); COMMIT; SELECT 1

ABORT

BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1; COMMIT AND CHAIN
