import assert from "node:assert/strict";
import { loadGrammar } from "../../../src/lint/grammar";
import { parseNewer } from "../../../src/lint/newerSyntax";
import { knownLocks } from "../../../src/measure/knownLocks";

describe("the locks of statements that run outside of a transaction", () => {
  const gentle = { relation: "users", lock: "SHARE UPDATE EXCLUSIVE", isRead: false };
  const rewriting = { relation: "users", lock: "ACCESS EXCLUSIVE", isRead: true };
  const cases: readonly (readonly [string, unknown])[] = [
    ["VACUUM users", [gentle]],
    ["VACUUM FULL users", [rewriting]],
    ["REPACK (CONCURRENTLY) users", [gentle]],
    ["REPACK (CONCURRENTLY, ANALYZE) users USING INDEX ix", [gentle]],
    ["REPACK (ANALYZE) users", [rewriting]],
    ["REPACK (ANALYZE, CONCURRENTLY false) users (name)", [rewriting]],
    ["REPACK", undefined],
    ["CLUSTER", undefined],
    ["REINDEX TABLE CONCURRENTLY users", [{ ...gentle, isRead: true }]],
    ["ALTER TABLE users DETACH PARTITION old CONCURRENTLY", [gentle, { ...gentle, relation: "old" }]],
  ];
  for (const [sql, expected] of cases) {
    it(`are those of the manual: ${sql}`, async () => {
      const parsed = parseNewer(await loadGrammar(), sql);
      assert.ok(parsed.kind === "parsed");
      assert.deepEqual(
        parsed.statements.map(({ node }) => knownLocks(node)),
        [expected],
      );
    });
  }
});
