import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Locator, Page } from "playwright-core";
import type { EditorSession } from "../../host/editorSession.mjs" with { "resolution-mode": "import" };
import { packedFile } from "../../package/packed";
import { startPostgres, type PostgresServer } from "../../support/postgresServer";
import { queryRows } from "../../support/queryRows";
import { Window, withPicture } from "./flowSession";

const tables = ["users", "posts", "comments", "tags", "orders"] as const;
const mostClicks = 8;

/** A TypeORM project as people have it: no configuration, and nothing of this repository. */
function typeormProject(databaseUrl: string): Readonly<Record<string, string>> {
  const className = (table: string): string => `${table.charAt(0).toUpperCase()}${table.slice(1, -1)}`;
  const entity = (table: string): string => `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity("${table}")
export class ${className(table)} {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ type: "text" })
  name!: string;
}
`;
  const migration = (
    table: string,
    timestamp: number,
  ): string => `import { MigrationInterface, QueryRunner } from "typeorm";

export class Create${className(table)}${String(timestamp)} implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`CREATE TABLE "${table}" ("id" SERIAL PRIMARY KEY, "name" text NOT NULL)\`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`DROP TABLE "${table}"\`);
  }
}
`;
  const dataSource = `import "reflect-metadata";
import { DataSource } from "typeorm";
${tables.map((table) => `import { ${className(table)} } from "./entities/${table}.entity";`).join("\n")}

export const AppDataSource = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  entities: [${tables.map(className).join(", ")}],
  migrations: ["src/migrations/*.ts"],
});
`;
  return {
    ".env": `DATABASE_URL=${databaseUrl}\n`,
    "package.json": '{ "name": "shop", "private": true }\n',
    "tsconfig.json": `${JSON.stringify({
      compilerOptions: {
        target: "es2022",
        module: "commonjs",
        strict: true,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
      },
    })}\n`,
    "src/data-source.ts": dataSource,
    ...Object.fromEntries(tables.map((table) => [`src/entities/${table}.entity.ts`, entity(table)])),
    ...Object.fromEntries(
      tables.slice(0, 3).map((table, index) => {
        const timestamp = 1700000000001 + index;
        return [
          `src/migrations/${String(timestamp)}-Create${className(table)}.ts`,
          migration(table, timestamp),
        ];
      }),
    ),
  };
}

function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "alembic-ts-first-")));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Somebody who counts clicks, and looks at what is there after each. */
class Newcomer {
  clicks = 0;

  constructor(
    readonly window: Window,
    private readonly name: string,
  ) {}

  async click(target: Locator): Promise<void> {
    await this.window.shows(target);
    await this.look();
    await target.click();
    this.clicks += 1;
  }

  async look(): Promise<void> {
    const folder = process.env["FIRST_STEPS_PICTURES"];
    if (folder !== undefined) {
      // What comes in slides.
      await this.window.pause();
      await this.window.page.screenshot({ path: join(folder, `${this.name}-${String(this.clicks)}.png`) });
    }
  }
}

function button(page: Page, text: string): Locator {
  return page.locator(".sidebar .monaco-button").filter({ hasText: text }).first();
}

function titleAction(page: Page, label: string): Locator {
  return page
    .locator(
      `.sidebar .title-actions [aria-label^="${label}"], .sidebar .pane-header [aria-label^="${label}"]`,
    )
    .first();
}

