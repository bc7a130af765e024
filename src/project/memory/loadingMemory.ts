import { createHash } from "node:crypto";
import { join } from "node:path";
import { systemStamp } from "../loader/loadedFiles";
import type { SealedFiles } from "../loader/sealedFiles";
import { compiledFolder, sealedFiles } from "../loader/compiledFolder";
import type { Variables } from "../variables";
import { areUntouched, loadedInputs, lookAtDisk, type DiskLook, type LoadedInputs } from "./loadedInputs";
import { observeDotenv } from "./dotenvReads";
import { observeEnvironment } from "./observedEnvironment";

/**
 * What the project's files gave when they were loaded, for the next process: as long as nothing is otherwise of all that
 * they depend on, they need not be loaded again. It lies in the user's own cache, sealed, and holds no value of a variable.
 */
export interface LoadingMemory {
  /** What was remembered; undefined where there is nothing, or it may be otherwise by now. */
  recall(subject: LoadingSubject): unknown;
  /**
   * Remembers a value that JSON can hold, where what was loaded so far is known to give it again.
   */
  remember(subject: LoadingSubject, value: unknown, about: RememberedAbout): void;
}

/** What a value is about. */
export interface LoadingSubject {
  readonly kind: "entities" | "revisions";
  /** All that it depends on beside files and variables; no more of it is kept than a digest. */
  readonly given: readonly string[];
}

/** What is to be known of a value that is remembered. */
export interface RememberedAbout {
  /** Absolute, of what was looked for. */
  readonly globs: readonly string[];
  /** Absolute, of what was run and not by `require`. */
  readonly files: readonly string[];
  /** Names in it that may be a variable's value, and are no secret. */
  readonly names: readonly string[];
}

interface Remembered {
  readonly circumstances: string;
  /** A digest. */
  readonly given: string;
  readonly inputs: LoadedInputs;
  /** Digests of the variables that were read, as they were before anything was loaded. */
  readonly variables: readonly (readonly [name: string, digest: string])[];
  readonly value: unknown;
}

const format = 2;

/** How long what lies on the disk is taken for the same: all that one command asks for before anybody answers. */
const lookMilliseconds = 1000;

/** Variables that what is loaded may depend on without asking for them. */
const alwaysRead = ["HOME", "LANG", "LC_ALL", "NODE_OPTIONS", "NODE_PATH", "TZ"];

/** Variables whose values are no secrets. */
const openVariables = new Set([...alwaysRead, "NODE_ENV", "PATH", "USER", "USERNAME"]);

/**
 * The memory of a project, for a process that loads it once. It is opened before anything of the project is loaded, and
 * from then on notes which variables are read.
 * @param name which of the memories of all projects it is
 * @param variables those that the project's files see, with what their `.env` adds
 */
export function openLoadingMemory(
  directory: string,
  name: readonly string[],
  variables: Variables,
): LoadingMemory {
  const environment = process.env;
  const seen: SeenVariables = { initial: { ...environment }, loading: { ...variables } };
  const observed = observeEnvironment();
  const dotenv = observeDotenv();
  let lookedAt = -Infinity;
  let disk = lookAtDisk();
  const currentDisk = (): DiskLook => {
    if (performance.now() - lookedAt > lookMilliseconds) {
      lookedAt = performance.now();
      disk = lookAtDisk();
    }
    return disk;
  };
  return {
    recall(subject) {
      const { path, files } = placeOf(directory, name, subject) ?? {};
      const found = path === undefined ? undefined : parse(files?.read(path));
      const isSame =
        files !== undefined &&
        found?.circumstances === circumstances() &&
        found.given === files.digest(JSON.stringify(subject.given)) &&
        found.variables.every(([variable, known]) => digestOf(files, seen, variable) === known) &&
        areUntouched(found.inputs, currentDisk());
      return isSame ? found.value : undefined;
    },
    remember(subject, value, { globs, files: runFiles, names: openNames }) {
      const { path, files } = placeOf(directory, name, subject) ?? {};
      const inputs =
        observed.isByName && dotenv.isByPath && files
          ? loadedInputs({ globs, runFiles, readFiles: [...dotenv.paths] }, performance.timeOrigin)
          : undefined;
      if (
        path === undefined ||
        files === undefined ||
        inputs === undefined ||
        holdsSecret(JSON.stringify(value), {
          names: observed.names,
          openNames,
          environments: [seen.initial, seen.loading, environment],
          others: [...dotenv.values],
        })
      ) {
        return;
      }
      const names = new Set([...alwaysRead, ...observed.names]);
      const digests = [...names].map((variable) => [variable, digestOf(files, seen, variable)] as const);
      const given = files.digest(JSON.stringify(subject.given));
      const record: Remembered = { circumstances: circumstances(), given, inputs, variables: digests, value };
      try {
        files.write(path, JSON.stringify(record));
      } catch {
        // It is loaded again the next time.
      }
    },
  };
}

/** Where it lies; undefined where nothing can be kept. */
function placeOf(
  directory: string,
  name: readonly string[],
  { kind }: LoadingSubject,
): { readonly path: string; readonly files: SealedFiles } | undefined {
  const folder = compiledFolder(directory);
  const files = folder === undefined ? undefined : sealedFiles(folder);
  const digest = createHash("sha1").update(name.join("\0")).digest("hex");
  return folder === undefined || files === undefined
    ? undefined
    : { path: join(folder, kind, `${digest}.json`), files };
}

/** The variables before anything of the project is loaded, which may change them itself. */
interface SeenVariables {
  /** Of the process: the configuration's files see these. */
  readonly initial: Variables;
  /** With those of a `.env`, which are set before the DataSource is loaded. */
  readonly loading: Variables;
}

function digestOf(files: SealedFiles, { initial, loading }: SeenVariables, variable: string): string {
  const values = [initial[variable] ?? null, loading[variable] ?? null];
  return files.digest(JSON.stringify([variable, ...values]));
}

/** This program, and what runs it. */
function circumstances(): string {
  const { version, platform, arch, execArgv } = process;
  const own = systemStamp(__filename)?.stamp ?? "";
  const forDotenv = process.argv.filter((argument) => argument.startsWith("dotenv_config_"));
  return [format, own, version, platform, arch, process.cwd(), ...execArgv, ...forDotenv].join("\0");
}

/** Whether the value of a variable that was read stands in a text, as where a column's default is taken from one. */
function holdsSecret(
  text: string,
  given: {
    readonly names: ReadonlySet<string>;
    readonly openNames: readonly string[];
    readonly environments: readonly Variables[];
    /** Values that are no variable's, or may not be. */
    readonly others: readonly string[];
  },
): boolean {
  const { names, openNames, environments, others } = given;
  const isHeld = (value: string): boolean =>
    value.length > 5 && !openNames.includes(value) && text.includes(JSON.stringify(value).slice(1, -1));
  const values = [...names]
    .filter((name) => !openVariables.has(name))
    .flatMap((name) => environments.map((each) => each[name] ?? ""));
  return [...values, ...others].some(isHeld);
}

/** It is sealed, so that it is what this program has written. */
function parse(contents: Buffer | undefined): Remembered | undefined {
  return contents === undefined ? undefined : (JSON.parse(contents.toString("utf8")) as Remembered);
}
