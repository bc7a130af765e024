import { ResourceTemplate, type McpServer } from "@modelcontextprotocol/server";
import { pageOfText } from "../../agentTools/pages";
import { agentInstructions } from "../../commands/agentInstructions";
import { runCommand } from "../../commands/commands";
import { rules, textRules } from "../../lint/rules/ruleTable";
import { readRegularFile } from "../../machine/regularFile";
import { openProject, readProject, type AgentSurroundings } from "./agentProject";

/** Adds the files of revisions, their SQL, and the rules of lint. */
export function addResources(server: McpServer, project: AgentSurroundings): void {
  const idOf = (value: string | string[] | undefined): string => [value ?? []].flat().join("");
  server.registerResource(
    "revision",
    new ResourceTemplate("alembic://revision/{id}", { list: undefined }),
    { description: "The file of a revision", mimeType: "text/x-typescript" },
    async (uri, { id }) => {
      const context = await readProject(project, new AbortController().signal);
      const { revisions } = await runCommand("show", context, { revision: idOf(id) });
      const text = revisions.map(({ path }) => readRegularFile(path, 10_000_000)).join("\n");
      return { contents: [{ uri: uri.href, mimeType: "text/x-typescript", text: pageOfText(text).text }] };
    },
  );
  server.registerResource(
    "sql",
    new ResourceTemplate("alembic://sql/{id}", { list: undefined }),
    { description: "The SQL of a revision's upgrade", mimeType: "application/sql" },
    async (uri, { id }) => {
      const context = await openProject(project, undefined, new AbortController().signal);
      const { revisions } = await runCommand("show", context, { revision: idOf(id) });
      const texts: string[] = [];
      for (const { revision, downRevisions } of revisions) {
        const from = downRevisions.join(",") || "base";
        const script = await runCommand("upgrade", context, { target: `${from}:${revision}`, sql: true });
        texts.push(script.kind === "sql" ? script.text : "");
      }
      return {
        contents: [{ uri: uri.href, mimeType: "application/sql", text: pageOfText(texts.join("\n")).text }],
      };
    },
  );
  const rulesType = { mimeType: "text/markdown" };
  server.registerResource(
    "rules",
    "alembic://rules",
    { description: "What an agent must know, and the rules of lint", ...rulesType },
    (uri) => ({ contents: [{ uri: uri.href, text: rulesText(), ...rulesType }] }),
  );
}

/** Bounded as every answer is: of each rule its name and what is safe, in one line. */
function rulesText(): string {
  const lines = [...rules, ...textRules].map(
    ({ code, level, title }) => `- \`${code}\` (${level}): ${title}`,
  );
  return `${agentInstructions}\n\n## Rules of lint\n\n${lines.join("\n")}\n`;
}
