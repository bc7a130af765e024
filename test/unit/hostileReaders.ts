import assert from "node:assert/strict";
import { secretsOfUrl } from "../../src/extension/shared/redact";
import { OperationError } from "../../src/operations/operationError";
import { ConfigError } from "../../src/project/errors";
import { redactSecrets } from "../../src/project/redact";
import { readStaticConfig } from "../../src/project/staticConfig";
import { scanHeader } from "../../src/source/scanHeader";
import { scanWrittenRevision } from "../../src/source/scanWrittenRevision";
import { splitStatements } from "../../src/sql/splitStatements";
import { sqliteTokens } from "../../src/sql/sqlite/tokens";
import {
  hostileIni,
  hostileMessages,
  hostilePython,
  hostileScripts,
  hostileSql,
  hostileToml,
} from "./hostileTexts";

function readConfig(name: string): (text: string) => unknown {
  return (text) => {
    try {
      return readStaticConfig(text, `/p/${name}`);
    } catch (error) {
      assert.ok(error instanceof ConfigError);
      return undefined;
    }
  };
}

/** A comment that is not closed is refused, which takes no longer. */
function split(text: string): unknown {
  try {
    return splitStatements(text);
  } catch (error) {
    assert.ok(error instanceof OperationError);
    return undefined;
  }
}

/** What reads texts of others, with the texts that are meant to hold it up. */
export const hostileReaders: readonly (readonly [
  string,
  Readonly<Record<string, string>>,
  (text: string) => unknown,
])[] = [
  ["leaving out passwords", hostileMessages, (text) => redactSecrets(text, ["secret"])],
  ["finding the password of a URL", hostileMessages, secretsOfUrl],
  ["reading an ini file", hostileIni, readConfig("alembic.ini")],
  ["reading TOML", hostileToml, readConfig("pyproject.toml")],
  ["scanning TypeScript", hostileScripts, (text) => scanHeader(text, "/p/a.ts")],
  ["scanning a written head", hostileScripts, (text) => scanWrittenRevision(text, "/p/a.ts")],
  ["scanning Python", hostilePython, (text) => scanHeader(text, "/p/a.py")],
  ["splitting SQL", hostileSql, split],
  ["reading SQLite's SQL", hostileSql, (text) => [...sqliteTokens(text)]],
];
