import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Inspection } from "../../../src/extension/testing/inspection";
import { eventually, openFile, startExtension, workspaceFile } from "../editor";

const runTime = 120_000;
const versions = "database/migrations/versions";
const dataTests = "20250101_0002-b2_create_posts.test.ts";
const keepsUsers = `dataTest ${dataTests} keepsUsers`;
const seesPosts = `dataTest ${dataTests} seesPosts`;

type State = "enqueued" | "started" | "passed" | "failed" | "errored" | "skipped";

/** What a run told the Test Explorer. */
interface RecordedRun {
  readonly states: ReadonlyMap<string, State>;
  readonly messages: ReadonlyMap<string, vscode.TestMessage>;
  readonly output: string;
  readonly isOver: boolean;
}

describe("the Test Explorer", () => {
  let inspection: Inspection;
  let controller: vscode.TestController;

  before(async () => {
    inspection = await startExtension();
    controller = inspection.tests;
    await eventually(() => assert.equal(inspection.treeRows().length, 4));
  });

  /** Listens to the next run of the controller, which goes on as it would. */
  function recordNextRun(): RecordedRun {
    const states = new Map<string, State>();
    const messages = new Map<string, vscode.TestMessage>();
    const record = { states, messages, output: "", isOver: false };
    const original = controller.createTestRun.bind(controller);
    controller.createTestRun = (...parameters) => {
      const run = original(...parameters);
      controller.createTestRun = original;
      const listened = (state: State) => {
        const report = run[state].bind(run) as (item: vscode.TestItem, ...rest: unknown[]) => void;
        return (item: vscode.TestItem, ...rest: unknown[]): void => {
          states.set(item.id, state);
          if (rest[0] instanceof vscode.TestMessage) {
            messages.set(item.id, rest[0]);
          }
          report(item, ...rest);
        };
      };
      return {
        name: run.name,
        token: run.token,
        isPersisted: run.isPersisted,
        onDidDispose: run.onDidDispose,
        addCoverage: (coverage) => run.addCoverage(coverage),
        enqueued: listened("enqueued"),
        started: listened("started"),
        passed: listened("passed"),
        failed: listened("failed"),
        errored: listened("errored"),
        skipped: listened("skipped"),
        appendOutput(text, location, item) {
          record.output += text;
          run.appendOutput(text, location, item);
        },
        end() {
          record.isOver = true;
          run.end();
        },
      };
    };
    return record;
  }

  async function runAll(): Promise<RecordedRun> {
    const record = recordNextRun();
    await vscode.commands.executeCommand("testing.runAll");
    await eventually(() => assert.ok(record.isOver), runTime);
    return record;
  }

  const markedLine = async (location: vscode.Location | undefined): Promise<string> => {
    assert.ok(location);
    const document = await vscode.workspace.openTextDocument(location.uri);
    return document.lineAt(location.range.start.line).text.trim();
  };

  it("lists the projects, and their tests when one is opened", async () => {
    await vscode.commands.executeCommand("workbench.view.testing.focus");
    const [project] = await eventually(() => {
      const projects = [...controller.items].map(([, item]) => item);
      assert.equal(projects.length, 1);
      return projects;
    });
    assert.ok(project?.canResolveChildren);
    await controller.resolveHandler?.(project);
    const tests = [...project.children].map(([, item]) => [item.sortText, item.label, item.description]);
    assert.deepEqual(
      tests.sort().map(([, label, description]) => [label, description]),
      [
        ["There is a single head", undefined],
        ["Autogenerate finds no differences", undefined],
        ["All revisions run in one go", undefined],
        ["create tags (c3)", undefined],
        ["create logs (d4)", undefined],
        ["create posts (b2)", undefined],
        ["create users (a1)", undefined],
      ],
    );
  });

  describe("run by hand", () => {
    let record: RecordedRun;
    before(async () => {
      record = await runAll();
    });

    it("tells which revisions survive the way up, down and up", () => {
      const ends = Object.fromEntries(record.states);
      assert.deepEqual(ends, {
        singleHead: "failed",
        emptyAutogenerate: "errored",
        wholeRun: "passed",
        "roundTrip a1": "passed",
        "roundTrip b2": "failed",
        "roundTrip c3": "failed",
        "roundTrip d4": "skipped",
        [keepsUsers]: "passed",
        [seesPosts]: "failed",
      });
    });

    it("shows the assertion of a test with data that failed, and what it compared", async () => {
      const message = record.messages.get(seesPosts);
      assert.match(await markedLine(message?.location), /^assert\.deepEqual\(.*FROM posts/);
      assert.deepEqual([message?.expectedOutput, message?.actualOutput], ["[ { id: 8 } ]", "[ { id: 7 } ]"]);
    });

    it("shows the difference that a downgrade left, at that function", async () => {
      const message = record.messages.get("roundTrip b2");
      assert.doesNotMatch(message?.expectedOutput ?? "", /ix_users_id/);
      assert.match(message?.actualOutput ?? "", /CREATE INDEX "?ix_users_id"?/);
      assert.match(await markedLine(message?.location), /^export async function downgrade/);
    });

    it("shows the line that failed", async () => {
      const message = record.messages.get("roundTrip c3");
      assert.match(await markedLine(message?.location), /^await op\.dropTable\("tag"\)/);
      assert.equal(message?.expectedOutput, undefined);
    });

    it("prints as a terminal wants it, and why a revision has no way back", () => {
      assert.match(record.output, /d4 can't be reverted: logs are kept\r\n/);
      assert.doesNotMatch(record.output, /[^\r]\n/);
    });

    it("asked no database", () => {
      assert.deepEqual(inspection.databaseStates(), [{ kind: "unknown" }]);
    });
  });

  it("runs the tests of the file in the active editor", async () => {
    const file = "database/migrations/versions/20250101_0001-a1_create_users.ts";
    await openFile(file);
    const record = recordNextRun();
    await vscode.commands.executeCommand("testing.runCurrentFile");
    await eventually(() => assert.ok(record.isOver), runTime);
    assert.deepEqual([...record.states], [["roundTrip a1", "passed"]]);
  });

  it("runs one test with data, from its place in the editor", async () => {
    const editor = await openFile(`${versions}/${dataTests}`);
    const name = editor.document.positionAt(editor.document.getText().indexOf("keepsUsers"));
    editor.selection = new vscode.Selection(name, name);
    const record = recordNextRun();
    await vscode.commands.executeCommand("testing.runAtCursor");
    await eventually(() => assert.ok(record.isOver), runTime);
    assert.deepEqual([...record.states], [[keepsUsers, "passed"]]);
  });

  it("lists the tests with data below their revision, as their files come and go", async () => {
    const [project] = [...controller.items].map(([, item]) => item);
    const revision = project?.children.get("roundTrip c3");
    assert.ok(revision);
    assert.equal(revision.canResolveChildren, false);
    const file = workspaceFile(`${versions}/20250101_0003-c3_create_tags.test.ts`);
    const write = (text: string): Thenable<void> =>
      vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    const listed = (): readonly string[] => [...revision.children].map(([, item]) => item.label);

    await write("export function first(): void {}\n");
    await eventually(() => assert.ok(revision.canResolveChildren));
    assert.deepEqual(listed(), []);
    await controller.resolveHandler?.(revision);
    assert.deepEqual(listed(), ["first"]);

    await write(
      "export const table = 'tags';\n\nexport function first(): void {}\nexport async function second() {}\n",
    );
    await eventually(() => assert.deepEqual(listed(), ["first", "second"]));
    const lines = [...revision.children].map(([, { range }]) => range?.start.line);
    assert.deepEqual(lines, [2, 3]);

    await vscode.workspace.fs.delete(file);
    await eventually(() => assert.deepEqual([listed(), revision.canResolveChildren], [[], false]));
  });

  describe("a new file of tests that can't be read", () => {
    const name = "20250101_0004-d4_create_logs.test.ts";
    const file = workspaceFile(`${versions}/${name}`);
    before(() =>
      vscode.workspace.fs.writeFile(file, new TextEncoder().encode("\nexport function broken( {\n")),
    );
    after(async () => {
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
      await vscode.workspace.fs.delete(file);
    });

    it("is a row of its own, which fails in that file", async () => {
      await openFile(`${versions}/${name}`);
      const record = recordNextRun();
      // The editor's own process learns of a new row a moment later, and until then finds nothing to run.
      await eventually(async () => {
        await vscode.commands.executeCommand("testing.runCurrentFile");
        assert.ok(record.states.size > 0);
      }, runTime);
      await eventually(() => assert.ok(record.isOver), runTime);
      assert.deepEqual([...record.states], [[`dataTests ${name}`, "failed"]]);
      assert.equal(record.messages.get(`dataTests ${name}`)?.location?.uri.path, file.path);
    });
  });

  it("stops when it is cancelled", async () => {
    const record = recordNextRun();
    const running = vscode.commands.executeCommand("testing.runAll");
    await eventually(() => assert.ok([...record.states.values()].includes("started")), runTime);
    await vscode.commands.executeCommand("testing.cancelRun");
    await running;
    await eventually(() => assert.ok(record.isOver), runTime);
    const open = [...record.states].filter(([, state]) => state === "started" || state === "enqueued");
    assert.deepEqual(open, []);
  });
});
