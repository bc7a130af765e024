import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createProjectFolder, revisionText } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";

const password = "s3cr+t@w:rd/?&=$'x";

interface Way {
  readonly config?: (url: string) => string;
  readonly args?: (url: string) => readonly string[];
  readonly env?: (url: URL) => Readonly<Record<string, string>>;
  /** Written by the test, so that the password may be in it. */
  readonly file?: (url: URL) => readonly [name: string, text: string];
}

const variables = (url: URL): Readonly<Record<string, string>> => ({
  PGHOST: url.hostname,
  PGPORT: url.port,
  PGUSER: url.username,
  PGDATABASE: url.pathname.slice(1),
});

/** Each way to give a password. */
const ways: Readonly<Record<string, Way>> = {
  "--url": { args: (url) => ["--url", url] },
  DATABASE_URL: { env: (url) => ({ DATABASE_URL: url.href }) },
  "the configuration": { config: (url) => `, url: ${JSON.stringify(url)}` },
  PGPASSWORD: {
    config: () => `, url: "postgres:///"`,
    env: (url) => ({ ...variables(url), PGPASSWORD: password }),
  },
  ".env": { file: (url) => [".env", `DATABASE_URL=${url.href.replaceAll("$", "\\$")}\n`] },
  "a query parameter": {
    args: (url) => {
      const changed = new URL(url);
      changed.password = "";
      changed.searchParams.set("password", password);
      return ["--url", changed.href];
    },
  },
};

interface Failure {
  readonly change?: (url: URL) => void;
  readonly upgrade?: string;
  readonly words: RegExp;
}

/** Each kind of failure. */
const failures: Readonly<Record<string, Failure>> = {
  "a server that isn't there": {
    change: (url) => {
      url.port = "1";
    },
    words: /127\.0\.0\.1|localhost/,
  },
  "a database that isn't there": {
    change: (url) => {
      url.pathname = "/no_such_database";
    },
    words: /no_such_database/,
  },
  "SQL that quotes it": {
    upgrade: `  await op.execute("CREATE ROLE r PASSWORD '" + secret.replace("'", "''") + "' NO_SUCH_WORD");`,
    words: /syntax error|unrecognized|NO_SUCH_WORD/i,
  },
  "code that throws it alone": {
    upgrade: "  throw new Error(`login with ${secret}`);",
    words: /login with \*\*\*/,
  },
  "code that throws the URL": {
    upgrade: "  throw new Error(`postgres://app:${encodeURIComponent(secret)}@db/app`);",
    words: /postgres:\/\/app:\*\*\*@db\/app/,
  },
  "code that throws where nobody waits": {
    upgrade:
      "  setTimeout(() => { throw new Error(`login with ${secret}`); }, 5);\n  await new Promise((resolve) => setTimeout(resolve, 500));",
    words: /login with \*\*\*/,
  },
};

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

/**
 * Holds that a password is in nothing that a command prints or writes.
 * @param part of the ways and failures every so many
 */
export function describePasswordNowhere(part: number): void {
  describe("a password", function () {
    this.timeout(60_000);

    // Written so that it is in no file of the project as it is.
    const secret = `const secret = Buffer.from("${Buffer.from(password).toString("base64")}", "base64").toString();\n`;
    const spellings = [
      password,
      encodeURIComponent(password),
      new URL(`x://:${encodeURIComponent(password)}@h`).password,
    ];

    Object.entries(ways).forEach(([way, given], index) => {
      Object.entries(failures).forEach(([kind, { change, upgrade, words }], place) => {
        if ((index + place) % part !== 0) {
          return;
        }
        const json = place % 2 === 0 ? ["--json"] : [];
        it(`given by ${way} is in no output and no file after ${kind}${json.length > 0 ? ", with --json" : ""}`, async () => {
          const server = await sharedPostgres();
          const database = await server.createDatabase();
          const url = new URL(database);
          url.password = encodeURIComponent(password);
          change?.(url);
          const own = given.file?.(url);
          const project = createProjectFolder({
            "package.json": "{}",
            "alembic.config.mjs": `export default { scriptLocation: "m"${given.config?.(url.href) ?? ""} };\n`,
            "m/versions/a1_x.ts": revisionText({ id: "a1", extra: secret, upgrade: upgrade ?? "" }),
            ...(own === undefined ? {} : { [own[0]]: own[1] }),
          });
          const written = new Set([own?.[0] ?? "", given.config === undefined ? "" : "alembic.config.mjs"]);
          try {
            const { exitCode, stdout, stderr } = await project.run(
              [...(given.args?.(url.href) ?? []), "upgrade", "head", ...json],
              { env: given.env?.(url) ?? {} },
            );
            assert.equal(exitCode, 255, stdout + stderr);
            assert.match(stdout + stderr, words);
            const texts = filesBelow(project.path)
              .filter((path) => !written.has(path.slice(project.path.length + 1)))
              .map((path) => readFileSync(path, "latin1"));
            for (const text of [stdout, stderr, ...texts]) {
              for (const spelling of spellings) {
                assert.ok(!text.includes(spelling), text);
              }
            }
          } finally {
            project.remove();
            await server.dropDatabase(database);
          }
        });
      });
    });
  });
}
