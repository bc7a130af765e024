// SYNTAX TEST "source.ts" "What the SQL leaves open ends with the template"
// @ts-nocheck: read by vscode-tmgrammar-test, whose assertions stand in comments below each line
/* eslint-disable */

await op.execute(`SELECT a = 'x`);
const afterOpen1 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT a = E'x`);
const afterOpen2 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT a = N'x`);
const afterOpen3 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT "Name`);
const afterOpen4 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT 1 /* open`);
const afterOpen5 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT 1 /* outer /* inner`);
const afterOpen6 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT 1 -- rest of the line`);
const afterOpen7 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT $$ open`);
const afterOpen8 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT $tag$ open`);
const afterOpen9 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT AS $tag$ open 'text`);
const afterOpen10 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT DO $$ BEGIN "x`);
const afterOpen11 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT $$it's`);
const afterOpen12 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT ARRAY[1, 2`);
const afterOpen13 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT 'a' % {'x`);
const afterOpen14 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT 'a' %{x`);
const afterOpen15 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT a %r{x`);
const afterOpen16 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT a / b / 'c`);
const afterOpen17 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT a # b #> 'c`);
const afterOpen18 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT (a, (b`);
const afterOpen19 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT CREATE TABLE `);
const afterOpen20 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
await op.execute(`SELECT x', "y`);
const afterOpen21 = "SELECT";
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts

await op.execute("SELECT 'x");
const afterDoubleQuoted = `SELECT`;
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts
//                        ^^^^^^^^ string.template.ts - meta.embedded.block.sql

await op.execute('SELECT "x /* $$ [');
const afterSingleQuoted = `SELECT`;
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql meta.function-call.ts

await op.execute(`
  SELECT 'never closed
  FROM users
`);
const afterLines = 1;
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql

const taggedOpen = sql`SELECT 'x`;
const afterTaggedOpen = 1;
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql

const markedOpen = /* sql */ `SELECT /* x`;
const afterMarkedOpen = 1;
// <----- meta.var.expr.ts storage.type.ts - meta.embedded.block.sql comment

const resumed = open(sql`SELECT 'x`, "SELECT");
//                                   ^^^^^^^^ string.quoted.double.ts - meta.embedded.block.sql
