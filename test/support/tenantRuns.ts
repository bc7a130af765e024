import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { startCommand } from "./faultRun";
import type { PostgresServer } from "./postgresServer";
import { createProjectFolder, revisionText } from "./projectFolder";
import { queryRows } from "./queryRows";

/** What a test of many tenants' schemas does. */
export interface TenantRunOptions {
  readonly tenants: number;
  /** Numbers of tenants that something stands in the way of. */
  readonly failing: readonly number[];
  readonly parallel: number;
}

function schemaOf(tenant: number): string {
  return `tenant_${String(tenant).padStart(3, "0")}`;
}

/**
 * Upgrades the schemas of many tenants, of which some fail; repairs those, and upgrades again.
 * Each revision writes to `public.tenant_log`, which tells what ran where.
 */
export async function upgradeTenants(server: PostgresServer, options: TenantRunOptions): Promise<void> {
  const { tenants, failing, parallel } = options;
  const url = await server.createDatabase();
  const log = (step: number): string =>
    `  await op.execute("INSERT INTO public.tenant_log SELECT current_schema(), ${String(step)}, pg_backend_pid()");`;
  const project = createProjectFolder({
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({
      scriptLocation: "migrations",
      environments: {
        shop: {
          url,
          tenantSchemas: "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tenant\\_%' ORDER BY 1",
        },
      },
    }),
    "migrations/versions/a1_accounts.ts": revisionText({
      id: "a1",
      upgrade: `  await op.createTable("accounts", { columns: { id: { type: "integer", primaryKey: true } } });\n${log(1)}`,
    }),
    "migrations/versions/b2_orders.ts": revisionText({
      id: "b2",
      down: "a1",
      upgrade: `  await op.createTable("orders", { columns: { id: { type: "integer", primaryKey: true } } });\n${log(2)}`,
    }),
  });
  try {
    const names = Array.from({ length: tenants }, (_, index) => schemaOf(index + 1));
    const broken = failing.map(schemaOf);
    await queryRows(
      url,
      `CREATE TABLE public.tenant_log (schema text, step integer, pid integer);
       ${names.map((name) => `CREATE SCHEMA ${name};`).join("")}
       ${broken.map((name) => `CREATE TABLE ${name}.orders ();`).join("")}`,
    );
    const args = ["--environment", "shop", "upgrade", "head", "--parallel", String(parallel)];
    const command = startCommand(project.path, undefined, args);
    let isRunning = true;
    const ended = command.ended.finally(() => (isRunning = false));
    let most = 0;
    while (isRunning) {
      const [row] = (await queryRows(
        url,
        "SELECT count(*)::integer AS held FROM pg_locks WHERE locktype = 'advisory' AND granted",
      )) as readonly { held: number }[];
      most = Math.max(most, row?.held ?? 0);
      await delay(10);
    }
    const result = await ended;
    // Each run holds two advisory locks.
    assert.ok(most <= 2 * parallel, `${String(most)} locks were held at once`);
    assert.equal(result.exitCode, 255, result.stdout + result.stderr);
    const lines = result.stdout.split("\n");
    assert.deepEqual(
      lines.filter((line) => / {2}failed {5}/.test(line)).map((line) => line.split(/\s/)[0]),
      broken.map((name) => `shop/${name}`),
    );
    const fine = names.filter((name) => !broken.includes(name));
    assert.deepEqual(
      lines.filter((line) => / {2}ok {9}2 steps, now at b2$/.test(line)).map((line) => line.split(/\s/)[0]),
      fine.map((name) => `shop/${name}`),
    );
    assert.ok(
      lines.includes(`${String(fine.length)} ok, ${String(broken.length)} failed, 0 cancelled`),
      result.stdout,
    );
    assert.deepEqual(await versionsOf(url, names), new Map(fine.map((name) => [name, "b2"])));

    await queryRows(url, broken.map((name) => `DROP TABLE ${name}.orders;`).join(""));
    await queryRows(url, "DELETE FROM public.tenant_log");
    const again = await startCommand(project.path, undefined, args).ended;
    assert.equal(again.exitCode, 0, again.stdout + again.stderr);
    assert.ok(again.stdout.includes(`${String(tenants)} ok, 0 failed, 0 cancelled`), again.stdout);
    const touched = (await queryRows(
      url,
      "SELECT schema, count(*)::integer AS steps FROM public.tenant_log GROUP BY schema ORDER BY schema",
    )) as readonly { schema: string; steps: number }[];
    assert.deepEqual(
      touched,
      broken.map((schema) => ({ schema, steps: 2 })),
    );
    assert.deepEqual(await versionsOf(url, names), new Map(names.map((name) => [name, "b2"])));
  } finally {
    project.remove();
  }
}

/** The version row of each schema that has one. */
async function versionsOf(url: string, schemas: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const tables = (await queryRows(
    url,
    "SELECT schemaname AS name FROM pg_tables WHERE tablename = 'alembic_version'",
  )) as readonly { name: string }[];
  const existing = schemas.filter((schema) => tables.some(({ name }) => name === schema));
  if (existing.length === 0) {
    return new Map();
  }
  const rows = (await queryRows(
    url,
    existing
      .map((name) => `SELECT '${name}' AS name, version_num FROM ${name}.alembic_version`)
      .join(" UNION ALL "),
  )) as readonly { name: string; version_num: string }[];
  const found = new Map(rows.map((row) => [row.name, row.version_num]));
  return new Map(
    schemas.flatMap((name) => (found.has(name) ? [[name, found.get(name) ?? ""] as const] : [])),
  );
}
