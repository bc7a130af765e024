import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { repository } from "../package/packed";
import { plainEnvironment } from "../support/commandLine";
import { openExample, type ExampleProject } from "../support/exampleProject";
import { queryRows, queryValues } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

const embedded = { DATABASE_URL: "embedded:" };
const noDifference = "No new upgrade operations detected.\n";

/** Adds a column to an entity, and takes the way of a change: a revision, an upgrade, no difference, and back. */
async function changeModel(
  project: ExampleProject,
  entity: string,
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly run?: string;
    readonly folder?: string;
  },
): Promise<void> {
  const { run = "npx alembic-ts", ...rest } = options;
  const text = readFileSync(join(project.path, entity), "utf8");
  const column = `\n  @Column("varchar", { length: 20, nullable: true })\n  phone: string | null;\n}\n`;
  project.write({ [entity]: text.replace(/\n\}\n$/, `\n${column}`) });
  await project.succeeds(`${run} revision --autogenerate -m phone`, rest);
  await project.succeeds(`${run} upgrade head`, rest);
  assert.equal(await project.succeeds(`${run} check`, rest), noDifference);
  await project.succeeds(`${run} downgrade -1`, rest);
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? String(address.port) : "";
}

/** Asks a server again until it listens. */
async function fetchJson(url: string, isAlive: () => boolean): Promise<unknown> {
  for (;;) {
    try {
      return await (await fetch(url)).json();
    } catch (error) {
      if (!isAlive()) {
        throw error;
      }
      await delay(100);
    }
  }
}

describe("the example", function () {
  this.timeout(900_000);

  it("NestJS runs on a database that was upgraded, built by SWC", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const project = await openExample("nestjs");
    try {
      project.write({ ".env": `DATABASE_URL=${url}\n` });
      await project.succeeds("npm run check");
      await project.succeeds("npx alembic-ts upgrade head");
      assert.equal(await project.succeeds("npx alembic-ts check"), noDifference);
      await project.succeeds("npm run build");
      await queryRows(url, "INSERT INTO users (email) VALUES ('ann@example.com')");
      const port = await freePort();
      const server = spawn(process.execPath, ["dist/main.js"], {
        cwd: project.path,
        env: { ...plainEnvironment(), PORT: port },
        stdio: ["ignore", "ignore", "inherit"],
      });
      try {
        const users = await fetchJson(`http://127.0.0.1:${port}/users`, () => server.exitCode === null);
        assert.deepEqual(
          (users as readonly { readonly email: string }[]).map(({ email }) => email),
          ["ann@example.com"],
        );
      } finally {
        server.kill();
      }
      await changeModel(project, "src/users/user.entity.ts", {});
    } finally {
      project.remove();
    }
  });

  it("ESM with moduleResolution bundler is checked, upgraded and changed", async () => {
    const project = await openExample("esm-bundler");
    try {
      await project.succeeds("npm run check");
      await project.succeeds("npx alembic-ts upgrade head", { env: embedded });
      assert.equal(await project.succeeds("npx alembic-ts check", { env: embedded }), noDifference);
      await changeModel(project, "src/entities/user.ts", { env: embedded });
    } finally {
      project.remove();
    }
  });

  it("pnpm monorepo finds the entities of the other package", async () => {
    const { packageManager } = JSON.parse(
      readFileSync(join(repository, "examples/pnpm-monorepo/package.json"), "utf8"),
    ) as { readonly packageManager: string };
    const pnpm = `npx --yes --prefer-offline ${packageManager}`;
    const project = await openExample("pnpm-monorepo", {
      manifests: ["packages/database/package.json"],
      install: `${pnpm} install --prefer-offline --no-frozen-lockfile`,
    });
    const options = { env: embedded, folder: "packages/database" };
    try {
      await project.succeeds(`${pnpm} exec tsc --noEmit -p .`, options);
      await project.succeeds(`${pnpm} exec alembic-ts upgrade head`, options);
      const check = `${pnpm} --filter @acme/database exec alembic-ts check`;
      assert.equal(await project.succeeds(check, { env: embedded }), noDifference);
      await changeModel(project, "packages/entities/src/user.ts", {
        ...options,
        run: `${pnpm} exec alembic-ts`,
      });
    } finally {
      project.remove();
    }
  });

  it("of 20 adopted migrations gives the same schema as TypeORM, wherever it takes over", async () => {
    const server = await sharedPostgres();
    const [fresh, migrated] = [await server.createDatabase(), await server.createDatabase()];
    const project = await openExample("adopted");
    const env = { DATABASE_URL: migrated };
    const versions = "database/migrations/versions";
    try {
      await project.succeeds("npm run check");
      await project.succeeds("npx alembic-ts upgrade head", { env: { DATABASE_URL: fresh } });
      assert.equal(
        await project.succeeds("npx alembic-ts check", { env: { DATABASE_URL: fresh } }),
        noDifference,
      );
      await project.succeeds("npx tsx node_modules/typeorm/cli.js migration:run -d src/data-source.ts", {
        env,
      });
      await project.succeeds("npx alembic-ts adopt typeorm --stamp", { env });
      assert.equal(await project.succeeds("npx alembic-ts current", { env }), "1701641600001\n");
      await project.succeeds("npx alembic-ts upgrade head", { env });
      assert.equal(await server.dumpSchema(migrated), await server.dumpSchema(fresh));

      const kept = join(repository, "examples/adopted", versions);
      const adopted = readdirSync(kept).filter((file) => /^\d{13}_/.test(file));
      assert.equal(adopted.length, 20);
      for (const file of readdirSync(kept)) {
        rmSync(join(project.path, versions, file));
      }
      await project.succeeds("npx alembic-ts adopt typeorm --no-stamp", { env });
      assert.deepEqual(project.list(versions), adopted.sort());
      for (const file of adopted) {
        const written = readFileSync(join(project.path, versions, file), "utf8");
        assert.equal(written, readFileSync(join(kept, file), "utf8"));
      }
    } finally {
      project.remove();
    }
  });

  it("of many tenants upgrades each of them, and later a new one", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const env = { DATABASE_URL: url };
    const project = await openExample("multi-tenant");
    const schemas = "SELECT schemaname FROM pg_tables WHERE tablename = 'alembic_version' ORDER BY 1";
    try {
      await project.succeeds("npm run check");
      await project.succeeds("node scripts/createTenant.mjs acme globex", { env });
      await project.succeeds("npx alembic-ts upgrade head", { env });
      assert.deepEqual(await queryValues(url, schemas), ["acme", "globex"]);
      await project.succeeds("node scripts/createTenant.mjs initech", { env });
      await project.succeeds("npx alembic-ts upgrade head", { env });
      assert.deepEqual(await queryValues(url, schemas), ["acme", "globex", "initech"]);
      await project.succeeds("npx alembic-ts drift", { env });
    } finally {
      project.remove();
    }
  });
});
