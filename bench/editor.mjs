// `npm run bench:editor`: how long the extension takes in the real extension host, each beside its limit. Never fails
// on time: a busy machine is no bug. BENCH_ROUNDS says how many starts each median is of (10), BENCH_SESSIONS how many sessions the
// commands' are (3). `npm run bench:editor -- commands` measures only these.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { editorUrl, openPage } from "../test/host/editorPage.mjs";
import { startEditorServer } from "../test/host/editorServer.mjs";
import { benchCommands } from "./editorCommands.mjs";
import { linearRevisions, writeProject } from "./project.mjs";

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const rounds = Number(process.env.BENCH_ROUNDS ?? 10);
const sessions = Number(process.env.BENCH_SESSIONS ?? 3);
const hangTimeout = 400_000;

/** The extension as it is released, in a copy, so that dist/ stays as it is. */
async function buildExtension(folder) {
  const names = [
    "src",
    "scripts",
    "skills",
    "l10n",
    "media",
    "snippets",
    "syntaxes",
    "esbuild.mjs",
    "package.json",
  ];
  for (const name of [...names, "package.nls.json", "tsconfig.json"]) {
    cpSync(join(repository, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"), "junction");
  const built = spawnSync(process.execPath, ["esbuild.mjs", "--production"], {
    cwd: folder,
    encoding: "utf8",
  });
  if (built.status !== 0) {
    throw new Error(`The build failed:\n${built.stdout}${built.stderr}`);
  }
  // Into the extension's folder, since the editor gives the extension's `vscode` to the files there.
  await build({
    entryPoints: [join(repository, "bench", "editorInHost.mjs")],
    outfile: join(folder, "editorInHost.cjs"),
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    logLevel: "warning",
  });
}

/** Lets nothing but its view start the extension, so that its whole start is seen. */
function startByViewOnly(folder) {
  const file = join(folder, "package.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), activationEvents: [] }));
}

function makeWorkspace(folder, count) {
  writeProject(folder, linearRevisions(count), {
    upgrade: ({ id }) => `  await op.createTable("t_${id}", { columns: { id: { type: "integer" } } });`,
  });
  return folder;
}

/** Runs in the page: notes when the first revision's row is there to be painted. */
function noteFirstRow() {
  new MutationObserver((_changes, observer) => {
    if (document.querySelector(".sidebar .customview-tree .monaco-list-row") !== null) {
      window.firstRowAt = Date.now();
      observer.disconnect();
    }
  }).observe(document, { childList: true, subtree: true });
}

/**
 * Starts the editor on a workspace, lets the module in the host do what is asked, and gives what it wrote, and what the page noted.
 */
async function measureOnce({ server, folder, workspace, request, observe = noteFirstRow }) {
  const results = join(folder, "results.json");
  rmSync(results, { force: true });
  writeFileSync(join(folder, "request.json"), JSON.stringify(request));
  let ended;
  const exit = new Promise((resolve) => (ended = resolve));
  const log = [];
  const { browser, page } = await openPage({ onLog: (_type, text) => log.push(text), onExit: ended });
  const timer = setTimeout(() => ended(1), hangTimeout);
  try {
    await page.addInitScript(observe);
    const extensionPath = join(folder, "extension");
    const testsPath = join(extensionPath, "editorInHost.cjs");
    await page.goto(editorUrl({ origin: server.origin, workspace, extensionPath, testsPath }));
    if ((await exit) !== 0) {
      throw new Error(`The editor did not measure ${JSON.stringify(request)}:\n${log.slice(-20).join("\n")}`);
    }
    const noted = await page.evaluate(() => ({ firstRowAt: window.firstRowAt, shown: window.shown }));
    return { ...JSON.parse(readFileSync(results, "utf8")), ...noted };
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}

function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function report(name, value, unit, limit) {
  const ratio =
    limit === undefined
      ? ""
      : `  ${(value / limit).toFixed(2).padStart(6)} of ${limit} ${unit}: ${value <= limit ? "met" : "missed"}`;
  console.log(`  ${name.padEnd(62)} ${value.toFixed(1).padStart(8)} ${unit}${ratio}`);
}

async function measurePaint(context, count, limit) {
  const workspace = makeWorkspace(join(context.folder, `revisions-${count}`), count);
  const runs = [];
  for (let round = 0; round < rounds; round += 1) {
    const isLast = round === rounds - 1;
    runs.push(
      await measureOnce({ ...context, workspace, request: { kind: "paint", count, isFull: isLast } }),
    );
  }
  const of = (pick) => median(runs.map(pick));
  console.log(`\n${count} revisions, opened in a window where nothing has started (medians of ${rounds})`);
  report(
    "load and activate",
    of(({ own }) => own.loaded + own.activated),
    "ms",
    50,
  );
  report(
    "the same, with what the editor does around it",
    of((run) => run.activated - run.began),
    "ms",
  );
  report(
    "first rows given to the editor",
    of((run) => run.rowsGiven - run.began),
    "ms",
  );
  report(
    "first row on the page",
    of((run) => run.firstRowAt - run.began),
    "ms",
    limit,
  );
  return runs.at(-1);
}

function reportEditing(run, count) {
  console.log(`\n${count} revisions, a revision file being edited (medians of 10)`);
  for (const [name, times] of Object.entries(run.keystrokes)) {
    report(`${name} → diagnostics, after the debounce`, median(times), "ms", 50);
  }
  report("lenses of a file, from the cache", median(run.lenses), "ms", 5);
  report("lenses of a file, asked of the whole editor", median(run.allLenses), "ms");
}

async function measureStarts(context) {
  const { folder } = context;
  const plain = join(folder, "plain");
  mkdirSync(join(plain, "src"), { recursive: true });
  writeFileSync(join(plain, "src", "index.ts"), "export const answer = 42;\n");
  const { isActive } = await measureOnce({ ...context, workspace: plain, request: { kind: "plain" } });
  console.log("\nA workspace without a configuration, a TypeScript file open for five seconds");
  console.log(
    `  ${isActive ? "the extension was activated: missed" : "the extension is not activated: met"}`,
  );
  startByViewOnly(join(folder, "extension"));
  await measurePaint(context, 1000, 300);
  reportEditing(await measurePaint(context, 10_000, 1500), 10_000);
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), "alembic-ts-bench-editor-")));
try {
  mkdirSync(join(folder, "extension"));
  await buildExtension(join(folder, "extension"));
  console.log("\nThe bundle that is loaded at the start");
  report("extension.js", statSync(join(folder, "extension", "dist", "extension.js")).size / 1024, "KB", 150);
  const server = await startEditorServer({
    trusted: true,
    settings: { "files.autoSave": "off" },
    env: { BENCH_FOLDER: folder },
  });
  const context = { server, folder };
  try {
    await benchCommands({
      repository,
      folder,
      sessions,
      median,
      measure: (options) => measureOnce({ ...context, ...options }),
    });
    if (!process.argv.includes("commands")) {
      await measureStarts(context);
    }
  } finally {
    await server.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
