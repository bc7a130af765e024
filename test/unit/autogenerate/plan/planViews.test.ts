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
    { name: "label", type: "text", default: undefined, comment: undefined },
    { name: "amount", type: "integer", default: undefined, comment: undefined },
  ],
  options: [],
  checkOption: undefined,
  method: undefined,
  tablespace: undefined,
  comment: undefined,
  indexes: [],
  triggers: [],
  rules: [],
  dependsOn: [],
};

function functionOf(name: string, argument: string): FunctionModel {
  return {
    schema: "public",
    name,
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
    functions: [functionOf("count", "totals"), functionOf("label", "integer"), functionOf("label", "totals")],
  };
}

describe("a view that can't be replaced", () => {
  it("is recreated between functions of its rows, of which one has the name of one that it calls", () => {
    const changed = {
      ...totals,
      definition: " SELECT label(1) AS label",
      columns: totals.columns.slice(0, 1),
    };
    const comparison = compareSchemas(schemaWith(totals), schemaWith(changed), { managed: "all" });
    const { operations } = differencesToOperations(comparison).upgrade;
    assert.deepEqual(
      operations.map((operation) => [operation.kind, "name" in operation && operation.name]),
      [
        ["dropFunction", "label"],
        ["dropFunction", "count"],
        ["dropView", "totals"],
        ["createView", "totals"],
        ["createFunction", "count"],
        ["createFunction", "label"],
      ],
    );
  });
});
