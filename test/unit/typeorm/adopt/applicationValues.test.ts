import assert from "node:assert/strict";
import { applicationValues } from "../../../../src/typeorm/adopt/applicationValues";
import type { TypeormDataSource } from "../../../../src/typeorm/typeormTypes";

const dataSource = (options: object, postgres: unknown): TypeormDataSource =>
  ({ options, driver: { postgres } }) as unknown as TypeormDataSource;

const parsers = (name: string): object => ({ getTypeParser: () => () => name });

describe("values as an application's own pg has them", () => {
  const date = new Date(Date.UTC(2024, 1, 29, 12));
  const sent: readonly (readonly [
    name: string,
    isUtc: boolean,
    values: readonly unknown[],
    sent: readonly unknown[],
  ])[] = [
    ["an empty list is an array's", false, [[], [[]], [1]], ["{}", [[]], [1]]],
    ["dates are left to pg", false, [date, [date]], [date, [date]]],
    [
      "dates are those of UTC where the application says so",
      true,
      [date, [date], null, "x"],
      ["2024-02-29T12:00:00.000+00:00", ["2024-02-29T12:00:00.000+00:00"], null, "x"],
    ],
  ];
  for (const [name, parseInputDatesAsUTC, values, expected] of sent) {
    it(name, () => {
      const { sent: send } = applicationValues(dataSource({}, { defaults: { parseInputDatesAsUTC } }));
      assert.deepEqual(send(values), expected);
    });
  }

  it("takes the parsers of the options, else of the package, else none", () => {
    const read = (options: object, postgres: unknown): unknown =>
      applicationValues(dataSource(options, postgres)).parsers?.getTypeParser(20)("1");
    assert.equal(read({ extra: { types: parsers("options") } }, { types: parsers("package") }), "options");
    assert.equal(read({ extra: {} }, { types: parsers("package") }), "package");
    assert.equal(read({}, undefined), undefined);
    assert.equal(read({}, { types: {} }), undefined);
  });

  it("sets parseInt8 where the package has that", () => {
    const set: unknown[] = [];
    const defaults = Object.defineProperty({}, "parseInt8", { set: (value) => set.push(value) });
    applicationValues(dataSource({ parseInt8: true }, { defaults }));
    applicationValues(dataSource({ parseInt8: false }, { defaults }));
    applicationValues(dataSource({}, { defaults }));
    applicationValues(dataSource({ parseInt8: true }, { defaults: {} }));
    assert.deepEqual(set, [true, false]);
  });
});
