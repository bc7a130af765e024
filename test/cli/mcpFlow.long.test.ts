import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { connect, type Session } from "../support/mcpSession";
import { copyExample, type ProjectFolder } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";

const page = join(__dirname, "..", "..", "docs", "agents.md");
const [begin, end] = ["<!-- transcript:begin -->", "<!-- transcript:end -->"];
const profile = "src/entities/UserProfile.ts";
const nameOfRevision = "4f1a9c2e7b30";

describe("the flow of an agent over MCP", function () {
  this.timeout(120_000);
  this.slow(20_000);
  let project: ProjectFolder;
  let session: Session;
  let database: string;
  const calls: string[] = [];
  let generated = "";

  before(async () => {
    project = copyExample();
    project.linkModules();
    const url = new URL(await (await sharedPostgres()).createDatabase());
    database = `${url.pathname.slice(1)} on ${url.host}`;
    session = await connect(project, { DATABASE_URL: url.href });
    const { id } = (await session.call("plan")).data;
    assert.equal((await session.call("upgrade", { plan_id: id })).isError, false);
  });
  after(async () => {
    await session.client.close();
    project.remove();
  });

  /** What differs from run to run, as it may stand on the page. */
  function asOnThePage(text: string): string {
    return text
      .replaceAll(project.path, "/home/ann/shop")
      .replaceAll(database, "shop on localhost:5432")
      .replaceAll(generated === "" ? nameOfRevision : generated, nameOfRevision)
      .replace(/[0-9a-f]{32}-[0-9a-f]{20}/g, "5b0d2f6f3c1f4e0c9a7d8e6b1a2c3d4e-0a1b2c3d4e5f60718293")
      .replace(/\d{8}_\d{4}(?=-4f1a)/g, "20260301_0930")
      .replace(/Create Date: [^\\\n]+/g, "Create Date: 2026-03-01 09:30:00.000000");
  }

  async function call(
    name: string,
    args: Readonly<Record<string, unknown>> = {},
  ): Promise<Readonly<Record<string, unknown>>> {
    const answer = await session.call(name, args);
    assert.equal(answer.isError, false, answer.text);
    if (name === "autogenerate") {
      generated = String(answer.data["revision"]);
    }
    calls.push(
      asOnThePage(`${name} ${JSON.stringify(args)}\n\n${JSON.stringify(answer.data, undefined, 2)}`),
    );
    return answer.data;
  }

  it("changes an entity, and brings the change to the database by the tools alone", async () => {
    const text = readFileSync(join(project.path, profile), "utf8");
    const column = '  @Column("text", { nullable: true })\n  bio!: string | null;\n';
    project.write({ [profile]: text.replace(column, `${column}\n${column.replace("bio", "website")}`) });
    await call("status");
    const written = await call("autogenerate", { message: "add website to profiles" });
    assert.deepEqual(written["operations"], ["add column user_profiles.website"]);
    assert.deepEqual((await call("lint", { range: generated }))["entries"], []);
    const verified = await call("verify", { revisions: [generated] });
    assert.deepEqual(verified["entries"], [{ revision: generated, kind: "passed" }]);
    const { data } = await session.call("show", { revision: generated });
    const [{ down_revision: parents }] = data["entries"] as readonly [{ down_revision: readonly string[] }];
    const sql = await call("preview_sql", { range: `${parents.join(",")}:${generated}` });
    assert.match(String(sql["text"]), /ALTER TABLE user_profiles ADD COLUMN website text/);
    const { id } = await call("plan", { target: generated });
    assert.deepEqual((await call("upgrade", { plan_id: id }))["heads"], [generated]);
    assert.deepEqual(((await session.call("status")).data["pending"] as { total: number }).total, 0);
  });

  it("is what docs/agents.md shows", async () => {
    const options = await resolveConfig(page);
    const text = readFileSync(page, "utf8");
    const blocks: string[] = [];
    for (const each of calls) {
      const [head = "", result = ""] = each.split("\n\n");
      const json = await format(result, { ...options, parser: "json" });
      blocks.push(`\`${head}\`\n\n\`\`\`json\n${json}\`\`\`\n`);
    }
    const expected = `${begin}\n\n${blocks.join("\n")}\n${end}`;
    const from = text.indexOf(begin);
    const to = text.indexOf(end) + end.length;
    if (process.env["UPDATE_GOLDEN"] === "1") {
      writeFileSync(page, text.slice(0, from) + expected + text.slice(to));
    } else {
      assert.equal(text.slice(from, to), expected);
    }
  });
});
