import assert from "node:assert/strict";
import { callAtRandom, callEveryTool, connect } from "../support/mcpSession";
import { copyExample, type ProjectFolder } from "../support/projectFolder";
import { versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

describe("the MCP server, for long", function () {
  this.timeout(900_000);
  let project: ProjectFolder;
  beforeEach(() => {
    project = copyExample();
    project.linkModules();
  });
  afterEach(() => project.remove());

  it("answers with every tool on the embedded database", async () => {
    const session = await connect(project);
    await callEveryTool(session);
    await session.client.close();
  });

  it("changes no database in 1,000 malformed, cancelled and concurrent calls", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const session = await connect(project, { DATABASE_URL: url });
    await callAtRandom(session, 1_000);
    assert.equal((await session.call("heads")).isError, false);
    assert.equal(await versionRows(url), undefined);
    await session.client.close();
  });
});
