import assert from "node:assert/strict";
import * as vscode from "vscode";
import { execute, losingFiles, next, toolAttempts } from "../../cli/carelessAttempts";
import { queryRows } from "../../support/queryRows";
import { startCareless, plainText, type CarelessProject } from "../carelessProject";
import { startExtension } from "../editor";

const stage = process.env["SUITE_DATABASE_URL"] ?? "";

describe("an agent in the editor", () => {
  let project: CarelessProject;
  let untouched: readonly unknown[];
  before(async () => {
    project = await startCareless(stage);
    untouched = await project.state();
  });
  after(() => project.remove());

  const harmless = next(execute("ALTER TABLE t ADD more text"));

  async function select(environment: string): Promise<void> {
    const { showQuickPick } = vscode.window;
    Object.assign(vscode.window, {
      showQuickPick: (items: readonly vscode.QuickPickItem[]) =>
        Promise.resolve(items.find(({ label }) => label.includes(environment))),
    });
    await vscode.commands.executeCommand("alembic.selectEnvironment");
    Object.assign(vscode.window, { showQuickPick });
  }

  it("upgrades by the plan that the user is shown, once", async () => {
    project.start(harmless);
    const id = await project.planId();
    const { token } = new vscode.CancellationTokenSource();
    const tool = (await startExtension()).tools.get("alembic_upgrade");
    const asked = await tool?.prepareInvocation?.({ input: { plan_id: id } }, token);
    const database = `${new URL(stage).pathname.slice(1)} on ${new URL(stage).host}`;
    assert.equal(asked?.confirmationMessages?.title, "Upgrade Database");
    assert.equal(
      plainText(asked.confirmationMessages.message).replaceAll(/\s+/g, " ").trim(),
      `Runs this plan on the database. Database: ${database} Plan ID: ${id} b2 -> c3, add c3 \`\`\`sql BEGIN; ALTER TABLE t ADD more text; UPDATE alembic_version SET version_num = 'c3' WHERE version_num = 'b2'; COMMIT; \`\`\``,
    );
    const { data, refusal } = await project.call("upgrade", { plan_id: id });
    assert.deepEqual(data["heads"], ["c3"], refusal);
    const again = await project.call("upgrade", { plan_id: id });
    assert.match(again.refusal ?? "", /returned no such ID in this session[^]*Call plan/);
    await queryRows(stage, "ALTER TABLE t DROP more; UPDATE alembic_version SET version_num = 'b2'");
    assert.deepEqual(await project.state(), untouched);
  });

  it("runs nothing if a file was edited after the plan", async () => {
    project.start(harmless);
    const id = await project.planId();
    project.write(next(execute("DROP TABLE t")));
    const { refusal } = await project.call("upgrade", { plan_id: id });
    assert.match(refusal ?? "", /A revision file has changed since/);
    assert.deepEqual(await project.state(), untouched);
  });

  it("gets no ID for production, whether it names it or the user selected it", async () => {
    project.start(harmless);
    const id = await project.planId();
    const named = await project.call("plan", { environment: "live" });
    assert.equal(named.data["id"], null, named.refusal);
    await select("live");
    try {
      const selected = await project.call("plan");
      assert.equal(selected.data["id"], null, selected.refusal);
      assert.match(String(selected.data["withheld"]), /production environment live[^]*Ask a person/);
      const { refusal } = await project.call("upgrade", { plan_id: id });
      assert.match(refusal ?? "", /live is a production environment[^]*Ask a person/);
    } finally {
      await select("stage");
    }
    assert.deepEqual(await project.state(), untouched);
  });

  // All of them, and the files that lose data, are in `long/editor/careless`.
  it("is refused what its tools do not take", async () => {
    project.start(next(""));
    for (const [name, tool, input, says] of toolAttempts.filter((_attempt, index) => index % 3 === 0)) {
      const { refusal } = await project.call(tool, input);
      assert.match(refusal ?? "", says, name);
    }
    assert.deepEqual(await project.state(), untouched);
  });

  it("gets no ID of a plan that may lose data", async () => {
    for (const { name, files, lint } of losingFiles.filter((_attempt, index) => index % 9 === 0)) {
      project.start(files, lint);
      const { data } = await project.call("plan");
      assert.equal(data["id"], null, name);
      assert.match(String(data["withheld"]), /may lose data[^]*Ask a person/);
    }
    assert.deepEqual(await project.state(), untouched);
  });
});
