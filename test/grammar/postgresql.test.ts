// SYNTAX TEST "source.ts" "PostgreSQL's own forms"
// @ts-nocheck: read by vscode-tmgrammar-test, whose assertions stand in comments below each line
/* eslint-disable */

await op.execute(`
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $body$
//                                                         ^^ keyword.other.sql
//                                                            ^^^^^^ punctuation.definition.string.dollar.begin.sql
  BEGIN
    RAISE NOTICE 'it''s';
//  ^^^^^ meta.embedded.block.sql keyword.other.sql
//               ^^^^^^^ string.quoted.single.sql
//                      ^ - string.quoted.single.sql
    PERFORM $inner$it's$inner$;
//          ^^^^^^^^^^^^^^^^^^ string.quoted.dollar.sql
//                            ^ - string
    RETURN NEW;
//  ^^^^^^ keyword.other.sql
  END
  $body$;
//^^^^^^ punctuation.definition.string.dollar.end.sql
  COMMENT ON TABLE users IS $$People's accounts$$;
//                          ^^^^^^^^^^^^^^^^^^^^^ string.quoted.dollar.sql
  UPDATE users SET tags = ARRAY['a', 'b'] WHERE email ~* E'x' AND data->>'k' = '$1' OR n % 2 = $2;
//                              ^^^ string.quoted.single.sql
//                                                       ^^^^ string.quoted.single.sql
//                                                                    ^^^ keyword.operator.sql
//                                                                             ^^^^ string.quoted.single.sql - variable.parameter.sql
//                                                                                       ^ keyword.operator.sql
//                                                                                             ^^ variable.parameter.sql
  DO $$
//   ^^ punctuation.definition.string.dollar.begin.sql
  BEGIN
    NULL;
  END
  $$ LANGUAGE plpgsql;
//^^ punctuation.definition.string.dollar.end.sql
//   ^^^^^^^^ keyword.other.sql
  CREATE FUNCTION two() RETURNS int LANGUAGE sql AS
  $$ SELECT 2 $$;
//   ^^^^^^ meta.embedded.block.sql keyword.other.DML.sql - string
//            ^^ punctuation.definition.string.dollar.end.sql
  ALTER TABLE users ADD COLUMN search tsvector, ADD COLUMN at timestamptz, ADD COLUMN extra jsonb;
//                                    ^^^^^^^^ storage.type.sql
//                                                            ^^^^^^^^^^^ storage.type.sql
//                                                                                          ^^^^^ storage.type.sql
  SELECT price$$ FROM t;
//            ^^ - string
//               ^^^^ keyword.other.DML.sql
`);
const afterAll = 1;
// <----- storage.type.ts
