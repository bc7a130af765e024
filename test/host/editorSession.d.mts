import type { Page } from "playwright-core";

/** An editor that is open in a page. */
export interface EditorSession {
  readonly page: Page;
  /** Runs a command of the palette by its title. */
  readonly runCommand: (title: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export function openEditor(options: {
  readonly workspace: string;
  readonly extensionPath?: string;
  readonly extensionsFolder?: string;
  readonly theme?: string;
  readonly trusted?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly deviceScaleFactor?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly isDriven?: boolean;
}): Promise<EditorSession>;
