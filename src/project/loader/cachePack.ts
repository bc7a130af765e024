import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { atExit } from "./atExit";
import { openCodePack, writeCodePack, type CodePack, type ModuleFunction } from "./codePack";
import type { ModuleFormat } from "./moduleKind";
import { indexSourceMap } from "./packSourceMap";
import type { SealedFiles } from "./sealedFiles";

/** A source file as it was compiled. */
export interface CompiledSource {
  /** The file, and all else that decides what it is compiled to. */
  readonly name: string;
  /** Changes with every write to the file. */
  readonly stamp: string;
  readonly format: ModuleFormat;
}

/** Cached texts of one folder of sources, which a few files hold together. */
export interface CachePack {
  /** The text under a key, from the pack or else from where `read` finds it. */
  get(key: string, read: () => string | undefined): string | undefined;
  /**
   * Adds a text that is new.
   * @returns whether the pack will hold it; where few are new it is not written, so that the text needs a file
   */
  add(key: string, text: string): boolean;
  /** The text of a source that has not been touched since it was noted. */
  getUntouched(source: CompiledSource): string | undefined;
  /** As `getUntouched`, ready to be run. */
  getFunction(source: CompiledSource): ModuleFunction | undefined;
  /** What leads from the places of such functions, as stack traces have them, to those of their sources. */
  sourceMap(): PackedSourceMap | undefined;
  /** Notes which text is that of a source, for as long as the files that it depends on stay as they are. */
  note(source: CompiledSource, key: string, dependencies?: readonly Dependency[]): void;
}

/** The source map of a script. */
export interface PackedSourceMap {
  readonly script: string;
  /** As JSON. */
  readonly map: string;
}

/** A file by whose types another was compiled, and its stamp. */
export type Dependency = readonly [path: string, stamp: string];

/** Tells the stamp of a file that a source depends on; undefined where it is not there. */
export type StampOf = (path: string) => string | undefined;

/** By the name of a source. */
type Sources = Map<string, NotedSource>;

type NotedSource = readonly [stamp: string, key: string, format: string, dependencies: readonly Dependency[]];

interface PackIndex {
  readonly sources: Sources;
  /** The script of those that are CommonJS, and their keys in its order. */
  readonly code: { readonly id: string; readonly keys: ReadonlyMap<string, number> } | undefined;
}

/** Fewer are as quick to read one by one. */
const fewestPacked = 32;

/** How long nothing is added before the pack is written, in milliseconds: files are loaded together. */
const settledMilliseconds = 1000;

/**
 * Opens the pack of a folder: to open a file takes longer than all else that is done with a small one. When much was not
 * in the pack, it is written anew: once nothing more is added, and when the process ends.
 * @param folder where the pack lies
 */
export function openCachePack(folder: string, files: SealedFiles, stampOf: StampOf): CachePack {
  return new FolderPack(join(folder, "pack"), files, stampOf);
}

class FolderPack implements CachePack {
  readonly #index: PackIndex;
  readonly #used = { keys: new Set<string>(), sources: new Map() as Sources };
  readonly #added = new Map<string, string>();
  #packed: ReadonlyMap<string, string> | undefined;
  #code: CodePack | undefined;
  #changes = 0;
  #isWritten = true;
  #writing: NodeJS.Timeout | undefined;

  constructor(
    readonly stem: string,
    readonly files: SealedFiles,
    readonly stampOf: StampOf,
  ) {
    this.#index = readIndex(stem, files);
  }

  get(key: string, read: () => string | undefined): string | undefined {
    const known = this.#packedText(key);
    if (known !== undefined) {
      this.#used.keys.add(key);
      return known;
    }
    const text = read();
    if (text !== undefined) {
      this.add(key, text);
    }
    return text;
  }

  add(key: string, text: string): boolean {
    this.#used.keys.add(key);
    this.#added.set(key, text);
    this.#countChange();
    return this.#changes >= fewestPacked;
  }

  getUntouched(source: CompiledSource): string | undefined {
    const found = this.#noted(source);
    const text = found === undefined ? undefined : this.#packedText(found[1]);
    if (found !== undefined && text !== undefined) {
      this.#use(source, found[1], found[3]);
    }
    return text;
  }

  getFunction(source: CompiledSource): ModuleFunction | undefined {
    const { code } = this.#index;
    const found = this.#noted(source);
    const position = found === undefined ? undefined : code?.keys.get(found[1]);
    if (found === undefined || position === undefined || code === undefined) {
      return undefined;
    }
    this.#code ??= openCodePack(this.stem, code.id, this.files);
    this.#use(source, found[1], found[3]);
    return this.#code.functions[position];
  }

