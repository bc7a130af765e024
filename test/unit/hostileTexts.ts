/** Texts that made something take quadratic time or worse, a megabyte of each. */
const size = 1_000_000;

function filled(unit: string): string {
  return unit.repeat(Math.ceil(size / unit.length));
}

/** What failures, logs and URLs may quote. */
export const hostileMessages: Readonly<Record<string, string>> = {
  hexadecimal: filled("deadbeef"),
  "one long word with blanks": filled("a b"),
  schemes: filled("a://"),
  "schemes of many characters": filled("a+"),
  "users without an end": filled("postgres://u:"),
  "users and hosts": filled("postgres://u:p@h"),
  "at signs": `postgres://u:${filled("@")}`,
  "quotes in a URL": `postgres://u:${filled("'")}`,
  "labels without a value": filled("password "),
  "labels with an open quote": filled("password='"),
  "SQL's labels": filled("PASSWORD 'a''b"),
  "parameters of a URL": `postgres://h/d?${filled("password=&")}`,
  blanks: filled(" "),
};

export const hostileIni: Readonly<Record<string, string>> = {
  "a line of blanks": `[alembic]\nkey = ${filled(" ")}x`,
  "blanks before a sign": `[alembic]\nkey${filled(" ")}x`,
  "many values of blanks": `[alembic]\n${filled(`key = ${" ".repeat(2_000)}x\n`)}`,
  "a value of many lines": `[alembic]\nkey =\n${filled(" x\n")}`,
  "open brackets": filled("[alembic\n"),
  sections: filled("[a]\n"),
  "many environments and defaults": `[DEFAULT]\n${keys(20_000)}${sections(20_000)}`,
  "names without an end": `[alembic]\nscript_location = ${filled("%(")}`,
  "names that stand for each other": `[alembic]\nscript_location = %(a0)s\n${laughs(9)}`,
  "many names for a long text": `[alembic]\n${laughs(4)}${Array.from({ length: 20_000 }, (_none, index) => `k${String(index)} = %(a0)s\n`).join("")}`,
  "hooks of many names": `[alembic]\n[post_write_hooks]\nhooks = ${filled("a,")}\n${keys(10_000)}`,
  tabs: `[alembic]\n${filled("\t")}`,
};

export const hostileToml: Readonly<Record<string, string>> = {
  "blanks and brackets": filled("\n\n["),
  blanks: filled("\n"),
  "almost a table": filled("[tool . \t"),
};

function keys(count: number): string {
  return Array.from({ length: count }, (_none, index) => `key${String(index)}.type = value\n`).join("");
}

function sections(count: number): string {
  return Array.from({ length: count }, (_none, index) => `[environment:e${String(index)}]\nurl = x\n`).join(
    "",
  );
}

/** Each name stands for ten of the next one. */
function laughs(count: number): string {
  return Array.from(
    { length: count },
    (_none, index) => `a${String(index)} = ${`%(a${String(index + 1)})s`.repeat(10)}\n`,
  )
    .join("")
    .concat(`a${String(count)} = ha\n`);
}

/** Revision files in TypeScript. */
export const hostileScripts: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    "comments of one line": filled("//'use strict'"),
    directives: filled("'use strict'"),
    "open comments": filled("/*"),
    "a comment of blanks": `/**${filled(" ")}*/`,
    "lines of a comment": `/**\n${filled(" * \n")}*/`,
    "a comment of asterisks": `/**${filled("*")}/`,
    brackets: filled("["),
    braces: filled("{"),
    parentheses: filled("("),
    "template after template": filled("`${"),
    quotes: filled('"'),
    backslashes: `"${filled("\\")}`,
    slashes: filled("/"),
    divisions: filled("a/"),
    exports: filled("export const x = 1;"),
    "list of ids": `export const down_revision = [${filled('"a",')}];\n`,
    "type parameters": filled("<a"),
    semicolons: filled(";"),
    "question marks and colons": filled("a?b:"),
    "written head": `/**\n${filled(" * x\n")} */\n`,
  }).map(([name, text]) => [
    name,
    `${text}\nexport const revision = "a1";\nexport const down_revision = null;\n`,
  ]),
);

export const hostilePython: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    "number signs": filled("#"),
    "number signs and blanks": filled("\t#"),
    "continued lines": filled("\\\n"),
    "open strings": filled('"""'),
    quotes: filled("'"),
    blanks: filled(" \n"),
    brackets: filled("["),
    "empty functions": filled("def upgrade():\n    pass ;  \n"),
    assignments: filled("revision = 'a'\n"),
  }).map(([name, text]) => [name, `${text}\nrevision = "a1"\ndown_revision = None\n`]),
);

/** SQL, for the lexers and for the splitting into statements. */
export const hostileSql: Readonly<Record<string, string>> = {
  "a long literal": `SELECT '${filled("x")}'`,
  "doubled quotes": `SELECT '${filled("''")}'`,
  "an escaped literal": `SELECT E'${filled("\\'")}'`,
  "open quotes": filled("'"),
  "open names": filled('"'),
  "open comments": filled("/*"),
  "comments of one line": filled("--\n"),
  "open dollars": filled("$a$ "),
  dollars: filled("$"),
  "tags without an end": filled("$a"),
  parentheses: filled("("),
  semicolons: filled(";"),
  statements: filled("SELECT 1;"),
  numbers: `SELECT 0${filled("_")}`,
  dots: filled("1."),
  words: filled("begin atomic case "),
  brackets: filled("["),
  backticks: filled("`"),
};
