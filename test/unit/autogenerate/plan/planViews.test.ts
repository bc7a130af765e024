import assert from "node:assert/strict";
import { compareSchemas } from "../../../../src/autogenerate/compare/compareSchemas";
import { differencesToOperations } from "../../../../src/autogenerate/plan/fromDifferences";
import {
  emptySchemaModel,
  type FunctionModel,
  type SchemaModel,
} from "../../../../src/schema/model/schemaModel";
import type { ViewModel } from "../../../../src/schema/model/viewModel";

const totals: ViewModel = {
  schema: "public",
  name: "totals",
  isMaterialized: false,
  definition: " SELECT label(1) AS label, 1 AS amount",
  columns: [
    { name: "label", type: "text", comment: undefined },
    { name: "amount", type: "integer", comment: undefined },
  ],
  options: [],
  checkOption: undefined,
  method: undefined,
  tablespace: undefined,
  comment: undefined,
  indexes: [],
  triggers: [],
  dependsOn: [],
};

function label(argument: string): FunctionModel {
  return {
    schema: "public",
    name: "label",
    kind: "function",
    arguments: argument,
    identityArguments: argument,
    result: "text",
    definition: "RETURNS text LANGUAGE sql AS $$SELECT 'x'$$",
    comment: undefined,
  };
}

function schemaWith(view: ViewModel): SchemaModel {
  return {
    ...emptySchemaModel("public", 150000),
    views: [view],
    functions: [label("integer"), label("totals")],
  };
}

describe("a view that can't be replaced", () => {
  it("is recreated with a function of its rows that has the name of one that it calls", () => {
    const changed = {
      ...totals,
      definition: " SELECT label(1) AS label",
      columns: totals.columns.slice(0, 1),
    };
    const comparison = compareSchemas(schemaWith(totals), schemaWith(changed), { managed: "all" });
    const { operations } = differencesToOperations(comparison).upgrade;
    assert.deepEqual(
      operations.map((operation) => [
        operation.kind,
        "arguments" in operation ? operation.arguments : "totals",
      ]),
      [
        ["dropFunction", "totals"],
        ["dropView", "totals"],
        ["createView", "totals"],
        ["createFunction", "totals"],
      ],
    );
  });
});
