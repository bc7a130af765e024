// Runs in the extension host for bench/editor.mjs: does what request.json asks and writes results.json.
import { readFileSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import Module from "node:module";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import * as vscode from "vscode";
import { runCommands } from "./commandsInHost.mjs";

const folder = process.env.BENCH_FOLDER ?? "";
const bufferDelay = 120;
const samples = 10;

function delay(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function extensionUnderTest() {
  const extension = vscode.extensions.getExtension("alembic-ts.alembic-ts");
  if (extension === undefined) {
    throw new Error("The extension is not there.");
  }
  return extension;
}

function openFile(path) {
  const [workspaceFolder] = vscode.workspace.workspaceFolders ?? [];
  return vscode.workspace.openTextDocument(vscode.Uri.joinPath(workspaceFolder.uri, path));
}

/** The extension is not told: what it registers passes through here, so that its own time can be taken. */
function watchRegistrations() {
  const seen = { rowsGiven: undefined, lensProvider: undefined };
  const { createTreeView } = vscode.window;
  vscode.window.createTreeView = (id, options) => {
    const provider = options.treeDataProvider;
    const { getTreeItem } = provider;
    provider.getTreeItem = (node) => {
      seen.rowsGiven ??= Date.now();
      return getTreeItem.call(provider, node);
    };
    return createTreeView(id, options);
  };
  const { registerCodeLensProvider } = vscode.languages;
  vscode.languages.registerCodeLensProvider = (selector, provider) => {
    if ([selector].flat().some(({ scheme }) => scheme === "file")) {
      seen.lensProvider = provider;
    }
    return registerCodeLensProvider(selector, provider);
  };
  return seen;
}

/** Takes the time of the extension's own module and of its `activate`, without the editor's calls around them. */
function watchActivation(main) {
  const times = { loaded: 0, activated: 0 };
  const load = Module._load;
  Module._load = function (request, ...rest) {
    if (!request.endsWith(main)) {
      return load.call(this, request, ...rest);
    }
    const began = performance.now();
    const loaded = load.call(this, request, ...rest);
    times.loaded = performance.now() - began;
    return {
      ...loaded,
      activate: (context) => {
        const called = performance.now();
        const result = loaded.activate(context);
        times.activated = performance.now() - called;
        return result;
      },
    };
  };
  return times;
}

async function measurePlain() {
  const extension = extensionUnderTest();
  await vscode.window.showTextDocument(await openFile("src/index.ts"));
  await delay(5000);
  return { isActive: extension.isActive };
}

async function measurePaint({ count, isFull }) {
  const seen = watchRegistrations();
  const extension = extensionUnderTest();
  const own = watchActivation(join("dist", "extension.js"));
  if (extension.isActive) {
    throw new Error("The extension was active before its view was opened.");
  }
  // What the editor does at its own start has ended.
  await delay(2500);
  const began = Date.now();
  const started = extension.activate().then((inspection) => ({ inspection, activated: Date.now() }));
  const focused = vscode.commands.executeCommand("alembic.revisions.focus");
  const { inspection, activated } = await started;
  await focused;
  for (let waited = 0; seen.rowsGiven === undefined && waited < 30_000; waited += 20) {
    await delay(20);
  }
  await delay(1500);
  const times = { began, activated, rowsGiven: seen.rowsGiven, own };
  return isFull ? { ...times, ...(await measureEditing(count, seen.lensProvider, inspection)) } : times;
}

async function measureEditing(count, lensProvider, inspection) {
  await inspection.whenRead();
  const id = (number) => `r${String(number).padStart(5, "0")}`;
  const file = (number) => `migrations/versions/${id(number)}_change.ts`;
  const middle = Math.floor(count / 2);
  const document = await openFile(file(middle));
  const editor = await vscode.window.showTextDocument(document);
  await delay(3000);
  const keystrokes = {
    "a letter of down_revision in the middle": await typeParent(editor, id(middle - 1)),
    "a letter within a function": await typeInFunction(editor),
  };
  const lenses = [];
  const allLenses = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const direct = performance.now();
    const given = lensProvider.provideCodeLenses(document);
    lenses.push(performance.now() - direct);
    if (given.length === 0) {
      throw new Error("There are no lenses.");
    }
    const asked = performance.now();
    await vscode.commands.executeCommand("vscode.executeCodeLensProvider", document.uri);
    allLenses.push(performance.now() - asked);
  }
  return { keystrokes, lenses, allLenses };
}

function ourProblems(uri) {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "alembic");
}

