// SYNTAX TEST "source.ts" "SQL in tagged templates and after a marker comment"
// @ts-nocheck: read by vscode-tmgrammar-test, whose assertions stand in comments below each line
/* eslint-disable */

const tagged = sql`SELECT lower(title) FROM content WHERE kind ILIKE ${kind}`;
//             ^^^ entity.name.function.tagged-template.ts
//                ^ string.template.ts punctuation.definition.string.template.begin.ts
//                 ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
//                        ^^^^^ meta.embedded.block.sql support.function.string.sql
//                                                             ^^^^^ meta.embedded.block.sql keyword.other.sql
//                                                                     ^^^^ meta.template.expression.ts variable.other.readwrite.ts
//                                                                          ^ string.template.ts punctuation.definition.string.template.end.ts
//                                                                           ^ punctuation.terminator.statement.ts

const ofDataSource = dataSource.sql`SELECT 1`;
//                              ^^^ entity.name.function.tagged-template.ts
//                                  ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
const afterMember = "SELECT";
// <----- storage.type.ts
//                  ^^^^^^^^ string.quoted.double.ts - meta.embedded.block.sql

const endsWithTheTag = sql`SELECT a FROM sql`;
//                                          ^ string.template.ts punctuation.definition.string.template.end.ts
const afterTheTag = `SELECT`;
// <----- storage.type.ts
//                  ^^^^^^^^ string.template.ts - meta.embedded.block.sql

const otherTag = mysql`SELECT 1` + $sql`SELECT 1`;
//                     ^^^^^^ string.template.ts - meta.embedded.block.sql
//                                       ^^^^^^ string.template.ts - meta.embedded.block.sql

const plain = `SELECT sql`;
//             ^^^^^^ string.template.ts - meta.embedded.block.sql
const afterPlain = 1;
// <----- storage.type.ts

const marked = /* sql */ `SELECT 1`;
//             ^^^^^^^^^ comment.block.ts
//                        ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
const unmarked = `SELECT 1`;
//                ^^^^^^ string.template.ts - meta.embedded.block.sql

// prettier-ignore
const markedAbove = /*SQL*/
  `SELECT 1`;
// ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql

const markedInCall = run(/* sql */ `SELECT 1`, `SELECT 2`);
//                                  ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql
//                                              ^^^^^^ string.template.ts - meta.embedded.block.sql

const markerWithoutTemplate = /* sql */ names.map((name) => `SELECT`);
//                                      ^^^^^ variable.other.object.ts
//                                                           ^^^^^^ string.template.ts - meta.embedded.block.sql

const otherMarker = /* not sql */ `SELECT 1`;
//                                 ^^^^^^ string.template.ts - meta.embedded.block.sql