async function adoptAndGenerate(newcomer: Newcomer, folder: string, databaseUrl: string): Promise<void> {
  const { window } = newcomer;
  const { page } = window;
  await newcomer.click(page.locator('.activitybar [aria-label^="Alembic"]').first());
  await window.shows(window.row("Adopt 3 TypeORM Migrations…"));
  await window.shows(window.row("src/data-source.ts"));
  await window.shows(window.row("Entities: 5"));
  await newcomer.click(button(page, "Adopt TypeORM Migrations…"));
  const dialog = page.locator(".monaco-dialog-box");
  await newcomer.click(dialog.locator(".monaco-button").filter({ hasText: "Adopt" }).first());
  await window.shows(window.row("Create comment"));
  await page.locator(".sidebar").hover();
  await newcomer.click(titleAction(page, "Upgrade to Head"));
  await window.shows(window.statusBar("up to date"));
  await window.shows(page.locator(".sidebar .message").filter({ hasText: /as of \d\d:\d\d/ }));
  assert.deepEqual(await queryRows(databaseUrl, "SELECT version_num FROM alembic_version"), [
    { version_num: "1700000000003" },
  ]);
  await page.locator(".sidebar").hover();
  await newcomer.click(titleAction(page, "Views and More Actions"));
  await newcomer.click(
    page.locator(".context-view .action-item").filter({ hasText: "Autogenerate Revision" }).first(),
  );
  await window.answer("What the revision does", "add tags and orders");
  await newcomer.click(window.lens("Write"));
  await window.shows(window.row("add tags and orders"));
  await newcomer.look();
  const written = readdirSync(join(folder, "database/migrations/versions"));
  assert.equal(written.filter((name) => name.endsWith("add_tags_and_orders.ts")).length, 1);
}

async function startFromNothing(newcomer: Newcomer, folder: string): Promise<void> {
  const { window } = newcomer;
  const { page } = window;
  await newcomer.click(page.locator('.activitybar [aria-label^="Alembic"]').first());
  await newcomer.click(button(page, "Set Up Alembic"));
  await window.shows(window.tab("alembic.config.ts"));
  await window.shows(page.locator(".notification-list-item").filter({ hasText: "Install alembic-ts" }));
  await newcomer.click(button(page, "Create First Revision"));
  await window.answer("What the revision does", "create users");
  await window.shows(window.tab("create_users"));
  await window.shows(window.row("State unknown · Check status"));
  await page.locator(".sidebar").hover();
  await newcomer.click(titleAction(page, "Upgrade to Head"));
  await window.shows(window.statusBar("up to date"));
  await newcomer.look();
  assert.ok(readdirSync(join(folder, ".alembic")).includes("database"));
}

describe("the first steps of somebody who has not read the documentation", function () {
  this.timeout(600_000);
  let server: PostgresServer;
  let parent: string;
  before(async () => {
    const { installExtension } = await import("../../host/editorServer.mjs");
    server = await startPostgres();
    parent = realpathSync(mkdtempSync(join(tmpdir(), "alembic-ts-installed-")));
    const vsix = await packedFile("vsix");
    const folders = { dataFolder: join(parent, "data"), extensionsFolder: join(parent, "extensions") };
    assert.equal(await installExtension({ vsix, ...folders }), 0);
  });
  after(async () => {
    await server.stop();
    rmSync(parent, { recursive: true, force: true, maxRetries: 10 });
  });

  async function follow(
    name: string,
    folder: string,
    steps: (newcomer: Newcomer) => Promise<void>,
  ): Promise<void> {
    const { openEditor } = await import("../../host/editorSession.mjs");
    let session: EditorSession | undefined;
    try {
      session = await openEditor({
        workspace: folder,
        extensionsFolder: join(parent, "extensions"),
        settings: { "window.dialogStyle": "custom" },
      });
      const { page } = session;
      const newcomer = new Newcomer(new Window(page), name);
      await withPicture(page, name, () => steps(newcomer));
      assert.ok(newcomer.clicks <= mostClicks, `${String(newcomer.clicks)} clicks`);
    } finally {
      await session?.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    }
  }

  it(`lead from a TypeORM project to a generated revision with at most ${String(mostClicks)} clicks`, async () => {
    const { copyPackages } = await import("../../support/copyPackages.mjs");
    const databaseUrl = await server.createDatabase();
    const folder = makeFolder(typeormProject(databaseUrl));
    copyPackages(folder, ["typeorm", "pg", "reflect-metadata"]);
    await follow("typeorm-project", folder, (newcomer) => adoptAndGenerate(newcomer, folder, databaseUrl));
  });

  it(`lead from an empty folder to an upgraded database with at most ${String(mostClicks)} clicks`, async () => {
    const folder = makeFolder({});
    await follow("empty-folder", folder, (newcomer) => startFromNothing(newcomer, folder));
  });
});
