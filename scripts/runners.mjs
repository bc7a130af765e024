// The runners of `npm test`, those that run by name, and those of `npm run test:long`.
import { nodeWithSqlite } from "./installSqliteDriver.mjs";
import {
  check,
  editorSuites,
  filesBelow,
  grammar,
  inParallel,
  longSuffix,
  mochaRunner,
  neighboursFirst,
  program,
} from "./runnerKinds.mjs";

/** @typedef {import("./runnerKinds.mjs").Runner} Runner */

// Files that stand for a user's import the package by its name, whose declarations the build makes.
const readsTypes = { needsBuild: true };

/** @type {readonly Runner[]} */
export const runners = [
  check("types", [program("typescript", "bin/tsc"), "--noEmit", "-p", "."], readsTypes),
  check("types of the graph page", [program("typescript", "bin/tsc"), "--noEmit", "-p", "src/webview"]),
  check("lint", [program("eslint", "bin/eslint.js"), "."], readsTypes),
  check("format", [program("prettier", "bin/prettier.cjs"), "--check", "."]),
  check("architecture", [
    program("dependency-cruiser", "bin/dependency-cruise.mjs"),
    "src",
    "--config",
    ".dependency-cruiser.mjs",
  ]),
  mochaRunner({ name: "unit", folder: "test/unit", minutes: 10, args: inParallel }),
  grammar,
  mochaRunner({
    name: "database",
    folder: "test/database",
    slowest: ["faults", "compareAlembicCases", "operations/everyOperation", "runBoundaries"],
    minutes: 8,
    args: inParallel,
    needsBuild: true,
  }),
  mochaRunner({
    name: "autogenerate",
    folder: "test/autogenerate",
    slowest: ["missingEntities", "entitySets", "flow"],
    minutes: 10,
    args: inParallel,
    needsBuild: true,
  }),
  mochaRunner({
    name: "cli",
    folder: "test/cli",
    slowest: ["guideCommands", "cliScenarios", "carelessAgent"],
    minutes: 20,
    args: inParallel,
    needsBuild: true,
  }),
  ...editorSuites({
    name: "extension",
    folder: "test/extension",
    takes: ({ long }) => !long,
    minutes: 6,
    atOnce: true,
  }),
];

/** What takes too long for every change as a whole: it runs by name, and with the long ones. */
const wholeRunners = [
  check("expressions", ["scripts/checkExpressions.mjs"]),
  // It installs a driver, and the editor for its later Node: one of its tests is for the SQLite of that.
  mochaRunner({
    name: "sqlite",
    folder: "test/sqlite",
    minutes: 8,
    needsBuild: true,
    runsBeside: true,
    executable: nodeWithSqlite,
  }),
  mochaRunner({ name: "package", folder: "test/package", minutes: 25, runsBeside: true }),
  // Installed from the registry.
  mochaRunner({ name: "examples", folder: "test/examples", minutes: 25, needsBuild: true }),
];

/** What `npm test -- --only` takes. @type {readonly Runner[]} */
export const namedRunners = [...runners, ...wholeRunners];

/** How long each test of `npm run test:long` may take at least, in milliseconds: the machine may be busy. */
const patience = 1_200_000;

/** How long a suite of it may print nothing: longer than one of its tests may take. */
const longMinutes = 25;

/** The suites of its editor get the same patience. */
const patientEditor = {
  minutes: longMinutes,
  env: { EDITOR_HOST_TIMEOUT: String(patience), SUITE_PATIENCE: String(patience) },
};

/** A runner for one file: beside others where it has a database of its own, and alone where it watches an editor's page. */
function longMochaRunner({ name, folder, file }) {
  return mochaRunner({
    name,
    folder,
    file,
    minutes: longMinutes,
    args: ["--timeout", String(patience), "--reporter-option", `patience=${patience}`],
    needsBuild: true,
    runsBeside: !name.startsWith("editor/"),
  });
}

/** A runner for each file below test/long, those of the editor's suites left out. */
function longFolderRunners() {
  const folder = "test/long";
  return filesBelow(folder, ".test.ts")
    .filter((file) => !/^editor\/.*\//.test(file))
    .map((file) =>
      longMochaRunner({ name: file.slice(0, -".test.ts".length), folder, file: `${folder}/${file}` }),
    );
}

/** A runner for each file that is too long for every run, and lies beside those that are not. */
function longNeighbourRunners() {
  return filesBelow("test", longSuffix).map((file) =>
    longMochaRunner({
      name: file.slice(0, -longSuffix.length),
      folder: `test/${file.split("/", 1)[0]}`,
      file: `test/${file}`,
    }),
  );
}

/** @type {readonly Runner[]} */
export const longRunners = [
  ...neighboursFirst([...wholeRunners, ...longFolderRunners(), ...longNeighbourRunners()]),
  ...editorSuites({
    name: "extension",
    folder: "test/extension",
    takes: ({ long }) => long,
    ...patientEditor,
  }),
  ...editorSuites({ name: "editor", folder: "test/long/editor", ...patientEditor }),
];
