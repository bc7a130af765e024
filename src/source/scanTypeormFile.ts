import { TokenReader } from "./tokenReader";

/** What a file of a project has for TypeORM, as its text shows it. */
export interface TypeormFile {
  /** Whether it makes a `DataSource` and exports something: when it is loaded, or when a function of it is called. */
  readonly dataSource: "made" | "in a function" | undefined;
  /** Classes that are decorated as entities. */
  readonly entities: readonly string[];
  /** Classes that TypeORM would take for migrations: with `up` and `down`, and a timestamp in the name. */
  readonly migrations: readonly string[];
}

const nothing: TypeormFile = { dataSource: undefined, entities: [], migrations: [] };
const entityDecorators: ReadonlySet<string> = new Set(["Entity", "ViewEntity", "ChildEntity"]);

/** The name of TypeORM's package in quotes, or that of a fork or a companion: `@n8n/typeorm`, `@nestjs/typeorm`. */
const typeormModule = /^.(?:@[\w.-]+\/)?typeorm(?:\/|.$)/;

/**
 * Reads what a TypeScript or JavaScript file has for TypeORM, from its text alone. A text that can't be read to its end
 * counts as far as it can be read.
 */
export function scanTypeormFile(text: string): TypeormFile {
  if (!/\btypeorm\b|\bMigrationInterface\b/.test(text)) {
    return nothing;
  }
  const found: Found = {
    entities: [],
    migrations: [],
    isEntity: false,
    dataSource: undefined,
    exports: false,
  };
  let importsTypeorm = false;
  const tokens = new TokenReader(text);
  while (!tokens.isAtEnd()) {
    importsTypeorm ||= tokens.isString && typeormModule.test(tokens.word());
    readToken(tokens, found);
  }
  return {
    dataSource: importsTypeorm && found.exports ? found.dataSource : undefined,
    entities: importsTypeorm ? found.entities : [],
    migrations: found.migrations,
  };
}

interface Found {
  readonly entities: string[];
  readonly migrations: string[];
  /** An entity's decorator was read, and its class is yet to come. */
  isEntity: boolean;
  dataSource: TypeormFile["dataSource"];
  exports: boolean;
}

/** Reads what begins at the present token, and moves on. */
function readToken(tokens: TokenReader, found: Found): void {
  if (tokens.skip("@")) {
    found.isEntity ||= entityDecorators.has(tokens.word());
    return;
  }
  const word = tokens.word();
  found.exports ||= word === "export" || word === "exports";
  const isMember = tokens.previous === ".";
  const isInFunction = tokens.isNested || tokens.previous === "=>";
  if (word === "class" && !isMember) {
    readClass(tokens, found);
    return;
  }
  tokens.next();
  if (word === "new" && !isMember && lastOfQualified(tokens) === "DataSource") {
    found.dataSource = isInFunction ? (found.dataSource ?? "in a function") : "made";
  }
}

/** From `a.b.Name`, at which the reader is, gives `Name`. */
function lastOfQualified(tokens: TokenReader): string {
  let name;
  do {
    name = tokens.word();
    tokens.next();
  } while (tokens.skip("."));
  return name;
}

/** At the word `class`: its name, what it implements, and the names of its members. */
function readClass(tokens: TokenReader, found: Found): void {
  const { isEntity } = found;
  found.isEntity = false;
  tokens.next();
  const name = tokens.isName ? tokens.word() : "";
  let implementsMigration = false;
  while (!tokens.isAtEnd() && tokens.word() !== "{") {
    implementsMigration ||= tokens.word() === "MigrationInterface";
    tokens.next();
  }
  const members = readMembers(tokens);
  if (isEntity && name !== "") {
    found.entities.push(name);
  }
  const hasSteps = members.names.has("up") && members.names.has("down");
  const hasTimestamp = /\d{13}$/.test(members.givenName ?? name);
  if (hasSteps && hasTimestamp && (implementsMigration || !isEntity)) {
    found.migrations.push(members.givenName ?? name);
  }
}

/** At the brace of a class's body: the names of its methods, and the text of `name = "…"`; ends after the body. */
function readMembers(tokens: TokenReader): {
  readonly names: ReadonlySet<string>;
  readonly givenName: string | undefined;
} {
  const names = new Set<string>();
  let givenName: string | undefined;
  let isNameGiven = false;
  tokens.next();
  while (!tokens.isAtEnd() && tokens.word() !== "}") {
    if (tokens.isString && isNameGiven) {
      givenName = tokens.word().slice(1, -1);
      isNameGiven = false;
    }
    if (tokens.isName) {
      const word = tokens.word();
      isNameGiven ||= word === "name" && tokens.isFirstOnLine;
      tokens.next();
      if (tokens.word() === "(") {
        names.add(word);
      }
    } else {
      tokens.skipWhole();
    }
  }
  tokens.next();
  return { names, givenName };
}

const testPath =
  /(?:^|\/)(?:tests?|e2e|spec|__tests__|__mocks__|fixtures)\/|[.-](?:test|spec|e2e-spec)\.[cm]?[jt]sx?$/i;
const usualName = /(?:^|\/)(?:[\w.-]*data-?source|ormconfig|typeorm[\w.-]*)\.[cm]?[jt]s$/i;

/** A file that makes a DataSource. */
export interface DataSourceFile {
  /** Relative to the project's folder, with `/`. */
  readonly path: string;
  readonly dataSource: NonNullable<TypeormFile["dataSource"]>;
}

/**
 * Files that make a DataSource, the one that is most likely the application's first: one that has it made when it is
 * loaded; by its name, and the nearest to the project's folder. Those of tests are left out where there are others.
 * @returns their paths
 */
export function rankDataSources(files: readonly DataSourceFile[]): readonly string[] {
  const ofApplication = files.filter(({ path }) => !testPath.test(path));
  const wanted = ofApplication.length > 0 ? ofApplication : files;
  const rank = ({ path, dataSource }: DataSourceFile): number =>
    (dataSource === "made" ? 0 : 1000) + (usualName.test(path) ? 0 : 100) + path.split("/").length;
  return [...wanted].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1)).map(({ path }) => path);
}

/** A file that may hold entities, migrations or a DataSource: TypeScript or JavaScript, and no declarations. */
export function mayHoldTypeorm(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
}
