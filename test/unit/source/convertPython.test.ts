import assert from "node:assert/strict";
import { convertRevision } from "../../../src/source/python/convert/convertRevision";

const imports = `from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg
`;

function pythonFile(upgrade: string, more = ""): string {
  const body = upgrade
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`))
    .join("\n");
  return `"""Message\n\nRevision ID: a1\n"""\n${imports}\nrevision = 'a1'\ndown_revision = None\n${more}\n\ndef upgrade():\n${body}\n\n\ndef downgrade():\n    pass\n`;
}

/** The statements of `upgrade`, and why some are left to do by hand. */
function convertUpgrade(text: string): { readonly code: string; readonly reasons: readonly string[] } {
  const converted = convertRevision({ text, fileName: "a1.py", namingConvention: {} });
  assert.equal(converted.kind, "converted");
  const code = /async function upgrade\([^)]*\): Promise<void> \{\n?([^]*?)\}\n\nexport/.exec(
    converted.text,
  )?.[1];
  assert.ok(code !== undefined, converted.text);
  return {
    code: code.replace(/^ {2}/gm, "").trimEnd(),
    reasons: converted.byHand.map(({ reason }) => reason),
  };
}

const conversions: readonly (readonly [name: string, python: string, typescript: string])[] = [
  ["a table that is dropped", "op.drop_table('t', schema='s')", 'await op.dropTable("t", { schema: "s" });'],
  [
    "names that are written elsewhere",
    "t = 't'\nlength = 20\nop.add_column(t, sa.Column('c', sa.String(length)))",
    'await op.addColumn("t", "c", { type: "varchar(20)" });',
  ],
  [
    "arguments by their names",
    "op.create_index(index_name='i', table_name='t', columns=['a'], unique=True)",
    'await op.createIndex("i", "t", ["a"], { unique: true });',
  ],
  [
    "options of other databases",
    "op.create_index('i', 't', ['a'], mysql_length=3, postgresql_concurrently=True)",
    'await op.createIndex("i", "t", ["a"], { concurrently: true });',
  ],
  [
    "statements outside a transaction",
    "with op.get_context().autocommit_block():\n    op.execute('VACUUM t')",
    'await op.autocommitBlock(async () => {\n  await op.execute("VACUUM t");\n});',
  ],
  ["comments", "# why\nop.drop_column('t', 'c')", '// why\nawait op.dropColumn("t", "c");'],
  [
    "values of SQLAlchemy's expressions by their whole path",
    "op.add_column('t', sa.Column('b', sa.Boolean, server_default=sa.sql.expression.true()))",
    'await op.addColumn("t", "b", { type: "boolean", default: sql`true` });',
  ],
  [
    "a type that had no check",
    "op.alter_column('t', 'c', type_=sa.Text(), existing_type=sa.Enum('x', name='e', create_constraint=True))",
    'await op.alterColumn("t", "c", { type: "text", existingType: "e" });',
  ],
  [
    "a batch, in a project without a naming convention",
    "with op.batch_alter_table('t') as batch_op:\n    batch_op.drop_column('c')",
    'await op.batchAlterTable("t", async (batch) => {\n  await batch.dropColumn("c");\n});',
  ],
  [
    "indexes among the parts of a table",
    "op.create_table('t', sa.Column('a', sa.Boolean(create_constraint=True, name='ck_a')), sa.Column('b', sa.Text, quote=True),\n  sa.Index('ix_t', 'a', sa.text('lower(b)'), unique=True, postgresql_where=sa.text('a')), schema='s')",
    'await op.createTable("t", {\n  columns: { a: { type: "boolean" }, b: { type: "text" } },\n  schema: "s",\n});\nawait op.createIndex("ix_t", "t", ["a", sql`lower(b)`], {\n  unique: true,\n  where: sql`a`,\n  schema: "s",\n});',
  ],
  [
    "what only MySQL takes notice of",
    "op.alter_column('t', 'c', nullable=True, autoincrement=False)",
    'await op.alterColumn("t", "c", { nullable: true });',
  ],
  ["a return at the end", "op.drop_column('t', 'c')\nreturn None", 'await op.dropColumn("t", "c");'],
  [
    "strings of several parts",
    "op.execute('SELECT 1 '\n           \"WHERE 'a' = 'a'\")",
    "await op.execute(\"SELECT 1 WHERE 'a' = 'a'\");",
  ],
  ["backslashes of a raw string", "op.execute(r\"SELECT '\\d'\")", "await op.execute(sql`SELECT '\\\\d'`);"],
  [
    "casts, which are no parameters",
    "op.execute(\"SELECT '1'::integer, '12:30', '\\\\:x'\")",
    "await op.execute(\"SELECT '1'::integer, '12:30', ':x'\");",
  ],
  [
    "a default that is a text",
    "op.alter_column('t', 'c', server_default='now()')",
    'await op.alterColumn("t", "c", { default: "now()" });',
  ],
  [
    "a default that is dropped, and what was before",
    "op.alter_column('t', 'c', server_default=None, existing_type=sa.Text(), existing_server_default=f())",
    'await op.alterColumn("t", "c", { default: null, existingType: "text" });',
  ],
  [
    "JSON rows",
    "op.bulk_insert(sa.table('t', sa.column('j', pg.JSONB)), [{'j': {'a': [1, None, True]}}])",
    `await op.bulkInsert("t", [{ j: '{"a":[1,null,true]}' }]);`,
  ],
  [
    "rows of a table whose MetaData has a schema",
    "op.bulk_insert(sa.Table('t', sa.MetaData(schema='s'), sa.Column('a', sa.Text)), [{'a': 'x'}])",
    'await op.bulkInsert("t", [{ a: "x" }], { schema: "s" });',
  ],
  [
    "numbers for truth values",
    "op.bulk_insert(sa.table('t', sa.column('b', sa.Boolean), sa.column('c', sa.Boolean)), [{'b': 1, 'c': 0}, {'b': True, 'c': None}])",
    'await op.bulkInsert("t", [\n  { b: true, c: false },\n  { b: true, c: null },\n]);',
  ],
  [
    "rows with an enum of labels",
    "op.bulk_insert(sa.table('t', sa.column('e', sa.Enum('x', 'y'))), [{'e': 'x'}])",
    'await op.bulkInsert("t", [{ e: "x" }]);',
  ],
  [
    "imports of the function",
    "from sqlalchemy.sql import column, table\nt = table('t', column('a'))\nop.bulk_insert(t, [{'a': 1}])",
    'await op.bulkInsert("t", [{ a: 1 }]);',
  ],
  [
    "a statement in a schema's table",
    "op.rename_table('a', 'b', schema='s')",
    'await op.renameTable("a", "b", { schema: "s" });',
  ],
];

const refusals: readonly (readonly [name: string, python: string, reason: string])[] = [
  [
    "storage parameters that are not written out",
    "op.create_index('i', 't', ['a'], postgresql_with=dict(fillfactor=70))",
    "postgresql_with is not written out",
  ],
  [
    "a name that is not to be quoted",
    "op.add_column('t', sa.Column('Mixed', sa.Text, quote=False))",
    "quote=False is not converted",
  ],
  [
    "an index of a table whose columns are not written out",
    "op.create_table('t', sa.Column('a', sa.Text), sa.Index('i', *COLUMNS))",
    "a part of the table is not written out",
  ],
  [
    "covered columns that are not written out",
    "op.create_index('i', 't', ['a'], postgresql_include=['b', *MORE])",
    "postgresql_include is not a plain list of strings",
  ],
  [
    "a type whose check goes with it",
    "op.alter_column('t', 'c', type_=sa.Text(), existing_type=sa.Enum('x', name='e', native_enum=False, create_constraint=True))",
    "the check constraint of existing_type goes with the type",
  ],
  ["a loop", "for t in ('a', 'b'):\n    op.drop_table(t)", "only calls of `op` are converted"],
  ["a condition", "if True:\n    op.drop_table('t')", "only calls of `op` are converted"],
  ["a call of something else", "print('x')", "it is not a call that can be read"],
  [
    "rows that are read",
    "rows = op.get_bind().execute(sa.text('SELECT 1')).fetchall()",
    "the value of rows can't be told without running it",
  ],
  [
    "a statement with parameters",
    "op.execute(sa.text('DELETE FROM t WHERE a = :a').bindparams(a=1))",
    "the statement is not a plain string or sa.text(…)",
  ],
  ["a parameter in a string", "op.execute('DELETE FROM t WHERE a = :a')", "the SQL has a parameter :a"],
  [
    "values for parameters",
    "op.get_bind().execute(sa.text('SELECT 1'), {'a': 1})",
    "execute has more arguments than expected",
  ],
  [
    "a statement that is computed",
    "op.execute(sa.update(t).values(a=1))",
    "the statement is not a plain string or sa.text(…)",
  ],
  [
    "an f-string with an unknown value",
    "op.execute(f'DROP TABLE {name}')",
    "the statement is not a plain string or sa.text(…)",
  ],
  ["an operation that is not known", "op.frobnicate('t')", "alembic.op.frobnicate is not converted"],
  ["an option that is not known", "op.drop_column('t', 'c', magic=True)", "magic is not converted"],
  [
    "a type that is not known",
    "op.add_column('t', sa.Column('c', MyType()))",
    "the type of a column is not written out",
  ],
  [
    "an enum of a class",
    "op.add_column('t', sa.Column('c', sa.Enum(Mood, name='mood')))",
    "a value of the enum mood is not a plain string",
  ],
  ["columns that are spread", "op.create_table('t', *columns)", "it is not a call that can be read"],
  [
    "rows with different columns",
    "op.bulk_insert(sa.table('t', sa.column('a'), sa.column('b')), [{'a': 1}, {'b': 1}])",
    "the rows have different columns",
  ],
  [
    "rows of a table with a default of Python",
    "op.bulk_insert(sa.table('t', sa.Column('a', sa.Integer, default=1)), [{'a': 1}])",
    "a column of the table has a default or a key of Python",
  ],
  [
    "rows with a type of the project",
    "from app.types import Secret\nop.bulk_insert(sa.table('t', sa.column('a', Secret())), [{'a': 'x'}])",
    "the type app.types.Secret is not converted",
  ],
  [
    "rows with pickled values",
    "op.bulk_insert(sa.table('t', sa.column('a', sa.PickleType)), [{'a': 'x'}])",
    "the type sqlalchemy.PickleType is not converted",
  ],
  [
    "rows with an enum of the project",
    "from app.types import Kind\nop.bulk_insert(sa.table('t', sa.column('a', sa.Enum(Kind, name='kind'))), [{'a': 'x'}])",
    "a value of the enum kind is not a plain string",
  ],
  [
    "a number that is not a truth value",
    "op.bulk_insert(sa.table('t', sa.column('b', sa.Boolean)), [{'b': 2}])",
    "the value of b is not converted",
  ],
  [
    "rows of a table with MetaData of the project",
    "from app import metadata\nop.bulk_insert(sa.Table('t', metadata, sa.Column('a', sa.Text)), [{'a': 'x'}])",
    "the MetaData of the table is not written out",
  ],
  [
    "a list that a function changes",
    "rows = [{'a': 1}]\ndef add(n):\n    rows.append({'a': n})\nadd(2)\nop.bulk_insert(sa.table('t', sa.column('a')), rows)",
    "only calls of `op` are converted; it is not a call that can be read; the rows are not written out",
  ],
  [
    "a batch with a loop",
    "with op.batch_alter_table('t') as b:\n    b.drop_column('c')\n    for x in y:\n        b.drop_column(x)",
    "a batch with something other than its own calls is not converted",
  ],
  ["a return in the middle", "return\nop.drop_table('t')", "it returns before the end"],
  [
    "an import that is given away",
    "for op in ops:\n    pass\nop.drop_table('t')",
    "only calls of `op` are converted; it is not a call that can be read",
  ],
  [
    "a list that grows",
    "c = ['a']\nc.append('b')\nop.create_index('i', 't', c)",
    "it is not a call that can be read; the columns of an index are not written out",
  ],
  [
    "a column added as a key",
    "op.add_column('t', sa.Column('id', sa.Integer, primary_key=True))",
    "id is added as a primary key",
  ],
  [
    "an identity of a sequence",
    "op.create_table('t', sa.Column('id', sa.Integer, sa.Sequence('s'), primary_key=True))",
    "sqlalchemy.Sequence in a column is not converted",
  ],
];

describe("the conversion of a Python revision", () => {
  for (const [name, python, typescript] of conversions) {
    it(`has ${name}`, () => {
      assert.deepEqual(convertUpgrade(pythonFile(python)), { code: typescript, reasons: [] });
    });
  }

  for (const [name, python, reason] of refusals) {
    it(`refuses ${name}, and throws there`, () => {
      const { code, reasons } = convertUpgrade(pythonFile(python));
      assert.equal(reasons[0], reason);
      assert.match(code, /^\/\/ To be converted by hand:$/m);
      assert.match(code, /^throw new Error\(/m);
      for (const line of python.split("\n").filter((text) => !/^(?:c = |from )/.test(text))) {
        assert.ok(
          code.includes(`//   ${line}`) || code.includes("await op."),
          `${line} is missing in ${code}`,
        );
      }
    });
  }

  it("keeps what a refused line uses, and goes on after it", () => {
    const helper = "ROLES = load()\n\n\ndef add(name):\n    op.execute(name + str(ROLES))\n";
    const { code } = convertUpgrade(
      pythonFile("op.drop_table('a')\nadd('x')\nadd('y')\nop.drop_table('b')", helper),
    );
    assert.equal(
      code,
      [
        'await op.dropTable("a");',
        "// To be converted by hand:",
        "//   add('x')",
        "//   add('y')",
        "// It uses:",
        "//   ROLES = load()",
        "//   def add(name):",
        "//       op.execute(name + str(ROLES))",
        'throw new Error("Convert lines 20 to 21 of a1.py by hand: it is not a call that can be read.");',
        'await op.dropTable("b");',
      ].join("\n"),
    );
  });

  it("gives every reason of lines that stand together", () => {
    const { reasons } = convertUpgrade(pythonFile("op.drop_table(t())\nop.drop_index(None)"));
    assert.deepEqual(reasons, ["table_name is not a plain string; the index has no name"]);
  });

  it("knows nothing of a list that may have been changed under another name", () => {
    const { code } = convertUpgrade(
      pythonFile("same = COLUMNS\nsame.append('b')\nop.create_index('i', 't', COLUMNS)", "COLUMNS = ['a']\n"),
    );
    assert.doesNotMatch(code, /await/);
  });

  it("quotes all that a file does when it is loaded, and knows nothing of the names in it", () => {
    const { code, reasons } = convertUpgrade(
      pythonFile(
        "op.create_index('i', 't', COLUMNS)\nop.drop_table(TABLE)",
        "COLUMNS = ['a']\nTABLE = 'old'\nCOLUMNS.append('b')\nif NEW:\n    TABLE = 'new'\n",
      ),
    );
    assert.deepEqual(reasons.slice(0, 3), [
      "the file does this when it is loaded",
      "the file does this when it is loaded",
      "the columns of an index are not written out; table_name is not a plain string",
    ]);
    assert.match(code, /COLUMNS\.append\('b'\)/);
    assert.match(code, /if NEW:/);
    assert.doesNotMatch(code, /await/);
  });

  it("has no work to be done by hand where there is no downgrade", () => {
    const text = pythonFile("pass").replace(/def downgrade[^]*$/, "");
    const converted = convertRevision({ text, fileName: "a1.py", namingConvention: undefined });
    assert.equal(converted.kind, "converted");
    assert.deepEqual(converted.byHand, []);
    assert.match(
      converted.text,
      /throw new Error\("This revision cannot be downgraded: a1\.py has no downgrade\."\)/,
    );
  });

  it("leaves labels to do by hand that only running the file would tell", () => {
    const text = pythonFile("pass", "from labels import LABEL\nbranch_labels = (LABEL,)\n");
    const { code, reasons } = convertUpgrade(text);
    assert.deepEqual(reasons, ["branch_labels is imported from another file"]);
    assert.match(code, /^\/\/ {3}branch_labels = \(LABEL,\)$/m);
    assert.match(code, /^throw new Error\(/m);
  });

  it("refuses a header that only running the file would tell", () => {
    const text = pythonFile("pass").replace("down_revision = None", "down_revision = parent()");
    assert.equal(convertRevision({ text, fileName: "a1.py", namingConvention: undefined }).kind, "refused");
  });

  const wholes = [
    ["parameters", "def upgrade():", "def upgrade(engine):", "upgrade has parameters"],
    ["a decorator", "def upgrade():", "@once\ndef upgrade():", "upgrade is not a plain function"],
    [
      "effects of its file",
      "def upgrade():",
      "op.run_all()\n\n\ndef upgrade():",
      "the file does this when it is loaded",
    ],
    ["no upgrade", "def upgrade():", "def other():", "it has no function upgrade that can be read"],
    [
      "an upgrade that is assigned again",
      "def downgrade():",
      "upgrade = None\n\n\ndef downgrade():",
      "it has no function upgrade that can be read",
    ],
  ] as const;
  for (const [name, line, changed, reason] of wholes) {
    it(`throws in a function with ${name}`, () => {
      const { code, reasons } = convertUpgrade(pythonFile("op.drop_table('t')").replace(line, changed));
      assert.equal(reasons[0], reason);
      assert.match(code, /^throw new Error\(/m);
    });
  }

  it("keeps labels, dependencies and several parents", () => {
    const text = pythonFile("pass").replace(
      "down_revision = None",
      "down_revision = ('x1', 'x2')\nbranch_labels = ('l',)\ndepends_on = 'd1'",
    );
    const converted = convertRevision({ text, fileName: "a1.py", namingConvention: undefined });
    assert.equal(converted.kind, "converted");
    assert.equal(
      converted.text,
      [
        "/**",
        " * Message",
        " *",
        " * Revision ID: a1",
        " * Revises: x1, x2",
        " * Create Date:",
        " */",
        "",
        'export const revision = "a1";',
        'export const down_revision: string | string[] | null = ["x1", "x2"];',
        'export const branch_labels: string[] | null = ["l"];',
        'export const depends_on: string[] | null = ["d1"];',
        "",
        "export async function upgrade(): Promise<void> {}",
        "",
        "export async function downgrade(): Promise<void> {}",
        "",
      ].join("\n"),
    );
  });
});
