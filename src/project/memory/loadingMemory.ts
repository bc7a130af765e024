import { createHash } from "node:crypto";
import { join } from "node:path";
import { systemStamp } from "../loader/loadedFiles";
import type { SealedFiles } from "../loader/sealedFiles";
import { compiledFolder, sealedFiles } from "../loader/transpileCache";
import { areUntouched, loadedInputs, type LoadedInputs } from "./loadedInputs";
import { observeEnvironment } from "./observedEnvironment";

/**
 * What the project's files gave when they were loaded, for the next process: as long as nothing is otherwise of all that
 * they depend on, they need not be loaded again. It lies in the user's own cache, sealed, and holds no value of a variable.
 */
export interface LoadingMemory {
  /** What was remembered; undefined where there is nothing, or it may be otherwise by now. */
  recall(): unknown;
  /**
   * Remembers a value that JSON can hold, where what was loaded so far is known to give it again.
   */
  remember(value: unknown, about: RememberedAbout): void;
}

/** What is to be known of a value that is remembered. */
export interface RememberedAbout {
  /** Absolute, of what was looked for. */
  readonly globs: readonly string[];
  /** Names in it that may be a variable's value, and are no secret. */
  readonly names: readonly string[];
}

interface Remembered {
  readonly circumstances: string;
  readonly inputs: LoadedInputs;
  /** Digests of the variables that were read; null for one that was not set. */
  readonly variables: readonly (readonly [name: string, digest: string | null])[];
  readonly value: unknown;
}

const format = 1;

/** Variables that what is loaded may depend on without asking for them. */
const alwaysRead = ["LANG", "LC_ALL", "NODE_OPTIONS", "NODE_PATH", "TZ"];

/** Variables whose values are no secrets. */
const openVariables = new Set([...alwaysRead, "HOME", "NODE_ENV", "PATH", "USER", "USERNAME"]);

/**
 * The memory of a project, for a process that loads it once. It is opened before anything of the project is loaded, and
 * from then on notes which variables are read.
 * @param name what is remembered, and all that it depends on beside files and variables
 */
export function openLoadingMemory(directory: string, name: readonly string[]): LoadingMemory {
  const environment = process.env;
  const observed = observeEnvironment();
  return {
    recall() {
      const { path, files } = placeOf(directory, name) ?? {};
      const found = path === undefined ? undefined : parse(files?.read(path));
      const isSame =
        found?.circumstances === circumstances() &&
        found.variables.every(([variable, known]) => digestOf(files, environment, variable) === known) &&
        areUntouched(found.inputs);
      return isSame ? found.value : undefined;
    },
    remember(value, { globs, names: openNames }) {
      const { path, files } = placeOf(directory, name) ?? {};
      const inputs = observed.isByName && files ? loadedInputs(globs, performance.timeOrigin) : undefined;
      if (
        path === undefined ||
        inputs === undefined ||
        holdsSecret(JSON.stringify(value), { names: observed.names, openNames, environment })
      ) {
        return;
      }
      const names = new Set([...alwaysRead, ...observed.names]);
      const variables = [...names].map(
        (variable) => [variable, digestOf(files, environment, variable)] as const,
      );
      const record: Remembered = { circumstances: circumstances(), inputs, variables, value };
      try {
        files?.write(path, JSON.stringify(record));
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
): { readonly path: string; readonly files: SealedFiles } | undefined {
  const folder = compiledFolder(directory);
  const files = folder === undefined ? undefined : sealedFiles(folder);
  const digest = createHash("sha1").update(name.join("\0")).digest("hex");
  return folder === undefined || files === undefined
    ? undefined
    : { path: join(folder, "entities", `${digest}.json`), files };
}

function digestOf(
  files: SealedFiles | undefined,
  environment: NodeJS.ProcessEnv,
  variable: string,
): string | null {
  const value = environment[variable];
  return value === undefined ? null : (files?.digest(`${variable}=${value}`) ?? null);
}

/** This program, and what runs it. */
function circumstances(): string {
  const { version, platform, arch, execArgv } = process;
  const own = systemStamp(__filename)?.stamp ?? "";
  return [format, own, version, platform, arch, process.cwd(), ...execArgv].join("\0");
}

/** Whether the value of a variable that was read stands in a text, as where a column's default is taken from one. */
function holdsSecret(
  text: string,
  given: {
    readonly names: ReadonlySet<string>;
    readonly openNames: readonly string[];
    readonly environment: NodeJS.ProcessEnv;
  },
): boolean {
  const { names, openNames, environment } = given;
  return [...names].some((name) => {
    const value = environment[name] ?? "";
    return (
      value.length > 5 &&
      !openVariables.has(name) &&
      !openNames.includes(value) &&
      text.includes(JSON.stringify(value).slice(1, -1))
    );
  });
}

/** It is sealed, so that it is what this program has written. */
function parse(contents: Buffer | undefined): Remembered | undefined {
  return contents === undefined ? undefined : (JSON.parse(contents.toString("utf8")) as Remembered);
}
