SELECT 1

SELECT setval('cup_codes', (SELECT max(code) FROM cups))

SELECT create_hypertable('readings', 'at')

INSERT INTO cups (name) VALUES ('it''s; one'), (E'tab\tone'), (U&'\0441')

INSERT INTO cups (id, name) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET name = excluded.name

INSERT INTO cups SELECT * FROM pots

INSERT INTO cups DEFAULT VALUES RETURNING id

UPDATE cups SET live = false

UPDATE cups SET live = false WHERE id = 1

UPDATE cups SET live = false, live = true WHERE id = 1

UPDATE cups SET (height, width) = (1, 2), height = 3 WHERE id = 1

UPDATE ONLY cups AS c SET height = k.height FROM kilns k WHERE k.id = c.kiln_id

UPDATE cups SET tags[1] = 'a', tags[2] = 'b' WHERE id = 1

UPDATE cups SET live = true WHERE true

INSERT INTO cups (id, id) VALUES (1, 2)

INSERT INTO cups (id, name) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET name = 'b', name = 'c'

DELETE FROM cups

DELETE FROM cups WHERE id = 1

DELETE FROM cups USING kilns WHERE kilns.id = cups.kiln_id

DELETE FROM cups WHERE CURRENT OF walker

WITH gone AS (DELETE FROM cups RETURNING *) INSERT INTO old_cups SELECT * FROM gone

WITH gone AS (DELETE FROM cups WHERE id < 10 RETURNING *) INSERT INTO old_cups SELECT * FROM gone

WITH moved AS (UPDATE cups SET live = false RETURNING id) SELECT count(*) FROM moved

MERGE INTO cups USING deliveries d ON cups.id = d.cup_id WHEN MATCHED THEN UPDATE SET height = d.height WHEN NOT MATCHED THEN INSERT (id) VALUES (d.cup_id)

MERGE INTO cups USING deliveries d ON cups.id = d.cup_id WHEN NOT MATCHED BY SOURCE THEN DELETE

MERGE INTO cups USING deliveries d ON cups.id = d.cup_id WHEN MATCHED THEN UPDATE SET height = 1, height = 2

COPY cups (id, name) FROM STDIN

COPY cups TO STDOUT WITH (FORMAT csv, HEADER)

COPY cups FROM '/srv/cups.csv' WITH (FORMAT csv)

COPY (SELECT id FROM cups) TO PROGRAM 'gzip > cups.gz'

CREATE TABLE fresh (id bigint); INSERT INTO fresh SELECT id FROM cups; DELETE FROM fresh; UPDATE fresh SET id = 2

SELECT * FROM cups FOR UPDATE

SELECT pg_advisory_lock(1)

SELECT * INTO spare FROM cups

EXPLAIN ANALYZE DELETE FROM cups

EXPLAIN DELETE FROM cups

PREPARE pick (bigint) AS SELECT * FROM cups WHERE id = $1

EXECUTE pick (3)

DEALLOCATE ALL

TABLE cups

VALUES (1, 'a'), (2, 'b')

UPDATE cups SET height = old.height FROM old_cups old WHERE old.id = cups.id RETURNING old.*, new.*

INSERT INTO cups (id) VALUES (1) RETURNING WITH (OLD AS before, NEW AS after) before.id, after.id

SELECT * FROM JSON_TABLE('[1]'::jsonb, '$[*]' COLUMNS (n int PATH '$'))

NOTIFY cups_changed, 'all'

DISCARD ALL
