import assert from "node:assert/strict";
import { appliedRevisions } from "../../../src/extension/database/databaseState";
import { graphWindow, layoutGraph } from "../../../src/extension/graph/graphModel";
import { graphSvg } from "../../../src/extension/graph/graphSvg";
import { buildGraph } from "../../../src/revision/graph";
import { chain, databaseAt } from "./chain";

const texts = {
  badges: () => ["head <b>"],
  spoken: () => "",
  tooltip: () => "",
  author: () => "Ann & Bob",
  missing: (revision: string) => `no ${revision}`,
};

function svgOf(graph: ReturnType<typeof chain>, ...rows: readonly string[]): string {
  const model = layoutGraph(graph, false);
  const applied = appliedRevisions(graph, databaseAt(...rows));
  const { rows: lanes, width } = model.layout;
  return graphSvg("shop", width, graphWindow(model, applied, texts, 0, lanes.length));
}

describe("the graph as an SVG file", () => {
  it("has a circle for each revision, a second where the database is, and a line for each parent", () => {
    const svg = svgOf(chain("a:", "b: a", "c: a", "d: b c"), "b");
    const count = (pattern: RegExp): number => svg.match(pattern)?.length ?? 0;
    assert.deepEqual([count(/<circle /g), count(/<path /g), count(/<text /g)], [5, 4, 4]);
  });

  it("escapes what people wrote", () => {
    const svg = svgOf(chain("a:"));
    assert.match(svg, />head &lt;b&gt;</);
    assert.match(svg, />Ann &amp; Bob</);
  });

  it("is well formed whatever a message holds", () => {
    for (const message of [
      "deadbeef".repeat(1000),
      "a & b < c > d",
      "</text><script>alert(1)</script>",
      "\u0000\ud800",
      '"]]>',
    ]) {
      const graph = buildGraph([
        {
          revision: "a",
          downRevisions: [],
          branchLabels: [],
          dependsOn: [],
          message,
          doc: "",
          path: "/a.ts",
        },
      ]);
      const svg = svgOf(graph);
      // Nothing but our own elements, and no bare ampersand.
      assert.deepEqual(
        [...svg.matchAll(/<\/?([\w?]+)/g)]
          .map(([, name]) => name)
          .filter((name) => !/^(?:\?xml|svg|title|rect|circle|text|tspan)$/.test(name ?? "")),
        [],
        message,
      );
      assert.doesNotMatch(svg, /&(?!(?:amp|lt|gt|quot);)/, message);
      assert.ok(!svg.includes("\u0000"), message);
    }
  });
});
