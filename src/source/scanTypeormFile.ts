import { ScriptCursor } from "./scriptCursor";
import { CLOSE_BRACE, DOT, END, NAME, OPEN_BRACE, OPEN_PARENTHESIS, STRING } from "./scriptTokens";

const AT = 0x40;

/** What a file of a project has for TypeORM, as its text shows it. */
export interface TypeormFile {
  /** It makes a `DataSource` and exports something. */
  readonly hasDataSource: boolean;
  /** Classes that are decorated as entities. */
  readonly entities: readonly string[];
  /** Classes that TypeORM would take for migrations: with `up` and `down`, and a timestamp in the name. */
  readonly migrations: readonly string[];
}

const nothing: TypeormFile = { hasDataSource: false, entities: [], migrations: [] };
const entityDecorators: ReadonlySet<string> = new Set(["Entity", "ViewEntity", "ChildEntity"]);

/**
 * Reads what a TypeScript or JavaScript file has for TypeORM, from its text alone. A text that can't be read to its end
 * counts as far as it can be read.
 */
export function scanTypeormFile(text: string): TypeormFile {
  if (!/\btypeorm\b|\bMigrationInterface\b/.test(text)) {
    return nothing;
  }
  const found: Found = { entities: [], migrations: [], isEntity: false, makes: false, exports: false };
  let importsTypeorm = false;
  const cursor = new ScriptCursor(text);
  cursor.next();
  while (cursor.kind !== END) {
    importsTypeorm ||= cursor.kind === STRING && /^.(?:typeorm|@nestjs\/typeorm)(?:\/|.$)/.test(cursor.word);
    readToken(cursor, found);
  }
  return {
    hasDataSource: importsTypeorm && found.makes && found.exports,
    entities: importsTypeorm ? found.entities : [],
    migrations: found.migrations,
  };
}

interface Found {
  readonly entities: string[];
  readonly migrations: string[];
  /** An entity's decorator was read, and its class is yet to come. */
  isEntity: boolean;
  makes: boolean;
  exports: boolean;
}

/** Reads what begins at the present token, and moves on. */
function readToken(cursor: ScriptCursor, found: Found): void {
  if (cursor.kind === AT) {
    cursor.next();
    found.isEntity ||= cursor.kind === NAME && entityDecorators.has(cursor.word);
    return;
  }
  found.exports ||= cursor.isWord("export") || cursor.isWord("exports");
  if (cursor.kind !== NAME || cursor.previousKind === DOT) {
    cursor.next();
    return;
  }
  if (cursor.isWord("class")) {
    readClass(cursor, found);
  } else if (cursor.isWord("new")) {
    cursor.next();
    skipQualifier(cursor);
    found.makes ||= cursor.isWord("DataSource");
  } else {
    cursor.next();
  }
}

/** From `a.b.Name` moves to `Name`. */
function skipQualifier(cursor: ScriptCursor): void {
  while (cursor.kind === NAME && cursor.text.charCodeAt(cursor.end) === DOT) {
    cursor.next();
    cursor.next();
  }
}

/** At the word `class`: its name, what it implements, and the names of its members. */
function readClass(cursor: ScriptCursor, found: Found): void {
  const { isEntity } = found;
  found.isEntity = false;
  cursor.next();
  const name = cursor.kind === NAME ? cursor.word : "";
  let implementsMigration = false;
  while (cursor.kind !== END && cursor.kind !== OPEN_BRACE) {
    implementsMigration ||= cursor.isWord("MigrationInterface");
    cursor.next();
  }
  const members = readMembers(cursor);
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
function readMembers(cursor: ScriptCursor): {
  readonly names: ReadonlySet<string>;
  readonly givenName: string | undefined;
} {
  const names = new Set<string>();
  let givenName: string | undefined;
  let isNameGiven = false;
  cursor.next();
  while (cursor.kind !== END && cursor.kind !== CLOSE_BRACE) {
    if (cursor.kind === STRING && isNameGiven) {
      givenName = cursor.word.slice(1, -1);
      isNameGiven = false;
    }
    if (cursor.kind === NAME) {
      const word = cursor.word;
      isNameGiven ||= word === "name" && cursor.isFirstOnLine;
      cursor.next();
      if (cursor.kind === OPEN_PARENTHESIS) {
        names.add(word);
      }
    } else if (cursor.kind === OPEN_BRACE || cursor.kind === OPEN_PARENTHESIS) {
      cursor.skipNested();
    } else {
      cursor.next();
    }
  }
  cursor.next();
  return { names, givenName };
}

const testPath =
  /(?:^|\/)(?:tests?|e2e|spec|__tests__|__mocks__|fixtures)\/|[.-](?:test|spec|e2e-spec)\.[cm]?[jt]sx?$/i;
const usualName = /(?:^|\/)(?:[\w.-]*data-?source|ormconfig|typeorm[\w.-]*)\.[cm]?[jt]s$/i;

/**
 * Files that make a DataSource, the one that is most likely the application's first: by its name, and the nearest to the
 * project's folder. Those of tests are left out where there are others.
 * @param paths relative to the project's folder, with `/`
 */
export function rankDataSources(paths: readonly string[]): readonly string[] {
  const ofApplication = paths.filter((path) => !testPath.test(path));
  const wanted = ofApplication.length > 0 ? ofApplication : paths;
  const rank = (path: string): number => (usualName.test(path) ? 0 : 100) + path.split("/").length;
  return [...wanted].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** A file that may hold entities, migrations or a DataSource: TypeScript or JavaScript, and no declarations. */
export function mayHoldTypeorm(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
}
