import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { errorOutput } from "../../src/outputs/errorOutput";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";

const page = readFileSync(join(__dirname, "..", "..", "docs", "json.md"), "utf8");

/** Each command line of the page with the JSON below it. */
const examples = [...page.matchAll(/^### `alembic-ts ([^`\n]+)`\n[^#]*?```json\n(.*?)^```/gms)].map(
  ([, line = "", json = ""]) => ({ args: line.split(" "), json }),
);

describe("the JSON that docs/json.md shows", function () {
  this.timeout(60_000);
  let project: ProjectFolder;
  let url: string;

  before(async () => {
    url = await (await sharedPostgres()).createDatabase();
    const file = (name: string): string => `migrations/versions/${name}.ts`;
    project = createProjectFolder({
      "alembic.config.ts": `import { defineConfig } from "alembic-ts";

export default defineConfig({ scriptLocation: "migrations" });
`,
      [file("4f1a_users")]: revisionText({ id: "4f1a", message: "users" }),
      [file("9c2e_invoices")]: revisionText({
        id: "9c2e",
        down: "4f1a",
        labels: ["billing"],
        message: "invoices",
      }),
      [file("b7d0_search")]: revisionText({
        id: "b7d0",
        down: "4f1a",
        dependsOn: "9c2e",
        message: "search",
      }),
      [file("e5aa_merge")]: revisionText({ id: "e5aa", down: ["9c2e", "b7d0"], message: "merge" }),
    });
    const result = await project.run(["upgrade", "b7d0"], { env: { DATABASE_URL: url } });
    assert.equal(result.exitCode, 0, result.stderr);
  });
  after(() => project.remove());

  function asOnThePage(stdout: string): unknown {
    const address = new URL(url);
    const text = stdout
      .replaceAll("<project>", "/home/ann/shop")
      .replace(/"milliseconds": [\d.]+/g, '"milliseconds": 84.2')
      .replace(/"id": "[0-9a-f]{32}-[0-9a-f]{20}"/, '"id": "<plan>"')
      .replaceAll(`${address.pathname.slice(1)} on ${address.host}`, "shop_dev on localhost:5432");
    return JSON.parse(text);
  }

  it("has an example for every command that has --json", () => {
    assert.deepEqual(
      examples.map(({ args }) => args[0]),
      [
        "heads",
        "branches",
        "show",
        "history",
        "current",
        "status",
        "upgrade",
        "upgrade",
        "downgrade",
        "upgrade",
        "test",
        "lint",
      ],
    );
  });

  for (const { args, json } of examples) {
    it(`alembic-ts ${args.join(" ")}`, async () => {
      const result = await project.run(args, { env: { DATABASE_URL: url } });
      assert.equal(result.exitCode, 0, result.stdout + result.stderr);
      assert.equal(result.stdout.endsWith("\n"), true);
      assert.deepEqual(asOnThePage(result.stdout), asOnThePage(json));
    });
  }

  it("has the failure of a command on stdout, and on stderr for people", async () => {
    const result = await project.run(["show", "nosuch", "--json"], { env: { DATABASE_URL: url } });
    const { error } = errorOutput.parse(JSON.parse(result.stdout));
    assert.deepEqual([result.exitCode, error.code], [255, "unknown-revision"]);
    assert.match(result.stderr, /^FAILED: Can't locate revision identified by 'nosuch'$/m);
  });
});
