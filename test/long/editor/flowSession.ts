import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Locator, Page } from "playwright-core";
import type { EditorSession } from "../../host/editorSession.mjs" with { "resolution-mode": "import" };

const root = join(__dirname, "..", "..", "..");
/** For what comes in seconds on a quiet machine. */
export const patience = 300_000;

/** The example in a folder of its own, which works on the given database. */
export function makeExample(databaseUrl: string): { readonly folder: string; remove(): void } {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), "alembic-ts-flow-")));
  const folder = join(parent, "educational-platform");
  const example = join(root, "examples", "educational-platform");
  cpSync(example, folder, {
    recursive: true,
    filter: (source) => !/node_modules|\.alembic|\.env$/.test(source.slice(example.length)),
  });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  writeFileSync(join(folder, ".env"), `DATABASE_URL=${databaseUrl}\n`);
  return { folder, remove: () => rmSync(parent, { recursive: true, force: true, maxRetries: 10 }) };
}

/** The extension as it is installed, in a folder of extensions. */
function installedExtensions(): string {
  const folder = mkdtempSync(join(tmpdir(), "alembic-ts-extensions-"));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const extension = join(folder, `alembic-ts.alembic-ts-${version}`);
  mkdirSync(extension);
  for (const name of ["dist", "l10n", "media", "snippets", "syntaxes", "package.json"]) {
    cpSync(join(root, name), join(extension, name), { recursive: true });
  }
  for (const name of readdirSync(root).filter((file) => file.startsWith("package.nls"))) {
    cpSync(join(root, name), join(extension, name));
  }
  symlinkSync(join(root, "node_modules"), join(extension, "node_modules"), "junction");
  return folder;
}

/** What `alembic-ts` prints in a folder. */
export async function commandLine(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, "dist", "cli.js"), ...args], {
    cwd: folder,
  });
  return stdout;
}

/** Opens the editor with this repository's extension as it is installed: with all notifications, as a person sees it. */
export async function openWith(
  folder: string,
  options: {
    readonly settings?: Readonly<Record<string, unknown>>;
    /** Variables of the extension's process. */
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<EditorSession> {
  const { openEditor } = await import("../../host/editorSession.mjs");
  const extensionsFolder = installedExtensions();
  const removeExtensions = (): void => rmSync(extensionsFolder, { recursive: true, force: true });
  try {
    const session = await openEditor({
      workspace: folder,
      extensionsFolder,
      isDriven: false,
      ...(options.env === undefined ? {} : { env: options.env }),
      settings: {
        "files.autoSave": "off",
        "editor.autoClosingBrackets": "never",
        "editor.autoClosingQuotes": "never",
        "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
        "editor.suggestOnTriggerCharacters": false,
        "editor.parameterHints.enabled": false,
        "editor.minimap.enabled": false,
        "testing.automaticallyOpenTestResults": "neverOpen",
        "window.dialogStyle": "custom",
        ...options.settings,
      },
    });
    session.page.setDefaultTimeout(patience);
    return { ...session, close: () => session.close().finally(removeExtensions) };
  } catch (error) {
    removeExtensions();
    throw error;
  }
}

/** The parts of the window that a person looks at. */
export class Window {
  constructor(readonly page: Page) {}

  row(text: string): Locator {
    return this.page.locator(".sidebar .monaco-list-row").filter({ hasText: text }).first();
  }

  lens(text: string): Locator {
    return this.page.locator(".codelens-decoration a").filter({ hasText: text }).first();
  }

  line(text: string): Locator {
    return this.page.locator(".editor-instance .view-line").filter({ hasText: text }).first();
  }

  tab(text: string): Locator {
    return this.page.locator(".tabs-container .tab").filter({ hasText: text }).first();
  }

  statusBar(text: string): Locator {
    return this.page.locator(".statusbar-item").filter({ hasText: text }).first();
  }

  /** What is asked at the top of the window; answered by typing. */
  async answer(question: string, text?: string): Promise<void> {
    await this.page
      .locator(".quick-input-widget")
      .filter({ hasText: question })
      .waitFor({ timeout: patience });
    if (text !== undefined) {
      await this.page.keyboard.press("Control+A");
      await this.page.keyboard.type(text);
    }
    await this.page.keyboard.press("Enter");
  }

  /** Opens the walkthrough as a person without a project does: by the editor's own list of them. */
  async openWalkthrough(): Promise<void> {
    await this.palette("Welcome: Open Walkthrough...");
    await this.page.locator(".quick-input-widget input:focus").waitFor();
    await this.page.keyboard.type("Migrate a database");
    await this.shows(this.pick("Migrate a database"));
    await this.page.keyboard.press("Enter");
    await this.shows(this.page.locator(".getting-started-step").first());
  }

  /** A row of the menu at the top of the window. */
  pick(text: string): Locator {
    return this.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: text }).first();
  }

  /** What the editor has just shown may take the keys a moment later, and lose what is typed in between. */
  async pause(): Promise<void> {
    await this.page.waitForTimeout(500);
  }

  async shows(locator: Locator): Promise<void> {
    await locator.waitFor({ timeout: patience });
  }

  /** Opens a row's file. Rows move while the view follows what was shown before, so that a click may meet another one. */
  async open(row: string, tab: string): Promise<void> {
    const active = this.page.locator(".tabs-container .tab.active").filter({ hasText: tab }).first();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await this.row(row).click();
      try {
        await active.waitFor({ timeout: patience / 50 });
        return;
      } catch {
        // It was another row.
      }
    }
    throw new Error(`The row “${row}” opens no “${tab}”.`);
  }

  /** Writes the body of an empty function of a new revision in the active editor, with the keyboard. */
  async fillFunction(name: "upgrade" | "downgrade", statement: string): Promise<void> {
    const { keyboard } = this.page;
    // The body of `upgrade` is opened, and gets the caret, a moment after the file is shown.
    const lines = this.page.locator(".editor-instance .view-line");
    await this.shows(lines.filter({ hasText: /upgrade\(.*\{\s*$/ }).first());
    await keyboard.press("Control+F");
    await this.page.locator(".find-widget.visible").first().waitFor();
    await keyboard.press("Control+A");
    await keyboard.type(`function ${name}`);
    await keyboard.press("Enter");
    await keyboard.press("Escape");
    await keyboard.press("End");
    // The body of a new revision's `upgrade` is open already, with the caret in it.
    const isOpen = !/\{\}\s*$/.test((await this.line(`function ${name}`).textContent()) ?? "");
    await keyboard.press(isOpen ? "ArrowDown" : "ArrowLeft");
    await keyboard.type(statement);
  }

  /** The palette; `words` are those of the command's title. What it lists is of the moment when it is opened. */
  async palette(words: string): Promise<void> {
    const { keyboard } = this.page;
    await this.pause();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await keyboard.press("F1");
      await this.page.locator(".quick-input-widget input:focus").first().waitFor();
      await keyboard.type(words);
      try {
        await this.pick(words).waitFor({ timeout: patience / 50 });
        await keyboard.press("Enter");
        return;
      } catch {
        await keyboard.press("Escape");
      }
    }
    throw new Error(`There is no command “${words}”.`);
  }
}

/** Tries an action in a session; where it fails, a picture tells why. */
export async function withPicture(page: Page, name: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    const picture = join(tmpdir(), `alembic-ts-failed-${name}.png`);
    await page.screenshot({ path: picture });
    throw new Error(`${picture} shows where it ended.`, { cause: error });
  }
}
