import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { commandLineFile, plainEnvironment } from "./commandLine";
import type { ProjectFolder } from "./projectFolder";

export interface Session {
  readonly client: Client;
  readonly call: (name: string, args?: Record<string, unknown>) => Promise<Answer>;
}

export interface Answer {
  readonly isError: boolean;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Starts the server in a project, and connects the official client, which validates every answer by its schema. */
export async function connect(
  project: ProjectFolder,
  env: Readonly<Record<string, string>> = {},
): Promise<Session> {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [commandLineFile(), "mcp"],
      cwd: project.path,
      env: { ...plainEnvironment(), ...env },
      stderr: "ignore",
    }),
  );
  await client.listTools();
  return {
    client,
    async call(name, args = {}) {
      const result = await client.callTool({ name, arguments: args }, { timeout: 120_000 });
      const [first] = result.content;
      return {
        isError: result.isError === true,
        text: first?.type === "text" ? first.text : "",
        data: (result.structuredContent ?? {}) as Answer["data"],
      };
    },
  };
}

/** Every tool, in the order in which they are listed. */
export const toolNames = [
  ..."heads history show problems environments status preview_sql plan lint explain_locks verify check".split(
    " ",
  ),
  ..."create_revision autogenerate merge rebase upgrade".split(" "),
];

/** Calls every tool on the example, up to an upgrade of its database and new revisions. */
export async function callEveryTool({ client, call }: Session): Promise<void> {
  const called: string[] = [];
  const ok = async (name: string, args?: Record<string, unknown>): Promise<Answer["data"]> => {
    called.push(name);
    const answer = await call(name, args);
    assert.equal(answer.isError, false, `${name}: ${answer.text}`);
    return answer.data;
  };
  const heads = (await ok("heads")) as { readonly entries: readonly { readonly revision: string }[] };
  const [head] = heads.entries;
  assert.equal(((await ok("history")) as { readonly total: number }).total, 7);
  await ok("show", { revision: "head" });
  assert.deepEqual((await ok("problems"))["entries"], []);
  await ok("environments");
  assert.equal(((await ok("status"))["pending"] as { readonly total: number }).total, 7);
  assert.match(String((await ok("preview_sql", { range: "base:head" }))["text"]), /CREATE TABLE/);
  await ok("lint");
  await ok("explain_locks", { range: head?.revision });
  await ok("verify");
  await ok("check");
  const plan = await ok("plan");
  assert.deepEqual([plan["losses"], typeof plan["id"]], [[], "string"]);
  const ran = await ok("upgrade", { plan_id: plan["id"] });
  assert.deepEqual(ran["heads"], [head?.revision]);
  assert.equal((await ok("create_revision", { message: "empty" }))["is_written"], true);
  await ok("autogenerate", { message: "differences" });
  await ok("rebase", { dry_run: true });
  await ok("merge");
  assert.deepEqual([...new Set(called)].sort(), [...toolNames].sort());
  const resource = await client.readResource({ uri: `alembic://revision/${head?.revision ?? ""}` });
  assert.match(JSON.stringify(resource), /export const revision/);
  const rules = await client.readResource({ uri: "alembic://rules" });
  assert.match(JSON.stringify(rules), /Never run `downgrade`[^]*`drop-table` \(error\)/);
  const sql = await client.readResource({ uri: `alembic://sql/${head?.revision ?? ""}` });
  assert.match(JSON.stringify(sql), /alembic_version/);
}

/** So many at once that they overlap; a pipe that is full has one listener for each call that waits for it. */
const callsAtOnce = 8;

/** Calls tools with arguments that are none, several at once, and cancels some. */
export async function callAtRandom({ client }: Session, count: number): Promise<void> {
  const odd: readonly unknown[] = [
    null,
    -1,
    1e99,
    "",
    "x".repeat(100_000),
    [],
    {},
    true,
    "__proto__",
    "';--",
  ];
  const keys = ["revision", "range", "target", "offset", "plan_id", "message", "environment", "constructor"];
  const call = (index: number): Promise<string> => {
    const name = toolNames[(index * 7) % toolNames.length] ?? "heads";
    const args = { [keys[index % keys.length] ?? ""]: odd[(index * 3) % odd.length] };
    const controller = new AbortController();
    const isHeavy = ["verify", "check", "explain_locks", "autogenerate", "create_revision"].includes(name);
    const called = client
      .callTool(
        { name: isHeavy ? "show" : name, arguments: args },
        { signal: controller.signal, timeout: 120_000 },
      )
      .then(
        () => "answered",
        () => "refused",
      );
    if (index % 5 === 0) {
      controller.abort();
    }
    return called;
  };
  for (let first = 0; first < count; first += callsAtOnce) {
    const some = Array.from({ length: Math.min(callsAtOnce, count - first) }, (_each, at) =>
      call(first + at),
    );
    await Promise.all(some);
  }
}
