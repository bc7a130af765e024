import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sharedPostgres } from "../support/sharedPostgres";
import { changeCases } from "./generated/changeCases";
import { newObjectCases } from "./generated/newObjectCases";
import type { RevisionCase } from "./generated/revisionCase";
import { createDataSource, runSql, withDatabase } from "./support/checkSet";
import { createTestProject } from "./support/project";
import { useTypeorm } from "./support/typeorm";

const golden = join(__dirname, "../golden/autogenerate");

/** Compares with a golden file; `UPDATE_GOLDEN=1` writes it instead. */
function assertGolden(name: string, actual: string): void {
  const file = join(golden, `${name}.ts.txt`);
  if (process.env["UPDATE_GOLDEN"] === "1") {
    writeFileSync(file, actual);
  } else {
    assert.equal(actual, existsSync(file) ? readFileSync(file, "utf8") : "");
  }
}

async function generate(url: string, each: RevisionCase): Promise<string> {
  const orm = useTypeorm("1.x");
  await runSql(url, each.setup);
  const project = createTestProject({ url, config: { timezone: "UTC" } });
  const source = (entities: RevisionCase["after"]): ReturnType<typeof createDataSource> =>
    createDataSource(
      orm,
      { name: each.name, entities, ...(each.options === undefined ? {} : { options: each.options }) },
      url,
    );
  try {
    if (each.before !== undefined) {
      await project.autogenerate(source(each.before), { message: "before" });
      await project.upgrade();
      await runSql(url, each.byHand);
    }
    await project.autogenerate(source(each.after), {
      message: each.message,
      renames: each.renames ?? [],
      drops: each.drops ?? [],
    });
    const text = project.lastRevision();
    await project.upgrade();
    await project.downgrade("-1");
    await project.upgrade();
    return text;
  } finally {
    project.remove();
  }
}

describe("generated revision files", function () {
  this.timeout(60_000);
  this.slow(10_000);
  for (const each of [...newObjectCases, ...changeCases]) {
    it(each.name, async () => {
      const text = await withDatabase(await sharedPostgres(), (url) => generate(url, each));
      assertGolden(each.name, text);
    });
  }
});
