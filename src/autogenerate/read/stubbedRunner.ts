import type { TypeormDataSource, TypeormQueryRunner } from "../../typeorm/typeormTypes";

/**
 * A query runner that is connected to nothing: it answers as an empty database would, and hands on what changes one.
 */
export function createStubbedRunner(
  dataSource: TypeormDataSource,
  schema: string,
  onStatement: (statement: string) => void = () => undefined,
): TypeormQueryRunner {
  const runner = dataSource.driver.createQueryRunner("master");
  runner.query = (text) => {
    if (/^\s*SELECT\b/i.test(text)) {
      return Promise.resolve(
        /\bcurrent_schema\(\)/i.test(text)
          ? [{ current_schema: schema }]
          : /\bcurrent_database\(\)/i.test(text)
            ? [{ current_database: dataSource.driver.database }]
            : [],
      );
    }
    onStatement(text);
    return Promise.resolve([]);
  };
  return runner;
}
