import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { runProgram } from "./commandLine";
import { serveFolder } from "./staticServer";

const repository = dirname(dirname(__dirname));
const base = "/alembic-ts/";

/** The documentation site as it was built, in a browser. */
export interface Site {
  readonly url: string;
  readonly folder: string;
  /** Opens a page, and keeps what goes wrong on it in `faults`. */
  readonly open: (options?: BrowserContextOptions) => Promise<Page>;
  /** Errors on the console, requests that failed, and requests to other servers. */
  readonly faults: string[];
  readonly close: () => Promise<void>;
}

/** Builds the site with the script of `npm run docs`, below a path as on GitHub Pages, and serves it. */
export async function openSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), "alembic-ts-site-"));
  const args = [join(repository, "node_modules/vitepress/bin/vitepress.js"), "build", "docs"];
  const { exitCode, stdout, stderr } = await runProgram(process.execPath, args, {
    cwd: repository,
    env: { DOCS_BASE: base, DOCS_OUT: folder },
    timeoutMilliseconds: 600_000,
  });
  if (exitCode !== 0) {
    throw new Error(`The site was not built:\n${stdout}${stderr}`);
  }
  const server = await serveFolder(folder, base);
  const browser = await launch();
  const faults: string[] = [];
  return {
    url: server.url,
    folder,
    faults,
    open: async (options = {}) => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
      watch(page, server.url, faults);
      return page;
    },
    close: async () => {
      await browser.close();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The browser of the editor's tests. */
async function launch(): Promise<Browser> {
  const { installChromium, launchChromium } = await import("../../scripts/installEditorHost.mjs");
  return launchChromium(await installChromium());
}

function watch(page: Page, url: string, faults: string[]): void {
  const origin = new URL(url).origin;
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      faults.push(`${page.url()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400) {
      faults.push(`${page.url()}: ${String(response.status())} ${response.url()}`);
    }
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) {
      faults.push(`${page.url()}: asks for ${request.url()}`);
    }
  });
}
