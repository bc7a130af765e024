import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { codeOf, eventually, startExtension, typeOver } from "./editor";

/** The four files of a chain a1, b2, c3, d4; the last one is written by the suite. */
type File = "a1" | "b2" | "c3" | "d4";

interface FixCase {
  readonly title: string;
  /** What is typed over, in which file. */
  readonly breaks: readonly (readonly [file: File, from: string, to: string])[];
  readonly code: string;
  /** The file whose problem is fixed. */
  readonly file: File;
  readonly fix: RegExp;
  /** The codes of the problems that are left. */
  readonly left?: readonly string[];
  readonly heads?: readonly string[];
}

const twoHeads = ["multiple-heads", "multiple-heads"];

const cases: readonly FixCase[] = [
  {
    title: "a mistyped parent: the id that was meant",
    breaks: [["c3", 'null = "b2"', 'null = "b3"']],
    code: "missing-down-revision",
    file: "c3",
    fix: /^Set the parent to b2 \(add email\)$/,
  },
  {
    title: "a missing parent: a base instead",
    breaks: [["c3", 'null = "b2"', 'null = "nowhere"']],
    code: "missing-down-revision",
    file: "c3",
    fix: /^Make this a base$/,
    left: twoHeads,
    heads: ["b2", "d4"],
  },
  {
    title: "a duplicate: a new id in its file",
    breaks: [
      ["c3", 'revision = "c3"', 'revision = "b2"'],
      ["c3", 'null = "b2"', 'null = "a1"'],
      ["d4", 'null = "c3"', 'null = "b2"'],
    ],
    code: "duplicate-revision",
    file: "c3",
    fix: /^Give this file the new ID [0-9a-f]{12}$/,
    // The comments still say what was typed over.
    left: ["comment-contradicts-down-revision", "comment-contradicts-down-revision", ...twoHeads],
  },
  {
    title: "a duplicate: a new id, everywhere",
    breaks: [
      ["c3", 'revision = "c3"', 'revision = "b2"'],
      ["c3", 'null = "b2"', 'null = "a1"'],
      ["d4", 'null = "c3"', 'null = "b2"'],
      ["d4", "Revises: c3", "Revises: b2"],
    ],
    code: "duplicate-revision",
    file: "c3",
    fix: /^Give this file the new ID [0-9a-f]{12}, and update/,
    left: ["comment-contradicts-down-revision", ...twoHeads],
    heads: ["b2", "d4"],
  },
  {
    title: "a cycle: cut here",
    breaks: [["a1", "string | string[] | null = null", 'string | string[] | null = "d4"']],
    code: "cycle",
    file: "a1",
    fix: /^Break the cycle here: remove the parent d4$/,
  },
  {
    title: "a revision that revises itself: another parent",
    breaks: [["d4", 'null = "c3"', 'null = "d4"']],
    code: "self-loop",
    file: "d4",
    fix: /^Set the parent to c3 \(add index\)$/,
  },
  {
    title: "two heads: one on the other",
    breaks: [["d4", 'null = "c3"', 'null = "b2"']],
    code: "multiple-heads",
    file: "d4",
    fix: /^Set the parent to c3 \(add index\)$/,
  },
  {
    title: "two heads: a whole branch on the other",
    breaks: [["c3", 'null = "b2"', 'null = "a1"']],
    code: "multiple-heads",
    file: "d4",
    fix: /^Move the branch starting at c3 onto b2 \(add email\)$/,
  },
  {
    title: "a label that is defined twice",
    breaks: [
      ["b2", "branch_labels: string[] | null = null", 'branch_labels: string[] | null = ["shop"]'],
      ["d4", "branch_labels: string[] | null = null", 'branch_labels: string[] | null = ["shop"]'],
    ],
    code: "duplicate-label",
    file: "d4",
    fix: /^Remove the branch label shop$/,
  },
  {
    title: "a dependency on nothing: the id that was meant",
    breaks: [["d4", "depends_on: string[] | null = null", 'depends_on: string[] | null = ["a9"]']],
    code: "missing-dependency",
    file: "d4",
    fix: /^Depend on a1 \(create users\)$/,
  },
  {
    title: "a dependency on nothing: none",
    breaks: [["d4", "depends_on: string[] | null = null", 'depends_on: string[] | null = ["nowhere"]']],
    code: "missing-dependency",
    file: "d4",
    fix: /^Remove the dependency on nowhere$/,
  },
  {
    title: "a comment with another id",
    breaks: [["c3", "Revision ID: c3", "Revision ID: c4"]],
    code: "comment-contradicts-revision",
    file: "c3",
    fix: /^Correct the comment$/,
  },
  {
    title: "a comment with another parent",
    breaks: [["c3", "Revises: b2", "Revises: b3"]],
    code: "comment-contradicts-down-revision",
    file: "c3",
    fix: /^Correct the comment$/,
  },
  {
    title: "no downgrade",
    breaks: [["c3", "export async function downgrade", "async function undo"]],
    code: "missing-downgrade",
    file: "c3",
    fix: /^Add a downgrade$/,
    left: ["empty-downgrade"],
  },
  {
    title: "a downgrade that does nothing",
    breaks: [["c3", '\n  await op.dropTable("table_c3");', ""]],
    code: "empty-downgrade",
    file: "c3",
    fix: /^Throw an error, because this revision can't be reverted$/,
  },
  {
    title: "an operation whose failure a catch hides: op.try",
    breaks: [
      [
        "c3",
        'await op.createTable("table_c3", { columns: { id: { type: "integer", primaryKey: true } } });',
        'try {\n    await op.dropTable("old_c3");\n  } catch {\n    // It may be gone.\n  }',
      ],
    ],
    code: "caught-operation",
    file: "c3",
    fix: /^Call op\.dropTable in op\.try, which rolls it back if it fails$/,
  },
];

