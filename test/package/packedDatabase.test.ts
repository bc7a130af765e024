import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import JSZip from "jszip";
import { type CommandLineResult, runProgram } from "../support/commandLine";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";
import { packedFile } from "./packed";

const contrib = [
  ...["uuid-ossp", "pgcrypto", "citext", "hstore", "pg_trgm", "btree_gist", "btree_gin", "unaccent", "cube"],
  ...["earthdistance", "ltree", "intarray", "fuzzystrmatch", "tablefunc", "isn", "seg", "lo", "tcn", "bloom"],
  ...["dict_int", "dict_xsyn"],
];

/** Each uses a file of PostgreSQL's that PGlite has packed. */
const checks: readonly (readonly [string, string])[] = [
  ["encode(digest('a', 'md5'), 'hex')", "0cc175b9c0f1b6a831c399e269772661"],
  ["pgp_sym_decrypt(pgp_sym_encrypt('a', 'key'), 'key')", "a"],
  ["(crypt('a', gen_salt('bf', 4)) LIKE '$2a$04$%')::text", "true"],
  ["encode(decrypt(encrypt('a', 'key', 'aes'), 'key', 'aes'), 'escape')", "a"],
  ["uuid_generate_v5(uuid_ns_dns(), 'a')::text", "4f3f2898-69e3-5a0d-820a-c4e87987dbce"],
  ["similarity('abc', 'abc')::text || levenshtein('abc', 'abd')::text", "11"],
  ["unaccent('é') || ('a.b'::ltree || 'c')::text || isbn('0-306-40615-2')::text", "ea.b.c0-306-40615-2"],
  ["(cube(1) <@ cube(0, 2))::text || ('1 .. 2'::seg && '2 .. 3'::seg)::text", "truetrue"],
  ["to_tsvector('english', 'running dogs')::text", "''dog'':2 ''run'':1"],
  ["(timestamptz '2020-07-01 00:00+00' AT TIME ZONE 'Europe/Berlin')::text", "2020-07-01 02:00:00"],
  ["('a' < 'B' COLLATE alphabet)::text", "true"],
  ["('a=>1'::hstore -> 'a')", "1"],
];

const body = [
  ...contrib.map((name) => `CREATE EXTENSION "${name}"`),
  "CREATE COLLATION alphabet (provider = icu, locale = 'und')",
  `DO $$ BEGIN ${checks.map(([expression, value]) => `ASSERT ${expression} = '${value}', ${expression};`).join(" ")} END $$`,
]
  .map((statement) => `  await op.execute(${JSON.stringify(statement)});\n`)
  .join("");

const revision = `import type { Migration } from "alembic-ts";
export const revision = "aaa111";
export const down_revision: string | null = null;
export async function upgrade({ op }: Migration): Promise<void> {
${body}}
export async function downgrade(): Promise<void> {}
`;

describe("the embedded database of the packed extension", function () {
  this.timeout(960_000);
  let folder: string;
  let project: ProjectFolder;
  const run = (...args: readonly string[]): Promise<CommandLineResult> =>
    runProgram(process.execPath, [join(folder, "extension/dist/cli.js"), ...args], { cwd: project.path });

  before(async () => {
    const vsix = await packedFile("vsix");
    folder = mkdtempSync(join(tmpdir(), "alembic-ts-packed-database-"));
    const zip = await JSZip.loadAsync(readFileSync(vsix));
    for (const file of Object.values(zip.files)) {
      const path = join(folder, file.name);
      if (!file.dir && file.name.startsWith("extension/dist/")) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, await file.async("nodebuffer"));
      }
    }
    project = createProjectFolder({
      "package.json": '{ "private": true }\n',
      "alembic.config.json": '{ "scriptLocation": "migrations" }\n',
      "migrations/versions/aaa111_x.ts": revision,
    });
  });

  after(() => {
    project.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("has every contrib module, dictionaries, time zones and collations", async () => {
    const { exitCode, stdout, stderr } = await run("upgrade", "head");
    assert.equal(exitCode, 0, `${stdout}${stderr}`);
  });

  it("says who has the conversions that it lacks", async () => {
    project.write({
      "migrations/versions/bbb222_y.ts": revision
        .replace('"aaa111"', '"bbb222"')
        .replace("= null", '= "aaa111"')
        .replace(body, `  await op.execute("SELECT convert_from('\\\\xb0a1', 'GBK')");\n`),
    });
    const { exitCode, stderr } = await run("upgrade", "head");
    project.removeFile("migrations/versions/bbb222_y.ts");
    assert.equal(exitCode, 255, stderr);
    assert.match(
      stderr,
      /Hint: The extension's embedded database has no conversions for East Asian encodings\./,
    );
  });

  it("says what is missing where its empty cluster is", async () => {
    const cluster = join(folder, "extension/dist/emptyCluster.bin");
    rmSync(cluster);
    rmSync(join(project.path, ".alembic"), { recursive: true });
    const { exitCode, stdout, stderr } = await run("upgrade", "head");
    assert.equal(exitCode, 255, stderr);
    assert.match(stdout + stderr, /can't be started: .*emptyCluster\.bin is missing or damaged\./);
    assert.match(stderr, /Install the extension again\./);
  });
});
