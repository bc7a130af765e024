import assert from "node:assert/strict";
import * as vscode from "vscode";
import { agentTools } from "../../../src/agentTools/toolTable";
import { revisionPreviewScheme } from "../../../src/extension/contributions";
import type { Inspection } from "../../../src/extension/testing/inspection";
import {
  answerDialogs,
  answerPicks,
  codeOf,
  eventually,
  openFile,
  saidBy,
  startExtension,
  typeOver,
  workspaceFile,
} from "../editor";

import snippets from "../../../snippets/revision.json";

const versions = "database/migrations/versions";

describe("the extension among the editor's own features", () => {
  let inspection: Inspection;
  before(async () => {
    inspection = await startExtension();
    await eventually(() => assert.equal(inspection.treeRows().length, 3));
  });

  /** Answers what a command asks: each pick by its label, and a text for each input. */
  async function answering(label: string, text: string, action: () => Thenable<unknown>): Promise<void> {
    const { showQuickPick, showInputBox } = vscode.window;
    Object.assign(vscode.window, {
      showQuickPick: (items: readonly vscode.QuickPickItem[]) =>
        Promise.resolve(items.find((item) => item.label === label)),
      showInputBox: () => Promise.resolve(text),
    });
    try {
      await action();
    } finally {
      Object.assign(vscode.window, { showQuickPick, showInputBox });
    }
  }

  async function invokeTool(name: string, input: object): Promise<string> {
    const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
    return result.content
      .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ""))
      .join("");
  }

  it("offers tasks that run the command line", async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: "alembic" });
    assert.deepEqual(tasks.map(({ name }) => name).sort(), [
      "current",
      "downgrade -1",
      "history",
      "upgrade head",
    ]);
  });

  it("runs such a task", async () => {
    const task = (await vscode.tasks.fetchTasks({ type: "alembic" })).find(({ name }) => name === "history");
    assert.ok(task);
    const ended = new Promise<number | undefined>((resolve) => {
      const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name === "history") {
          listener.dispose();
          resolve(exitCode);
        }
      });
    });
    await vscode.tasks.executeTask(task);
    assert.equal(await ended, 0);
  });

  it("offers the tools of the MCP server to language models, by the same names", () => {
    const names = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith("alembic_"));
    assert.deepEqual(names.sort(), agentTools.map(({ name }) => `alembic_${name}`).sort());
    assert.deepEqual([...inspection.tools.keys()].sort(), names);
  });

  it("asks before each of them that does more than to read files", async () => {
    const { token } = new vscode.CancellationTokenSource();
    const asked: [string, string][] = [];
    const inputs: Readonly<Record<string, object>> = {
      alembic_show: { revision: "b2" },
      alembic_preview_sql: { range: "base:b2" },
      alembic_create_revision: { message: "add [tags](command:x)", head: "c3" },
      alembic_autogenerate: { message: "sync", renames: ["a.b:a.c"], drops: ["a.d"] },
      alembic_merge: { revisions: ["b2", "c3"] },
      alembic_rebase: { branch: "c3", onto: "b2" },
    };
    for (const [name, tool] of inspection.tools) {
      if (name !== "alembic_upgrade") {
        const prepared = await tool.prepareInvocation?.({ input: inputs[name] ?? {} }, token);
        const message = prepared?.confirmationMessages?.message;
        const text = message instanceof vscode.MarkdownString ? message.value : "";
        asked.push([name.replace("alembic_", ""), text.replaceAll("&nbsp;", " ").replaceAll(/\s+/g, " ")]);
      }
    }
    assert.deepEqual(Object.fromEntries(asked), {
      heads: "",
      history: "",
      show: "",
      problems: "",
      environments: "",
      status: "Connects to the database and reads its version table.",
      preview_sql: "Runs the code of revisions without a database, to show their SQL.",
      plan: "Connects to the database and plans an upgrade, without changing the database.",
      lint: "Loads the configuration and looks for risky statements in revisions.",
      explain_locks: "Runs revisions on a scratch database to find what they lock.",
      verify: "Runs revisions up, down and up again on a scratch database.",
      check: "Compares the entities with the schema that the revisions create on a scratch database.",
      create_revision: "Writes an empty revision file. Message: add \\[tags\\]\\(command:x\\) After: c3",
      autogenerate:
        "Compares the entities with the revisions and writes the difference as a revision file. Message: sync Renamed: a.b:a.c Drops: a.d",
      merge: "Writes a revision file that merges heads. Merges: b2, c3",
      rebase:
        "Moves a branch of revisions onto another head, in their files. The branch of c3 already follows b2.",
    });
  });

  it("reads its rows aloud: place and state in words", async () => {
    await vscode.commands.executeCommand("alembic.checkStatus");
    assert.deepEqual(
      inspection.treeRows().map(({ spoken }) => spoken),
      ["add index, head, pending", "add email, pending", "create users, base, pending"],
    );
  });

  it("registers each command of the manifest", async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const manifest = vscode.extensions.getExtension("alembic-ts.alembic-ts")?.packageJSON as {
      readonly contributes: { readonly commands: readonly { readonly command: string }[] };
    };
    const ids = manifest.contributes.commands.map(({ command }) => command);
    assert.ok(ids.length > 0);
    assert.deepEqual(
      ids.filter((id) => !registered.has(id)),
      [],
    );
  });

  it("has snippets that make operations", async () => {
    const editor = await openFile(`${versions}/20250101_0002-b2_add_email.ts`);
    const line = editor.document
      .getText()
      .split("\n")
      .findIndex((text) => text.includes("await op.createTable"));
    for (const name of Object.keys(snippets)) {
      editor.selection = new vscode.Selection(line, 0, line, 0);
      await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: "typescript", name });
      await vscode.commands.executeCommand("leaveSnippet");
      assert.match(editor.document.lineAt(line).text, /^await op\.\w+\(/, name);
    }
    const problems = (): readonly string[] =>
      vscode.languages
        .getDiagnostics(editor.document.uri)
        .filter(({ source }) => source === "alembic")
        .map(codeOf)
        .sort();
    // A mistake of the test's own, beside which a problem of the snippets would be told.
    await typeOver(editor, 'null = "a1"', 'null = "a9"');
    await eventually(() =>
      assert.deepEqual(problems(), ["comment-contradicts-down-revision", "missing-down-revision"]),
    );
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  const answerOf = async (name: string, input: object = {}): Promise<Readonly<Record<string, unknown>>> =>
    JSON.parse(await invokeTool(name, input)) as Readonly<Record<string, unknown>>;

  it("tells a language model the SQL of revisions, and which there are", async () => {
    const { text } = await answerOf("alembic_preview_sql", { range: "a1:b2" });
    assert.match(String(text), /CREATE TABLE "?table_b2"?/);
    const { entries } = await answerOf("alembic_history");
    assert.deepEqual(
      (entries as readonly { readonly revision: string }[]).map(({ revision }) => revision),
      ["c3", "b2", "a1"],
    );
    await assert.rejects(invokeTool("alembic_show", { revision: "zz" }), /'zz'/);
    await assert.rejects(invokeTool("alembic_show", { name: "b2" }), /does not fit[^]*name/);
  });

  it("reads files for a language model without a run of the configuration", async () => {
    const config = workspaceFile("alembic.config.ts");
    const before = await vscode.workspace.fs.readFile(config);
    const running = `${Buffer.from(before).toString()}\nthrow new Error("the configuration was run");\n`;
    await vscode.workspace.fs.writeFile(config, Buffer.from(running));
    try {
      for (const name of ["heads", "history", "problems", "environments"]) {
        assert.ok(Array.isArray((await answerOf(`alembic_${name}`))["entries"]), name);
      }
      await assert.rejects(invokeTool("alembic_status", {}), /the configuration was run/);
    } finally {
      await vscode.workspace.fs.writeFile(config, before);
    }
  });

  it("tells a language model where the database stands", async () => {
    const { rows, pending } = await answerOf("alembic_status");
    assert.deepEqual([rows, pending], [[], { entries: ["a1", "b2", "c3"], total: 3, next_offset: null }]);
  });

  it("writes a revision for a language model, and nothing else", async () => {
    const watcher = vscode.workspace.createFileSystemWatcher("**/*.ts", false, true, true);
    const created = new Promise<vscode.Uri>((resolve) => watcher.onDidCreate(resolve));
    const written = await answerOf("alembic_create_revision", { message: "add tags" });
    const file = vscode.Uri.file(String(written["path"]));
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(file)).toString(), written["text"]);
    await eventually(() =>
      assert.match(inspection.treeRows()[0]?.description ?? "", new RegExp(String(written["revision"]))),
    );
    // The editor takes a file that comes and goes at once for one that never was.
    assert.equal((await created).fsPath, file.fsPath);
    watcher.dispose();
    await vscode.workspace.fs.delete(file);
    await eventually(() => assert.equal(inspection.treeRows().length, 3));
  });

  it("offers the editor's agents its MCP server, which gets no database and starts", async () => {
    const { token } = new vscode.CancellationTokenSource();
    const provider = inspection.mcpServers;
    assert.ok(provider);
    const [server, ...others] = (await provider.provideMcpServerDefinitions(token)) ?? [];
    assert.ok(server);
    assert.deepEqual(others, []);
    const { label, args, env, cwd } = server;
    assert.deepEqual(
      { label, args: args.slice(1), env, cwd: cwd?.fsPath },
      {
        label: "Alembic: workspace",
        args: ["mcp", "-c", workspaceFile("alembic.config.ts").fsPath],
        env: { ELECTRON_RUN_AS_NODE: "1", NODE_OPTIONS: null },
        cwd: workspaceFile("").fsPath.replace(/[\\/]$/, ""),
      },
    );
    assert.equal(await provider.resolveMcpServerDefinition?.(server, token), server);
    await vscode.commands.executeCommand("workbench.mcp.startServer", "*", { waitForLiveTools: true });
    await eventually(async () =>
      assert.match(await invokeTool("mcp_alembic-ts_heads", {}), /"revision":"c3"/),
    );
  });

  it("tells the editor when a project comes or goes", async () => {
    const { token } = new vscode.CancellationTokenSource();
    const labels = async (): Promise<readonly string[]> =>
      ((await inspection.mcpServers?.provideMcpServerDefinitions(token)) ?? []).map(({ label }) => label);
    let changes = 0;
    const listener = inspection.mcpServers?.onDidChangeMcpServerDefinitions?.(() => (changes += 1));
    const config = workspaceFile("second/alembic.config.json");
    // The editor tells nobody of a file that was gone again before it had told of it.
    const watcher = vscode.workspace.createFileSystemWatcher("**/second/alembic.config.json");
    const isTold = new Promise<unknown>((resolve) => watcher.onDidCreate(resolve));
    await vscode.workspace.fs.writeFile(config, Buffer.from('{ "scriptLocation": "migrations" }'));
    await isTold;
    watcher.dispose();
    await eventually(async () =>
      assert.deepEqual(await labels(), ["Alembic: workspace", "Alembic: workspace/second"]),
    );
    await eventually(() => assert.ok(changes > 0));
    await vscode.workspace.fs.delete(config);
    await eventually(async () => assert.deepEqual(await labels(), ["Alembic: workspace"]));
    listener?.dispose();
  });

  it("writes instructions for coding agents, and updates its own part of them", async () => {
    const write = (): Promise<readonly string[]> =>
      saidBy(() => vscode.commands.executeCommand("alembic.writeAgentFiles"));
    const [skill, copy, instructions] = [
      ".agents/skills/alembic-ts/SKILL.md",
      ".claude/skills/alembic-ts/SKILL.md",
      "AGENTS.md",
    ] as const;
    const textOf = async (path: string): Promise<string> =>
      Buffer.from(await vscode.workspace.fs.readFile(workspaceFile(path))).toString();
    assert.deepEqual(await write(), [`Wrote ${skill}, ${copy}, ${instructions}.`]);
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, workspaceFile(instructions).path);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    const written = await textOf(instructions);
    assert.match(written, /^<!-- alembic-ts:begin -->[^]*Never run `downgrade`/);
    assert.deepEqual(await write(), ["The instructions for coding agents are up to date."]);

    const edited = `# Ours\n\n${written.replace("Never run", "Always run")}`;
    await vscode.workspace.fs.writeFile(workspaceFile(instructions), Buffer.from(edited));
    await vscode.workspace.fs.writeFile(workspaceFile(copy), Buffer.from("# A skill of somebody else\n"));
    assert.deepEqual(await write(), [
      `Not changed, because alembic-ts did not write it: ${copy}`,
      `Wrote ${instructions}.`,
    ]);
    assert.equal(await textOf(instructions), `# Ours\n\n${written}`);
    assert.equal(await textOf(copy), "# A skill of somebody else\n");

    const broken = written.replace("<!-- alembic-ts:end -->", "");
    await vscode.workspace.fs.writeFile(workspaceFile(instructions), Buffer.from(broken));
    const [refusal] = await write();
    assert.match(refusal ?? "", /AGENTS\.md does not have the markers[^]*Nothing was written/);
    assert.equal(await textOf(instructions), broken);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const path of [".agents", ".claude", instructions]) {
      await vscode.workspace.fs.delete(workspaceFile(path), { recursive: true });
    }
  });

  it("filters its tree", async () => {
    await vscode.commands.executeCommand("alembic.checkStatus");
    const filter = (label: string): Promise<void> =>
      answering(label, "", () => vscode.commands.executeCommand("alembic.filterRevisions"));
    await filter("Applied");
    assert.deepEqual(inspection.treeRows(), []);
    await filter("Pending");
    assert.equal(inspection.treeRows().length, 3);
    await filter("All");
    assert.equal(inspection.treeRows().length, 3);
  });

  it("rebases the branch of a revision that is dropped on another one, after a question", async () => {
    const c3 = `${versions}/20250101_0003-c3_add_index.ts`;
    const read = async (): Promise<string> =>
      Buffer.from(await vscode.workspace.fs.readFile(workspaceFile(c3))).toString();
    const before = await read();
    const beside = before.replaceAll('"b2"', '"a1"').replace("Revises: b2", "Revises: a1");
    await vscode.workspace.fs.writeFile(workspaceFile(c3), Buffer.from(beside));
    const headCount = (): number =>
      inspection.treeRows().filter(({ contextValue }) => contextValue.includes("head")).length;
    await eventually(() => assert.equal(headCount(), 2));
    const [onto] = inspection.selectedRows("b2");
    assert.ok(onto && "projectId" in onto);
    const asked = answerDialogs(undefined);
    await vscode.commands.executeCommand("alembic.rebaseBranch", {
      projectId: onto.projectId,
      revision: "b2",
      dragged: "c3",
    });
    asked.restore();
    assert.deepEqual(
      asked.shown.map(({ message, actions }) => [message, actions]),
      [["Rebase the branch that starts with c3 onto b2?", ["Rebase"]]],
    );
    assert.equal(await read(), beside);

    const [head] = inspection.selectedRows("c3");
    const both = inspection.selectedRows("b2", "c3");
    const answered = async (answer: string, action: () => Thenable<unknown>): Promise<readonly string[]> => {
      const dialogs = answerDialogs(answer);
      await action();
      dialogs.restore();
      return dialogs.shown.map(({ message }) => message.replace(/^Stamp .* with/, "Stamp it with"));
    };
    const current = (): readonly (string | undefined)[] =>
      inspection
        .treeRows()
        .filter(({ contextValue }) => contextValue.includes("current"))
        .map(({ revision }) => revision)
        .toSorted();
    const stamp = (...args: readonly unknown[]): Promise<readonly string[]> =>
      answered("Stamp", () => vscode.commands.executeCommand("alembic.stampRevision", ...args));
    assert.deepEqual(await stamp(head), ["Stamp it with c3, add index?"]);
    // The database would count b2 as applied.
    assert.deepEqual(await answered("Rebase", () => inspection.dropRevision("c3", "a1")), [
      "The branch of c3 already follows a1.",
    ]);
    assert.deepEqual(
      await answered("Rebase", () =>
        vscode.commands.executeCommand("alembic.rebaseBranch", {
          projectId: onto.projectId,
          revision: "b2",
          dragged: "c3",
        }),
      ),
      ["Applied revisions can't be moved: c3."],
    );
    assert.deepEqual(
      await answered("Delete", () => vscode.commands.executeCommand("alembic.deleteRevision", head)),
      ["Applied revisions can't be deleted: c3."],
    );
    assert.equal(await read(), beside);
    assert.deepEqual(await stamp(both[0], both), ["Stamp it with b2, c3?"]);
    assert.deepEqual(current(), ["b2", "c3"]);
    await answered("Stamp", () =>
      answerPicks(["base"], () => vscode.commands.executeCommand("alembic.stamp")),
    );
    assert.deepEqual(current(), []);

    const picked = answerDialogs("Rebase");
    await answerPicks(["c3"], () => vscode.commands.executeCommand("alembic.rebaseBranch", onto));
    picked.restore();
    assert.deepEqual(
      picked.shown.map(({ message, detail }) => [message, detail]),
      asked.shown.map(({ message, detail }) => [message, detail]),
    );
    await eventually(async () => assert.equal(await read(), before));
    await eventually(() => assert.equal(headCount(), 1));
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("opens the graph, the preview and the history from the menu of the status bar", async () => {
    const { showQuickPick } = vscode.window;
    let offered: readonly string[] = [];
    const choose = (label: string): Promise<void> => {
      Object.assign(vscode.window, {
        showQuickPick: (items: readonly vscode.QuickPickItem[]) => {
          offered = items.map((item) => item.label.replace(/^\$\(.*?\) /, ""));
          return Promise.resolve(items.find((item) => item.label.endsWith(label)));
        },
      });
      return Promise.resolve(vscode.commands.executeCommand("alembic.showMenu")).then(() => undefined);
    };
    const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    try {
      await choose("Show Graph");
      await eventually(() => assert.ok(tabs().some(({ label }) => label === "Revision Graph")));
      await answerPicks(["base:head"], () => choose("Preview SQL…"));
      await eventually(() =>
        assert.ok(
          tabs().some(({ label }) => label.endsWith(".sql")),
          tabs()
            .map(({ label }) => label)
            .join(),
        ),
      );
      await answerPicks(["c3"], () => choose("History"));
      assert.match(vscode.window.activeTextEditor?.document.uri.path ?? "", /c3_add_index\.ts$/);
    } finally {
      Object.assign(vscode.window, { showQuickPick });
    }
    assert.deepEqual(
      ["Show Graph", "Preview SQL…", "History"].filter((label) => !offered.includes(label)),
      [],
    );
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("saves the SQL of selected revisions, and the graph, where the user says", async () => {
    const { showSaveDialog } = vscode.window;
    const target = workspaceFile("exported.txt");
    const exporting = async (action: () => Thenable<unknown>): Promise<readonly [string, string]> => {
      let suggested = "";
      Object.assign(vscode.window, {
        showSaveDialog: ({ defaultUri }: vscode.SaveDialogOptions) => {
          suggested = defaultUri?.path.split("/").at(-1) ?? "";
          return Promise.resolve(target);
        },
      });
      try {
        await action();
      } finally {
        Object.assign(vscode.window, { showSaveDialog });
      }
      return [suggested, Buffer.from(await vscode.workspace.fs.readFile(target)).toString()];
    };
    const rows = inspection.selectedRows("c3", "b2");
    const [name, sql] = await exporting(() =>
      vscode.commands.executeCommand("alembic.exportSql", rows[0], rows),
    );
    assert.equal(name, "upgrade-a1-c3.sql");
    assert.deepEqual(
      [...sql.matchAll(/CREATE TABLE "?(\w+)/g)].map(([, table]) => table),
      ["table_b2", "table_c3"],
    );
    const [picture, svg] = await exporting(() => vscode.commands.executeCommand("alembic.exportGraph"));
    assert.equal(picture, "workspace-revisions.svg");
    assert.equal(svg.match(/<circle /g)?.length, 3);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.workspace.fs.delete(target);
  });

  it("squashes what is selected, after a look at the file", async () => {
    const selected = inspection.selectedRows("a1", "b2", "c3");
    const shown: string[] = [];
    const listener = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor?.document.uri.scheme === revisionPreviewScheme) {
        shown.push(editor.document.getText());
      }
    });
    const dialogs = answerDialogs("Write");
    try {
      await answering("", "squash all", () =>
        vscode.commands.executeCommand("alembic.squashRevisions", selected[2], selected),
      );
    } finally {
      dialogs.restore();
      listener.dispose();
    }
    assert.deepEqual(
      dialogs.shown.map(({ message, actions }) => [message, actions]),
      [["Revision c3 would replace 3 revisions. Both ways lead to the same schema.", ["Write"]]],
    );
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document !== undefined && document.uri.scheme === "file");
    assert.ok(document.getText().includes('export const replaces: string[] = ["a1", "b2", "c3"];'));
    assert.deepEqual(shown, [document.getText()]);
    await eventually(() =>
      assert.deepEqual(
        inspection.treeRows().map(({ revision }) => revision),
        ["c3"],
      ),
    );
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.workspace.fs.delete(document.uri);
    await eventually(() => assert.equal(inspection.treeRows().length, 3));
  });

  it("merges a head that is dropped on another one", async () => {
    const copy = workspaceFile(`${versions}/20250101_0004-d4_branch.ts`);
    const original = await vscode.workspace.fs.readFile(
      workspaceFile(`${versions}/20250101_0003-c3_add_index.ts`),
    );
    await vscode.workspace.fs.writeFile(
      copy,
      Buffer.from(Buffer.from(original).toString().replaceAll("c3", "d4")),
    );
    await eventually(() => assert.equal(inspection.treeRows().length, 4));
    const dialogs = answerDialogs(undefined);
    await inspection.dropRevision("a1", "c3");
    dialogs.restore();
    assert.deepEqual(
      dialogs.shown.map(({ message }) => message),
      ["The branch of a1 already follows c3."],
    );
    await answering("", "merge c3 and d4", () => inspection.dropRevision("d4", "c3"));
    await eventually(() => {
      const heads = inspection.treeRows().filter(({ contextValue }) => contextValue.includes("head"));
      assert.deepEqual(
        heads.map(({ contextValue }) => contextValue.includes("merge")),
        [true],
      );
    });
  });

  it("compares the SQL of two revisions", async () => {
    await answerPicks(["b2", "a1"], () => vscode.commands.executeCommand("alembic.compareSql"));
    const { input } = await eventually(() => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      const found = tabs.find((tab) => tab.input instanceof vscode.TabInputTextDiff);
      assert.ok(found);
      return found;
    });
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.deepEqual([input.original.path, input.modified.path], ["/b2.upgrade.sql", "/a1.upgrade.sql"]);
    const text = (await vscode.workspace.openTextDocument(input.modified)).getText();
    await eventually(() => assert.match(text, /CREATE TABLE "?table_a1"?/));
  });

  it("opens its graph page on demand", async () => {
    await openFile("database/migrations/versions/20250101_0002-b2_add_email.ts");
    await vscode.commands.executeCommand("alembic.showGraph");
    await eventually(() => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      assert.ok(
        tabs.some(
          ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes("alembic.graph"),
        ),
      );
    });
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });
});
