/**
 * Statements, and whether PostgreSQL refuses them in a transaction block. The database test tries them; those that
 * need a subscription, a tablespace or PostgreSQL 19 fail there for other reasons and are `untried`.
 */
export interface TransactionCase {
  readonly text: string;
  readonly refuses: boolean;
  readonly untried?: true;
}

export const transactionCases: readonly TransactionCase[] = [
  { text: "CREATE INDEX CONCURRENTLY ix ON t (a)", refuses: true },
  { text: "create  unique /* now */ index concurrently if not exists ix ON t (a)", refuses: true },
  { text: "-- by night\nCREATE INDEX CONCURRENTLY ix ON t (a);", refuses: true },
  { text: "DROP INDEX CONCURRENTLY IF EXISTS nothing", refuses: true },
  { text: "REINDEX INDEX CONCURRENTLY t_pkey", refuses: true },
  { text: "REINDEX (VERBOSE, CONCURRENTLY) TABLE t", refuses: true },
  { text: "REINDEX (CONCURRENTLY false) TABLE t", refuses: false },
  { text: "REINDEX TABLE t", refuses: false },
  { text: "REINDEX SCHEMA public", refuses: true },
  { text: "VACUUM", refuses: true },
  { text: "VACUUM (ANALYZE) t", refuses: true },
  { text: "ANALYZE t", refuses: false },
  { text: "CREATE DATABASE other", refuses: true },
  { text: "DROP DATABASE IF EXISTS other", refuses: true },
  { text: "ALTER DATABASE postgres SET TABLESPACE pg_default", refuses: true },
  { text: "ALTER DATABASE postgres SET work_mem = '4MB'", refuses: false },
  { text: "CREATE TABLESPACE fast LOCATION '/nowhere'", refuses: true },
  { text: "DROP TABLESPACE IF EXISTS fast", refuses: true },
  { text: "ALTER SYSTEM SET work_mem = '4MB'", refuses: true },
  { text: "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY", refuses: true },
  { text: "ALTER TABLE p DETACH PARTITION p1", refuses: false },
  { text: "CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p", refuses: true },
  {
    text: "CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false)",
    refuses: false,
  },
  { text: "DROP SUBSCRIPTION s", refuses: true, untried: true },
  { text: "ALTER SUBSCRIPTION s REFRESH PUBLICATION", refuses: true, untried: true },
  { text: "ALTER SUBSCRIPTION s SET PUBLICATION p", refuses: true, untried: true },
  { text: "ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = off)", refuses: false, untried: true },
  { text: "CLUSTER", refuses: true },
  { text: "CLUSTER VERBOSE", refuses: true },
  { text: "CLUSTER t USING t_pkey", refuses: false },
  { text: "REPACK", refuses: true, untried: true },
  { text: "REPACK;", refuses: true, untried: true },
  { text: "REPACK USING INDEX", refuses: true, untried: true },
  { text: "REPACK (VERBOSE)", refuses: true, untried: true },
  { text: "REPACK (CONCURRENTLY) t", refuses: true, untried: true },
  { text: "REPACK (VERBOSE, CONCURRENTLY on) t USING INDEX t_pkey", refuses: true, untried: true },
  { text: "REPACK (ANALYZE) t (a)", refuses: true, untried: true },
  { text: "REPACK t", refuses: false, untried: true },
  { text: "REPACK (CONCURRENTLY off, VERBOSE) s.t USING INDEX", refuses: false, untried: true },
  { text: "DISCARD ALL", refuses: true },
  { text: "DISCARD PLANS", refuses: false },
  { text: "REFRESH MATERIALIZED VIEW m", refuses: false },
  { text: "ALTER TYPE mood ADD VALUE 'new'", refuses: false },
  { text: "CREATE INDEX concurrently_made ON t (a)", refuses: false },
  { text: "SELECT 'CREATE INDEX CONCURRENTLY ix ON t (a)'", refuses: false },
  { text: "SELECT 1; CREATE INDEX CONCURRENTLY ix2 ON t (a)", refuses: true, untried: true },
  { text: "DO $$ BEGIN /* VACUUM; */ PERFORM 1; END $$", refuses: false },
  { text: "", refuses: false },
];
