import assert from "node:assert/strict";
import { redactSecrets } from "../../../src/project/redact";
import { secretsOfUrl } from "../../../src/extension/shared/redact";

describe("what reaches the log", () => {
  const cases = [
    ["connect postgresql://ann:s3cret@localhost/shop", "connect postgresql://ann:***@localhost/shop"],
    ["postgresql+asyncpg://ann:p@ss@db/shop failed", "postgresql+asyncpg://ann:***@db/shop failed"],
    ["password=hush user=ann", "password=*** user=ann"],
    ["password: 'a b c', host", "password: ***, host"],
    ["no secrets: postgresql://localhost/shop", "no secrets: postgresql://localhost/shop"],
  ] as const;
  for (const [text, expected] of cases) {
    it(expected, () => {
      assert.equal(redactSecrets(text, []), expected);
    });
  }

  it("leaves known secrets out wherever they stand", () => {
    const secrets = secretsOfUrl("postgresql://ann:p%40ss@localhost/shop");
    assert.deepEqual(secrets, ["p%40ss", "p@ss"]);
    assert.equal(redactSecrets("tried p@ss and p%40ss", secrets), "tried *** and ***");
  });
});
