import { Writable, type Readable } from "node:stream";
import { McpServer } from "@modelcontextprotocol/server";
import { serveStdio, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { pageOfText } from "../../agentTools/pages";
import { isReadOnly, type AgentTool, type PlannedUpgrade, type ToolRun } from "../../agentTools/tool";
import { agentTools } from "../../agentTools/toolTable";
import { version } from "../../version";
import { describeFailure } from "../failure";
import { toolRun, type AgentSurroundings } from "./agentProject";
import { addResources } from "./resources";

export interface McpService {
  readonly input: Readable;
  readonly write: (text: string) => void;
  readonly signal: AbortSignal;
  readonly project: AgentSurroundings;
}

const instructions =
  "Migrations of this project, as revisions. The safe order: change an entity, status, autogenerate, lint, verify, preview_sql, plan, upgrade. Read what was generated before you plan. Never answer a question about a rename or a drop without the user. Downgrades, stamps and production are for people, in their own terminal.";

/** Serves one client until its end of the line closes, or the signal comes. One tool runs at a time: a project has one database. */
export function serveMcp({ input, write, signal, project }: McpService): Promise<void> {
  const output = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      write(chunk.toString());
      done();
    },
  });
  return new Promise((resolve) => {
    const handle = serveStdio(() => createServer(project), {
      transport: new StdioServerTransport(input, output),
      onerror: (error) => process.stderr.write(`${describeFailure(error, false).headline}\n`),
    });
    const end = (): void => void handle.close().finally(resolve);
    input.once("end", end).once("close", end);
    signal.addEventListener("abort", end, { once: true });
  });
}

function createServer(project: AgentSurroundings): McpServer {
  const server = new McpServer({ name: "alembic-ts", version }, { instructions });
  const plans = new Map<string, PlannedUpgrade>();
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  };
  for (const tool of agentTools) {
    server.registerTool(
      tool.name,
      {
        description: tool.description,
        inputSchema: tool.input.strict(),
        outputSchema: tool.output,
        annotations: {
          readOnlyHint: isReadOnly(tool.kind),
          destructiveHint: tool.kind === "changes-database",
          idempotentHint: isReadOnly(tool.kind),
          openWorldHint: false,
        },
      },
      (args, { mcpReq }) =>
        inTurn(() => answer(tool, args, toolRun(project, plans, mcpReq.signal), mcpReq.signal)),
    );
  }
  addResources(server, project);
  return server;
}

async function answer(
  tool: AgentTool,
  args: unknown,
  run: ToolRun,
  signal: AbortSignal,
): Promise<{
  content: { type: "text"; text: string }[];
  structuredContent?: Record<string, unknown>;
  isError?: true;
}> {
  try {
    signal.throwIfAborted();
    // The schema has parsed it.
    const result = await tool.run(args as never, run);
    return { content: [{ type: "text", text: JSON.stringify(result) }], structuredContent: result };
  } catch (error) {
    const { headline, details } = describeFailure(error, false);
    const text = pageOfText([headline, ...details, ...codeOf(error)].join("\n")).text;
    return { content: [{ type: "text", text }], isError: true };
  }
}

/** The name under which `docs/errors.md` describes an error. */
function codeOf(error: unknown): readonly string[] {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" && /^[a-z]+(?:-[a-z]+)*$/.test(code) ? [`  Code: ${code}`] : [];
}
