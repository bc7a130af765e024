import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const repository = dirname(dirname(dirname(__dirname)));
const plugin = "alembic-ts-types";
const source =
  'import type { Migration } from "alembic-ts";\nimport { no } from "no-such-package";\nexport const migration: Migration | typeof no = 1;\n';

interface Answer {
  readonly type: string;
  readonly request_seq?: number;
  readonly body?: unknown;
}

/** TypeScript's own server, with the plugin as the editor gives it. */
class Server {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, (body: unknown) => void>();
  private received = "";
  private requests = 0;

  constructor() {
    const server = join(repository, "node_modules", "typescript", "lib", "tsserver.js");
    this.child = spawn(
      process.execPath,
      [server, "--disableAutomaticTypingAcquisition"].concat(
        ["--globalPlugins", plugin],
        ["--pluginProbeLocations", repository],
      ),
      { stdio: ["pipe", "pipe", "inherit"] },
    );
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => this.receive(text));
  }

  /** Sends what has no answer. */
  tell(command: string, args: unknown): number {
    this.requests += 1;
    const request = { seq: this.requests, type: "request", command, arguments: args };
    this.child.stdin?.write(`${JSON.stringify(request)}\n`);
    return this.requests;
  }

  ask(command: string, args: unknown): Promise<unknown> {
    const seq = this.tell(command, args);
    return new Promise((resolve) => this.waiting.set(seq, resolve));
  }

  async codes(file: string): Promise<readonly number[]> {
    const found = (await this.ask("semanticDiagnosticsSync", { file })) as readonly {
      readonly code: number;
    }[];
    return found.map(({ code }) => code);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill();
    await ended;
  }

  private receive(text: string): void {
    this.received += text;
    const lines = this.received.split("\n");
    this.received = lines.pop() ?? "";
    for (const line of lines.filter((each) => each.startsWith("{"))) {
      const { type, request_seq: seq, body } = JSON.parse(line) as Answer;
      if (type === "response" && seq !== undefined) {
        this.waiting.get(seq)?.(body);
      }
    }
  }
}

describe("the types of alembic-ts in TypeScript's server", function () {
  this.timeout(60_000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "alembic-ts-types-")));
  const file = join(folder, "alembic.config.ts");
  const missing = 2307;
  const wrongType = 2322;
  let server: Server;

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  beforeEach(() => {
    write("tsconfig.json", '{ "compilerOptions": { "strict": true, "types": [], "lib": ["es5"] } }');
    write("alembic.config.ts", source);
    server = new Server();
  });

  afterEach(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("are not there until the extension says so, and are from then on", async () => {
    server.tell("open", { file });
    assert.deepEqual(await server.codes(file), [missing, missing]);
    await server.ask("configurePlugin", { pluginName: plugin, configuration: { isEnabled: true } });
    // That of the other package stays, and that a number is no migration is seen.
    assert.deepEqual(await server.codes(file), [missing]);
    const found = (await server.ask("definition", { file, line: 1, offset: 16 })) as readonly {
      file: string;
    }[];
    assert.deepEqual(
      found.map((definition) => definition.file.replaceAll("\\", "/")),
      [join(repository, "dist/types/src/project/migration.d.ts").replaceAll("\\", "/")],
    );
  });

  it("are there at once where the extension came first", async () => {
    await server.ask("configurePlugin", { pluginName: plugin, configuration: { isEnabled: true } });
    write("alembic.config.ts", source.replace(/import \{ no .*\n/, "").replace(" | typeof no", ""));
    server.tell("open", { file });
    assert.deepEqual(await server.codes(file), [wrongType]);
  });

  it("are the project's own where it has the package", async () => {
    write("node_modules/alembic-ts/package.json", '{ "name": "alembic-ts", "types": "own.d.ts" }');
    write("node_modules/alembic-ts/own.d.ts", "export type Migration = 1;\n");
    await server.ask("configurePlugin", { pluginName: plugin, configuration: { isEnabled: true } });
    server.tell("open", { file });
    assert.deepEqual(await server.codes(file), [missing]);
    const found = (await server.ask("quickinfo", { file, line: 1, offset: 16 })) as { displayString: string };
    assert.equal(found.displayString, "(alias) type Migration = 1\nimport Migration");
  });
});
