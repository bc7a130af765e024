import type { Browser } from "playwright-core";

/** A browser's program, and variables that it needs in addition to the environment. */
export interface Chromium {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

export function installChromium(): Promise<Chromium>;
export function launchChromium(chromium: Chromium): Promise<Browser>;
