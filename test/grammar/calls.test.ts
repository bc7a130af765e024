// SYNTAX TEST "source.ts" "SQL in the first argument of op.execute and of query"
// @ts-nocheck: read by vscode-tmgrammar-test, whose assertions stand in comments below each line
/* eslint-disable */

await op.execute(`SELECT id FROM users`);
//    ^^ meta.function-call.ts variable.other.object.ts
//       ^^^^^^^ meta.function-call.ts entity.name.function.ts
//               ^ string.template.ts punctuation.definition.string.template.begin.ts
//                ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
//                          ^^^^ meta.embedded.block.sql keyword.other.DML.sql
//                                    ^ string.template.ts punctuation.definition.string.template.end.ts
//                                     ^ meta.brace.round.ts - meta.embedded.block.sql
//                                      ^ punctuation.terminator.statement.ts - meta.function-call.ts

await op.execute(
  `UPDATE users SET status = 'active'`,
  //^ string.template.ts
  // ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
  //                           ^^^^^^^^ meta.embedded.block.sql string.quoted.single.sql
);
const afterNextLine = "SELECT";
// <----- storage.type.ts
//                    ^^^^^^^^ string.quoted.double.ts - meta.embedded.block.sql

await op.execute("CREATE INDEX CONCURRENTLY idx_users_email ON users(email)");
//                ^^^^^^ meta.embedded.block.sql
//                             ^^^^^^^^^^^^ meta.embedded.block.sql keyword.other.sql - string.quoted.double.ts
//                                                                         ^ string.quoted.double.ts

// prettier-ignore
await op.execute('SELECT \'it\', "Name" FROM t');
//               ^ string.quoted.single.ts
//                ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
//                       ^^^^^^ meta.embedded.block.sql string.quoted.single.sql
//                               ^^^^^^ meta.embedded.block.sql string.quoted.double.sql
//                                      ^^^^ meta.embedded.block.sql keyword.other.DML.sql - string.quoted

// prettier-ignore
await op.execute("UPDATE \"Users\" SET a = 1" + " WHERE b = 2");
//                ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
//                       ^^^^^^^^^ meta.embedded.block.sql string.quoted.double.sql
//                                            ^ keyword.operator.arithmetic.ts - meta.embedded.block.sql
//                                                ^^^^^ meta.embedded.block.sql keyword.other.DML.sql

await op.execute(sql`DELETE FROM users WHERE id = ${id}`);
//               ^^^ entity.name.function.tagged-template.ts
//                   ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
//                                                  ^^ meta.template.expression.ts variable.other.readwrite.ts

const rows = await connection.query("SELECT $1::uuid", ["SELECT"]);
//                 ^^^^^^^^^^ meta.function-call.ts variable.other.object.ts
//                                   ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
//                                          ^^ meta.embedded.block.sql variable.parameter.sql
//                                            ^^ meta.embedded.block.sql keyword.operator.sql
//                                              ^^^^ meta.embedded.block.sql storage.type.sql
//                                                      ^^^^^^^^ meta.array.literal.ts string.quoted.double.ts - meta.embedded.block.sql

const touched = await connection.execute(`UPDATE users SET a = 1`);
//                                        ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql

await queryRunner.query(`SELECT 1`, parameters, "SELECT");
//                       ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
//                                  ^^^^^^^^^^ variable.other.readwrite.ts - meta.embedded.block.sql
//                                              ^^^^^^^^ string.quoted.double.ts - meta.embedded.block.sql

const typed = await context.connection.query<{ id: string }[]>(`SELECT id`);
//                  ^^^^^^^ variable.other.object.ts
//                          ^^^^^^^^^^ variable.other.object.property.ts
//                                             ^^ meta.object.type.ts
//                                                              ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
const afterTyped = `SELECT`;
// <----- storage.type.ts
//                 ^^^^^^^^ string.template.ts - meta.embedded.block.sql

// prettier-ignore
const chained = open().connection?.query(`SELECT 1`), next = this.dataSource.query("SELECT 2");
//                                        ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
//                                                  ^ punctuation.separator.comma.ts - meta.function-call.ts
//                                                           ^^^^ variable.language.this.ts
//                                                                                  ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql

await op.execute(chooseText("SELECT"));
//               ^^^^^^^^^^ entity.name.function.ts
//                          ^^^^^^^^ string.quoted.double.ts - meta.embedded.block.sql

await shop.execute("SELECT 1");
//                  ^^^^^^ string.quoted.double.ts - meta.embedded.block.sql

await command.execute(`SELECT 1`);
//                     ^^^^^^ string.template.ts - meta.embedded.block.sql

const description = "op.execute(`SELECT 1`)";
//                               ^^^^^^ string.quoted.double.ts - meta.embedded.block.sql

// op.execute(`SELECT 1`)
//^^^^^^^^^^^^^^^^^^^^^^^^ - meta.embedded.block.sql
const afterComment = 1;
// <----- storage.type.ts
