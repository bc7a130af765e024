import assert from "node:assert/strict";
import {
  findAlembic,
  launcher,
  type AlembicChoice,
  type PythonMachine,
} from "../../../src/project/python/findAlembic";

interface Case {
  readonly name: string;
  readonly files: readonly string[];
  /** Interpreters that can import Alembic. */
  readonly importable?: readonly string[];
  /** What programs answer. */
  readonly answers?: Readonly<Record<string, string>>;
  readonly texts?: Readonly<Record<string, string>>;
  readonly choice?: Partial<AlembicChoice>;
  readonly path?: string;
  readonly platform?: NodeJS.Platform;
  readonly directory?: string;
  readonly expected: readonly [path: string, ...args: string[]] | { readonly looked: readonly string[] };
  /** Programs that were started, without what asks an interpreter for Alembic. */
  readonly asked?: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: "the interpreter of the setting",
    files: [
      "/opt/py/bin/python",
      "/opt/py/bin/alembic",
      "/w/app/.venv/bin/python",
      "/w/app/.venv/bin/alembic",
    ],
    choice: { interpreter: "/opt/py/bin/python" },
    expected: ["/opt/py/bin/alembic"],
  },
  {
    name: "a virtual environment of the setting, from the workspace's folder",
    files: ["/w/envs/a/bin/python", "/w/envs/a/bin/alembic"],
    choice: { interpreter: "envs/a" },
    expected: ["/w/envs/a/bin/alembic"],
  },
  {
    name: "the program of the setting",
    files: ["/w/tools/alembic"],
    choice: { interpreter: "/w/tools/alembic" },
    expected: ["/w/tools/alembic"],
  },
  {
    name: "nothing else than the setting",
    files: ["/w/app/.venv/bin/python", "/w/app/.venv/bin/alembic"],
    choice: { interpreter: "/opt/gone/python" },
    expected: { looked: ["/opt/gone/python"] },
  },
  {
    name: "the interpreter of the Python extension, by its module",
    files: ["/opt/py/bin/python", "/w/app/.venv/bin/alembic"],
    importable: ["/opt/py/bin/python"],
    choice: { selected: "/opt/py/bin/python" },
    expected: ["/opt/py/bin/python", "-c", launcher],
  },
  {
    name: "the folder's environment where the Python extension's has no Alembic",
    files: ["/opt/py/bin/python", "/w/app/.venv/bin/python", "/w/app/.venv/bin/alembic"],
    choice: { selected: "/opt/py/bin/python" },
    expected: ["/w/app/.venv/bin/alembic"],
  },
  {
    name: "an environment above the project, within the workspace",
    files: ["/w/venv/bin/python", "/w/venv/bin/alembic"],
    expected: ["/w/venv/bin/alembic"],
  },
  {
    name: "none above the workspace",
    files: ["/.venv/bin/python", "/.venv/bin/alembic"],
    expected: { looked: [] },
  },
  {
    name: "an environment on Windows",
    files: ["C:\\w\\app\\.venv\\Scripts\\python.exe", "C:\\w\\app\\.venv\\Scripts\\alembic.exe"],
    platform: "win32",
    choice: { root: "C:\\w" },
    directory: "C:\\w\\app",
    expected: ["C:\\w\\app\\.venv\\Scripts\\alembic.exe"],
  },
  {
    name: "uv's environment",
    files: ["/w/uv.lock", "/bin/uv", "/cache/e1/bin/python", "/cache/e1/bin/alembic"],
    answers: { "/bin/uv": "/cache/e1/bin/python\n" },
    expected: ["/cache/e1/bin/alembic"],
    asked: ["/bin/uv python find --no-python-downloads in /w"],
  },
  {
    name: "poetry's environment, by the table of pyproject.toml",
    files: ["/bin/poetry", "/cache/e2/bin/python", "/cache/e2/bin/alembic"],
    texts: { "/w/app/pyproject.toml": '[project]\nname = "a"\n\n[tool.poetry]\nname = "a"\n' },
    answers: { "/bin/poetry": "warning\n/cache/e2/bin/python\n" },
    expected: ["/cache/e2/bin/alembic"],
    asked: ["/bin/poetry env info --executable in /w/app"],
  },
  {
    name: "pdm's environment",
    files: ["/w/app/.pdm-python", "/bin/pdm", "/cache/e3/bin/python"],
    answers: { "/bin/pdm": "/cache/e3/bin/python" },
    importable: ["/cache/e3/bin/python"],
    expected: ["/cache/e3/bin/python", "-c", launcher],
    asked: ["/bin/pdm info --python in /w/app"],
  },
  {
    name: "the PATH's program where a tool fails",
    files: ["/w/app/Pipfile", "/bin/pipenv", "/bin/alembic"],
    expected: ["/bin/alembic"],
    asked: ["/bin/pipenv --py in /w/app"],
  },
  {
    name: "the module of the PATH's interpreter",
    files: ["/bin/python3"],
    importable: ["/bin/python3"],
    expected: ["/bin/python3", "-c", launcher],
  },
  {
    name: "no program of a relative folder of the PATH",
    files: ["/w/app/alembic", "/w/app/bin/alembic"],
    path: ".:bin:",
    expected: { looked: [] },
  },
  {
    name: "what was looked at where there is none",
    files: ["/w/app/.venv/bin/python", "/bin/python3"],
    expected: { looked: ["/w/app/.venv/bin/python", "/bin/python3"] },
  },
];

describe("findAlembic finds", () => {
  for (const { name, expected, asked = [], ...given } of cases) {
    it(name, async () => {
      const started: string[] = [];
      const machine: PythonMachine = {
        platform: given.platform ?? "linux",
        variables: { PATH: given.path ?? "/bin" },
        isFile: (path) => given.files.includes(path),
        readText: (path) => given.texts?.[path],
        ask: (program, args, folder) => {
          if (args[0] === "-c") {
            return Promise.resolve(given.importable?.includes(program) === true ? "" : undefined);
          }
          started.push(`${program} ${args.join(" ")} in ${folder}`);
          return Promise.resolve(given.answers?.[program]);
        },
      };
      const choice = { root: "/w", ...given.choice };
      const found = await findAlembic(given.directory ?? "/w/app", choice, machine);
      assert.deepEqual(
        found,
        "looked" in expected
          ? { kind: "missing", looked: expected.looked }
          : { kind: "found", path: expected[0], args: expected.slice(1) },
      );
      assert.deepEqual(started, asked);
    });
  }
});
