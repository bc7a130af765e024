// What a person waits for in the editor, on a real server and on the embedded database, in turn.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { require as requireTypeScript } from "tsx/cjs/api";
import { builtCommandLine } from "./build.mjs";

const head = "pqr678";
const before = "mno345";
/** Limits of the embedded database, as a multiple of the server's time, and more than it. */
const [mostWarm, mostLater] = [1.5, 2000];

/** The example, with an entity that has a column more, and its database one revision below the head. */
function makeProject(repository, folder, url) {
  const example = join(repository, "examples", "educational-platform");
  cpSync(example, folder, {
    recursive: true,
    filter: (source) => !/node_modules|\.alembic|\.env$/.test(source.slice(example.length)),
  });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"), "junction");
  if (url !== undefined) {
    writeFileSync(join(folder, ".env"), `DATABASE_URL=${url}\n`);
  }
  const entity = join(folder, "src", "entities", "User.ts");
  const column = '  @Column("varchar", { nullable: true })\n  phone!: string | null;\n\n';
  writeFileSync(entity, readFileSync(entity, "utf8").replace('  @Column("varchar"', `${column}$&`));
  execFileSync(process.execPath, [builtCommandLine(), "upgrade", before], { cwd: folder, stdio: "ignore" });
  return folder;
}

function fileOf(workspace) {
  const versions = join(workspace, "database", "migrations", "versions");
  return join(
    versions,
    readdirSync(versions).find((name) => name.includes(head)),
  );
}

/** Runs in the page: notes at what times the lenses on screen and the rows of the view changed to what. */
function noteShown() {
  window.shown = [];
  const textOf = (selector) =>
    [...document.querySelectorAll(selector)].map((each) => each.textContent).join("\n");
  new MutationObserver(() => {
    const lenses = textOf(".codelens-decoration");
    const rows = textOf(".sidebar .customview-tree .monaco-list-row");
    const last = window.shown.at(-1);
    if (last?.lenses !== lenses || last.rows !== rows) {
      window.shown.push({ at: Date.now(), lenses, rows });
    }
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

/** The milliseconds of each command, and those until the page shows the head as current. */
function timesOf({ commands, shown }) {
  const times = new Map();
  const add = (name, milliseconds) => times.set(name, [...(times.get(name) ?? []), milliseconds]);
  for (const { name, began, ended } of commands) {
    if (!name.endsWith("upgrade")) {
      add(name, ended - began);
      continue;
    }
    const firstOf = (isShown) => shown.find((state) => state.at >= began && isShown(state));
    const [tree, lens] = [
      firstOf(({ rows }) => new RegExp(`${head} · current`).test(rows)),
      firstOf(({ lenses }) => lenses.includes("Current")),
    ];
    if (tree === undefined || lens === undefined) {
      throw new Error(`The page did not show that ${head} is current.`);
    }
    add(`${name} to the tree`, tree.at - began);
    add(`${name} to the lens`, lens.at - began);
  }
  return times;
}

/**
 * Prints the commands' medians of both databases side by side, and what the embedded one takes of the server's.
 *
 * @param {{ repository: string, folder: string, sessions: number, median: (values: number[]) => number,
 *   measure: (options: object) => Promise<{ commands: object[], shown: object[] }> }} options `measure` opens an editor
 */
export async function benchCommands({ repository, folder, sessions, median, measure }) {
  const { startPostgres } = requireTypeScript("../test/support/postgresServer.ts", import.meta.url);
  const server = await startPostgres();
  const found = { server: new Map(), embedded: new Map() };
  try {
    for (let session = 0; session < sessions; session += 1) {
      for (const kind of ["server", "embedded"]) {
        const workspace = join(folder, `commands-${session}-${kind}`);
        mkdirSync(workspace);
        makeProject(repository, workspace, kind === "server" ? await server.createDatabase() : undefined);
        const request = { kind: "commands", file: fileOf(workspace), head, rounds: 3 };
        const result = await measure({ workspace, request, observe: noteShown });
        for (const [name, times] of timesOf(result)) {
          found[kind].set(name, [...(found[kind].get(name) ?? []), ...times]);
        }
      }
    }
  } finally {
    await server.stop();
  }
  console.log(`\nCommands on a real server and on the embedded database (medians of ${sessions} sessions)`);
  console.log(`  ${"".padEnd(30)} ${"server".padStart(10)} ${"embedded".padStart(10)}`);
  for (const [name, times] of found.server) {
    const [ofServer, ofEmbedded] = [median(times), median(found.embedded.get(name))];
    console.log(
      `  ${name.padEnd(30)} ${ofServer.toFixed(0).padStart(7)} ms ${ofEmbedded.toFixed(0).padStart(7)} ms   ${verdict(name, ofServer, ofEmbedded)}`,
    );
  }
}

function verdict(name, ofServer, ofEmbedded) {
  const isMet = (met) => (met ? "met" : "missed");
  if (name.startsWith("first") || name.endsWith("cold")) {
    const later = ofEmbedded - ofServer;
    return `${later.toFixed(0)} ms later, limit ${mostLater} ms: ${isMet(later <= mostLater)}`;
  }
  const ratio = ofEmbedded / ofServer;
  return `${ratio.toFixed(2)} x, limit ${mostWarm} x: ${isMet(ratio <= mostWarm)}`;
}
