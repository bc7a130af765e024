import assert from "node:assert/strict";
import { lintText, revisionText } from "./lintSql";

async function codesWith(line: string): Promise<readonly string[]> {
  return (await lintText(`${line}\n${revisionText(`  await op.execute("SELECT 1");`)}`)).map(
    ({ code }) => code,
  );
}

describe("an entity that a revision imports", () => {
  for (const line of [
    `import { User } from "../src/entities/User";`,
    `import { User } from "@/users/user.entity";`,
    `import User, { type Role } from "./entity/User.js";`,
    `import "src/entities";`,
  ]) {
    it(`is marked: ${line}`, async () => {
      assert.deepEqual(await codesWith(line), ["entity-imported"]);
    });
  }

  for (const line of [
    `import type { User } from "../src/entities/User";`,
    `import { type User } from "../src/entities/User";`,
    `import { entityName } from "entities";`,
    `import { rows } from "./rows";`,
    `import { identity } from "../identity/of";`,
    `// lint-ignore entity-imported: nothing of it changes\nimport { User } from "../src/entities/User";`,
  ]) {
    it(`is not marked: ${line}`, async () => {
      assert.deepEqual(await codesWith(line), []);
    });
  }
});
