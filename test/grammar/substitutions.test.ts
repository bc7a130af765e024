// SYNTAX TEST "source.ts" "What stands in a substitution stays TypeScript"
// @ts-nocheck: read by vscode-tmgrammar-test, whose assertions stand in comments below each line
/* eslint-disable */

await op.execute(`SELECT ${columns.map((name) => "x" + name).join(", ")} FROM t`);
//                       ^^ punctuation.definition.template-expression.begin.ts
//                         ^^^^^^^ meta.template.expression.ts variable.other.object.ts
//                                            ^^ meta.template.expression.ts storage.type.function.arrow.ts
//                                               ^^^ meta.template.expression.ts string.quoted.double.ts
//                                                                     ^ punctuation.definition.template-expression.end.ts
//                                                                       ^^^^ meta.embedded.block.sql keyword.other.DML.sql - meta.template.expression.ts

await op.execute(`SELECT 1 /* ${note} */, 'a ${text} b', "${name}" -- ${rest}
//                            ^^ comment.block.sql meta.template.expression.ts punctuation.definition.template-expression.begin.ts
//                              ^^^^ comment.block.sql meta.template.expression.ts variable.other.readwrite.ts
//                                             ^^^^ string.quoted.single.sql meta.template.expression.ts variable.other.readwrite.ts
//                                                  ^^^ string.quoted.single.sql - meta.template.expression.ts
//                                                          ^^^^ string.quoted.double.sql meta.template.expression.ts variable.other.readwrite.ts
//                                                                      ^^^^ comment.line.double-dash.sql meta.template.expression.ts variable.other.readwrite.ts
  FROM t`);
//^^^^ meta.embedded.block.sql keyword.other.DML.sql - comment

await op.execute(`DO $$ BEGIN ${body} END $$; SELECT $t$ ${text} $t$`);
//                              ^^^^ meta.template.expression.ts variable.other.readwrite.ts
//                                                         ^^^^ string.quoted.dollar.sql meta.template.expression.ts variable.other.readwrite.ts

const nested = sql`SELECT a ${isOpen ? sql`WHERE b = ${b}` : sql``} ORDER BY a`;
//                            ^^^^^^ meta.template.expression.ts variable.other.readwrite.ts
//                                         ^^^^^ meta.template.expression.ts meta.embedded.block.sql keyword.other.DML.sql
//                                                     ^ meta.template.expression.ts meta.embedded.block.sql meta.template.expression.ts variable.other.readwrite.ts
//                                                         ^ keyword.operator.ternary.ts
//                                                                  ^^^^^ meta.embedded.block.sql keyword.other.DML.sql - meta.template.expression.ts
const afterNested = 1;
// <----- storage.type.ts

await op.execute(`SELECT \`a\`, '\u0041', $${price}`);
//                       ^^^ meta.embedded.block.sql
//                               ^^^^^^ string.quoted.single.sql constant.character.escape.ts
//                                         ^^ punctuation.definition.template-expression.begin.ts
//                                           ^^^^^ meta.template.expression.ts variable.other.readwrite.ts
const afterEscapes = 1;
// <----- storage.type.ts