/** Waits until the file's problems are as expected; gives the milliseconds since the edit, without the debounce. */
async function untilProblems(uri, isExpected, edit) {
  let typed;
  const listener = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    if (document.uri.toString() === uri.toString()) {
      typed = performance.now();
    }
  });
  try {
    await edit();
    for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
      if (typed !== undefined && isExpected(ourProblems(uri))) {
        return performance.now() - typed - bufferDelay;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error("The diagnostics did not follow the edit.");
  } finally {
    listener.dispose();
  }
}

function rangeOf(document, text, from = 0) {
  const start = document.getText().indexOf(text, from);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}

/** Adds a letter to the parent's id, which breaks the chain there, and takes it away again. */
async function typeParent(editor, parent) {
  const { document } = editor;
  const replace = (from, to) => () => {
    const place = document.getText().indexOf("down_revision");
    return editor.edit((edit) => edit.replace(rangeOf(document, `"${from}"`, place), `"${to}"`));
  };
  const isBroken = (problems) =>
    problems.some(({ code }) => String(code.value ?? code).startsWith("missing"));
  const times = [];
  for (let sample = 0; sample < samples; sample += 2) {
    times.push(await untilProblems(document.uri, isBroken, replace(parent, `${parent}x`)));
    await delay(800);
    times.push(
      await untilProblems(document.uri, (problems) => !isBroken(problems), replace(`${parent}x`, parent)),
    );
    await delay(800);
  }
  return times;
}

/** Types what does not parse, and takes it away again. */
async function typeInFunction(editor) {
  const { document } = editor;
  const replace = (from, to) => () => editor.edit((edit) => edit.replace(rangeOf(document, from), to));
  const times = [];
  for (let sample = 0; sample < samples; sample += 2) {
    const [right, wrong] = ["await op.createTable(", "await op.createTable(]"];
    times.push(await untilProblems(document.uri, (all) => all.length > 0, replace(right, wrong)));
    await delay(800);
    times.push(await untilProblems(document.uri, (all) => all.length === 0, replace(wrong, right)));
    await delay(800);
  }
  return times;
}

/** With BENCH_PROFILE, a folder: also writes what the host's processor did, for the editor's or Chromium's profiler. */
async function profiled(name, measure) {
  const target = process.env.BENCH_PROFILE;
  if (target === undefined) {
    return measure();
  }
  const session = new Session();
  session.connect();
  const post = (method) =>
    new Promise((resolve, reject) =>
      session.post(method, (error, result) => (error === null ? resolve(result) : reject(error))),
    );
  await post("Profiler.enable");
  await post("Profiler.start");
  const results = await measure();
  const { profile } = await post("Profiler.stop");
  writeFileSync(join(target, `${name}.cpuprofile`), JSON.stringify(profile));
  return results;
}

async function measure(request) {
  switch (request.kind) {
    case "plain":
      return measurePlain();
    case "paint":
      return measurePaint(request);
    case "commands": {
      const file = vscode.Uri.file(request.file);
      return { commands: await runCommands({ ...request, file, extension: extensionUnderTest() }) };
    }
  }
}

export async function run() {
  const request = JSON.parse(readFileSync(join(folder, "request.json"), "utf8"));
  const results = await profiled(
    `${request.kind}-${request.count ?? 0}-${request.isFull === true ? "full" : "start"}`,
    () => measure(request),
  );
  writeFileSync(join(folder, "results.json"), JSON.stringify(results));
}
