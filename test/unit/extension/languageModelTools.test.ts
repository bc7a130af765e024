import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { agentTools } from "../../../src/agentTools/toolTable";

const file = join(__dirname, "../../../package.json");

interface Manifest {
  readonly contributes: Record<string, unknown>;
}

/** The tools as the manifest must have them: those of the MCP server, with its descriptions and schemas. */
const expected = agentTools.map(({ name, kind, description, input }) => {
  const { $schema: _dialect, ...inputSchema } = z.toJSONSchema(input.strict(), { io: "input" });
  return {
    name: `alembic_${name}`,
    tags: ["alembic", "database", "migrations"],
    toolReferenceName: `alembic-${name.replaceAll("_", "-")}`,
    canBeReferencedInPrompt: true,
    displayName: `%tool.alembic_${name}.title%`,
    modelDescription: description,
    userDescription: `%tool.alembic_${name}.description%`,
    icon: kind === "reads-files" || kind === "writes-files" ? "$(file-code)" : "$(database)",
    when: "isWorkspaceTrusted && alembic.hasProject",
    inputSchema,
  };
});

describe("the tools for language models in the manifest", () => {
  const read = (): Manifest => JSON.parse(readFileSync(file, "utf8")) as Manifest;

  it("are those of the MCP server, with the same descriptions and schemas", () => {
    if (process.env["UPDATE_GOLDEN"] === "1") {
      const manifest = read();
      manifest.contributes["languageModelTools"] = expected;
      writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
    }
    assert.deepEqual(read().contributes["languageModelTools"], expected);
  });

  it("are none that downgrades, stamps or purges", () => {
    assert.deepEqual(
      agentTools.filter(({ kind }) => kind === "changes-database").map(({ name }) => name),
      ["upgrade"],
    );
  });
});
