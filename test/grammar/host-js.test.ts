// SYNTAX TEST "source.js" "The same forms in a .js file"
// @ts-nocheck: read by vscode-tmgrammar-test, whose assertions stand in comments below each line
/* eslint-disable */

await op.execute(`SELECT ${column} FROM t WHERE a = 'x`);
//                ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
//                         ^^^^^^ meta.template.expression.ts variable.other.readwrite.ts
const afterOpenQuote = "SELECT";
// <----- storage.type.js
//                     ^^^^^^^^ string.quoted.double.js - meta.embedded.block.sql

await queryRunner.query(
  `SELECT $1`,
  // ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
  ["SELECT"],
  // ^^^^^^^^ string.quoted.double.ts - meta.embedded.block.sql
);

const rows = await this.connection.query("SELECT 1");
//                                        ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql

const tagged = sql`SELECT a FROM sql`;
//                 ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
const marked = /* sql */ `SELECT 1`;
//                        ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
const plain = `SELECT 1`;
//             ^^^^^^ string.template.js - meta.embedded.block.sql
// <----- storage.type.js