/** Other extensions have quick fixes too, and the answer does not say whose is which. */
const ourTitles =
  /^(?:Set the parent|Make this a base|Move the branch|Break the cycle|Give this file|Correct the comment|Depend on|Remove the (?:dep|branch)|Add a downgrade|Throw an error|Call op|Choose the parent|Restore the file|Create a merge|Check whether|Rebase)/;

/** Our quick fixes for a problem of a file, by title. */
export async function fixesOf(
  uri: vscode.Uri,
  code: string,
): Promise<ReadonlyMap<string, vscode.CodeAction>> {
  // Shown, as for a person: the editor refuses to ask about a file that it is closing at that moment.
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), {
    preserveFocus: true,
    preview: false,
  });
  const problem = await eventually(() => {
    const found = vscode.languages.getDiagnostics(uri).find((diagnostic) => codeOf(diagnostic) === code);
    assert.ok(found, `no ${code}`);
    return found;
  });
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    uri,
    problem.range,
    vscode.CodeActionKind.QuickFix.value,
  );
  const ours = actions.filter(({ title }) => ourTitles.test(title));
  return new Map(ours.map((action) => [action.title, action]));
}

/**
 * The heads as `alembic-ts heads` prints them for a project's files as they are on disk. No configuration of the
 * workspace is read, since that may be code.
 */
export async function headsByCommandLine(versions: vscode.Uri): Promise<readonly string[]> {
  const extension = vscode.extensions.getExtension("alembic-ts.alembic-ts");
  assert.ok(extension);
  const folder = mkdtempSync(join(tmpdir(), "alembic-ts-heads-"));
  try {
    const config = join(folder, "alembic.config.json");
    writeFileSync(config, JSON.stringify({ scriptLocation: dirname(versions.fsPath) }));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(extension.extensionPath, "dist", "cli.js"), "-c", config, "heads"],
      { cwd: folder, env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" } },
    );
    return stdout.split("\n").flatMap((line) => /^(\S+)/.exec(line)?.[1] ?? []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Through the editor, whose buffers might else be older than what is on disk. */
async function writeOver(uri: vscode.Uri, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
  assert.ok(!document.isDirty || (await document.save()));
}

/**
 * Breaks a chain in every way that has a quick fix, or in one way of so many, applies the fix, and asks the command line for the
 * heads.
 */
export function describeQuickFixes(where: string, versionsFolder: () => vscode.Uri, oneOf = 1): void {
  describe(`quick fixes in ${where}`, () => {
    let versions: vscode.Uri;
    const files = new Map<File, { readonly uri: vscode.Uri; readonly text: string }>();
    const fileOf = (name: File): { readonly uri: vscode.Uri; readonly text: string } => {
      const file = files.get(name);
      assert.ok(file);
      return file;
    };
    const problems = (): readonly string[] =>
      [...files.values()]
        .flatMap(({ uri }) => vscode.languages.getDiagnostics(uri))
        .filter(({ source }) => source === "alembic")
        .map(codeOf)
        .sort();

    before(async () => {
      await startExtension();
      versions = versionsFolder();
      const read = async (name: File, file: string): Promise<string> => {
        const uri = vscode.Uri.joinPath(versions, file);
        const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
        files.set(name, { uri, text });
        return text;
      };
      await read("a1", "20250101_0001-a1_create_users.ts");
      await read("b2", "20250101_0002-b2_add_email.ts");
      const text = await read("c3", "20250101_0003-c3_add_index.ts");
      const uri = vscode.Uri.joinPath(versions, "20250101_0004-d4_add_tags.ts");
      const next = text.replaceAll("c3", "d4").replaceAll("b2", "c3").replace("add index", "add tags");
      files.set("d4", { uri, text: next });
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(next));
      await eventually(async () => assert.deepEqual(await headsByCommandLine(versions), ["d4"]));
    });

    afterEach(async () => {
      for (const { uri, text } of files.values()) {
        await writeOver(uri, text);
      }
      await eventually(() => assert.deepEqual(problems(), []));
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    });

    after(() => vscode.workspace.fs.delete(fileOf("d4").uri));

    for (const { title, breaks, code, file, fix, left = [], heads } of cases.filter(
      (_, index) => index % oneOf === 0,
    )) {
      it(`mend ${title}`, async () => {
        for (const [name, from, to] of breaks) {
          await typeOver(await vscode.window.showTextDocument(fileOf(name).uri), from, to);
        }
        const { uri } = fileOf(file);
        const action = await eventually(async () => {
          const fixes = await fixesOf(uri, code);
          const found = [...fixes.values()].find((candidate) => fix.test(candidate.title));
          assert.ok(found?.edit, [...fixes.keys()].join(", "));
          return found.edit;
        });
        assert.ok(await vscode.workspace.applyEdit(action));
        await eventually(() => assert.deepEqual(problems(), [...left].sort()));
        assert.ok(await vscode.workspace.saveAll());
        const found = await headsByCommandLine(versions);
        assert.deepEqual(found, heads ?? (left.includes("multiple-heads") ? found : ["d4"]));
      });
    }
  });
}