  sourceMap(): PackedSourceMap | undefined {
    const { code, sources } = this.#index;
    if (this.#code === undefined || code === undefined) {
      return undefined;
    }
    const files = new Map([...sources].map(([name, [, key]]) => [key, fileOf(name)]));
    const places = this.#code.places();
    const sections = [...code.keys].map(([key, position]) => ({
      place: places[position],
      file: files.get(key),
      text: this.#packedText(key),
    }));
    return { script: this.#code.path, map: indexSourceMap(sections) };
  }

  note(source: CompiledSource, key: string, dependencies: readonly Dependency[] = []): void {
    this.#use(source, key, dependencies);
    this.#countChange();
  }

  #packedText(key: string): string | undefined {
    this.#packed ??= readTexts(this.stem, this.files);
    return this.#packed.get(key);
  }

  #noted({ name, stamp }: CompiledSource): NotedSource | undefined {
    const source = this.#index.sources.get(name);
    const isSame = source?.[0] === stamp && source[3].every(([path, known]) => this.stampOf(path) === known);
    return isSame ? source : undefined;
  }

  #use({ name, stamp, format }: CompiledSource, key: string, dependencies: readonly Dependency[]): void {
    this.#used.sources.set(name, [stamp, key, format, dependencies]);
    this.#used.keys.add(key);
  }

  #countChange(): void {
    this.#changes += 1;
    if (this.#changes === fewestPacked) {
      atExit(() => this.#write());
    }
    if (this.#changes >= fewestPacked) {
      this.#isWritten = false;
      clearTimeout(this.#writing);
      this.#writing = setTimeout(() => this.#write(), settledMilliseconds).unref();
    }
  }

  #write(): void {
    clearTimeout(this.#writing);
    if (this.#isWritten) {
      return;
    }
    this.#isWritten = true;
    const sources = new Map([...this.#unused(), ...this.#used.sources]);
    const keys = new Set([...this.#used.keys, ...[...sources.values()].map(([, key]) => key)]);
    // A key without its text is left out: an empty file in its place would pass for one that exports nothing.
    const texts = [...keys].flatMap((key) => {
      const text = this.#added.get(key) ?? this.#packedText(key);
      return text === undefined ? [] : [[key, text] as const];
    });
    writePack({ stem: this.stem, files: this.files }, new Map(texts), sources);
  }

  /** What the pack had before, of files that are still there, and that this process had no use for. */
  #unused(): Sources {
    const used = new Set([...this.#used.sources.keys()].map(fileOf));
    const unused = [...this.#index.sources].filter(([name]) => {
      const file = fileOf(name);
      return !used.has(file) && existsSync(file);
    });
    return new Map(unused);
  }
}

/** A source's name ends with its file. */
function fileOf(name: string): string {
  return name.slice(name.lastIndexOf("\0") + 1);
}

function readIndex(stem: string, files: SealedFiles): PackIndex {
  const { sources, code, keys } = readRecord(`${stem}.index.json`, files);
  const read: Sources = new Map();
  for (const [name, source] of entriesOf(sources)) {
    if (Array.isArray(source)) {
      const [stamp, key, format, dependencies] = source as unknown[];
      read.set(name, [String(stamp), String(key), String(format), readDependencies(dependencies)]);
    }
  }
  return {
    sources: read,
    code:
      typeof code === "string" && Array.isArray(keys)
        ? { id: code, keys: new Map(keys.map((key, position) => [String(key), position])) }
        : undefined,
  };
}

function readDependencies(value: unknown): readonly Dependency[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.flatMap((each) => (Array.isArray(each) ? [[String(each[0]), String(each[1])] as const] : []));
}

function readTexts(stem: string, files: SealedFiles): ReadonlyMap<string, string> {
  const entries = entriesOf(readRecord(`${stem}.texts.json`, files)).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return new Map(entries);
}

/** Empty where there is none, or it is damaged: what it would hold is read one by one. */
function readRecord(path: string, files: SealedFiles): Readonly<Record<string, unknown>> {
  try {
    return Object.fromEntries(entriesOf(JSON.parse(files.read(path)?.toString("utf8") ?? "")));
  } catch {
    return {};
  }
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** A cache that can't be written costs time only, so failures are not reported. */
function writePack(
  { stem, files }: { readonly stem: string; readonly files: SealedFiles },
  texts: ReadonlyMap<string, string>,
  used: Sources,
): void {
  const sources = new Map([...used].filter(([, [, key]]) => texts.has(key)));
  const bodies = new Map(
    [...sources.values()].flatMap(([, key, format]) => {
      const text = format === "commonjs" ? texts.get(key) : undefined;
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
  try {
    const code = bodies.size === 0 ? undefined : writeCodePack(stem, [...bodies.values()], files);
    const index = { sources: Object.fromEntries(sources), code, keys: [...bodies.keys()] };
    files.write(`${stem}.texts.json`, JSON.stringify(Object.fromEntries(texts)));
    files.write(`${stem}.index.json`, JSON.stringify(index));
    removeOtherCode(stem, code);
  } catch {
    return;
  }
}

function removeOtherCode(stem: string, code: string | undefined): void {
  const own = `${basename(stem)}.`;
  for (const name of readdirSync(dirname(stem))) {
    if (name.startsWith(own) && /\.jsc?$/.test(name) && !(code !== undefined && name.includes(code))) {
      rmSync(join(dirname(stem), name), { force: true });
    }
  }
}
