import assert from "node:assert/strict";
import {
  databaseChoice,
  environmentMeant,
  isSameChoice,
  labelOfUrl,
  readChoice,
} from "../../../src/extension/environments/environmentChoice";

const emptyConfig = {
  scriptLocation: undefined,
  versionLocations: [],
  recursiveVersionLocations: false,
  fileTemplate: "",
  truncateSlugLength: 40,
  timezone: undefined,
  versionTable: "alembic_version",
  dataSource: undefined,
  mainBranch: undefined,
  defaultEnvironment: undefined,
  dialect: undefined,
  namingConvention: undefined,
  lint: { targetVersion: undefined, rules: new Map<string, "off">(), ignoredRevisions: new Set<string>() },
  unreadKeys: [],
};

describe("an environment's choice", () => {
  const labels = [
    ["postgresql://ann:s3cret@localhost:5432/shop", "localhost:5432/shop"],
    ["postgresql://localhost/shop?sslmode=require", "localhost/shop"],
    ["postgresql://ann:p@ss@db/shop", "db/shop"],
    ["postgresql://db/shop?user=a@b&password=hush", "postgresql://"],
    ["postgresql://ann:hush", "postgresql://"],
    ["sqlite:///./shop.db", "/./shop.db"],
    ["not a url", undefined],
  ] as const;
  for (const [url, label] of labels) {
    it(`shows ${url} as ${label ?? "nothing"}`, () => {
      assert.equal(labelOfUrl(url), label);
    });
  }

  it("is read back from storage, and the default where storage holds something else", () => {
    const stored = [
      { kind: "environment", name: "staging" },
      { kind: "url", label: "db/shop" },
      { kind: "environment" },
      { kind: "other" },
      "staging",
      undefined,
    ];
    assert.deepEqual(stored.map(readChoice), [
      { kind: "environment", name: "staging" },
      { kind: "url", label: "db/shop" },
      { kind: "default" },
      { kind: "default" },
      { kind: "default" },
      { kind: "default" },
    ]);
  });

  it("is what the engine works on, and no other database where its URL is not known any more", () => {
    const url = "postgresql://localhost/shop";
    assert.deepEqual(
      [
        databaseChoice({ kind: "default" }, undefined),
        databaseChoice({ kind: "environment", name: "staging" }, undefined),
        databaseChoice({ kind: "url", label: "localhost/shop" }, url),
        databaseChoice({ kind: "url", label: "localhost/shop" }, undefined),
      ],
      [{}, { environment: "staging" }, { url }, undefined],
    );
  });

  it("means an environment of the configuration, or a database of no name", () => {
    const live = { name: "live", color: "red", production: true };
    const dev = { name: "dev", color: undefined, production: false };
    const config = { ...emptyConfig, environments: [live, dev] };
    const onlyLive = { ...emptyConfig, environments: [live], defaultEnvironment: "live" };
    assert.deepEqual(
      [
        environmentMeant({ kind: "environment", name: "live" }, config),
        environmentMeant({ kind: "environment", name: "gone" }, config),
        environmentMeant({ kind: "default" }, config),
        environmentMeant({ kind: "default" }, onlyLive),
        environmentMeant({ kind: "url", label: "localhost/shop" }, onlyLive),
        environmentMeant({ kind: "default" }, undefined),
      ],
      [live, undefined, undefined, live, undefined, undefined],
    );
  });

  it("is the same as itself alone", () => {
    const choices = [
      { kind: "default" },
      { kind: "environment", name: "staging" },
      { kind: "environment", name: "live" },
      { kind: "url", label: "localhost/shop" },
      { kind: "url", label: "localhost/other" },
    ] as const;
    assert.deepEqual(
      choices.map((one) => choices.filter((other) => isSameChoice(one, { ...other }))),
      choices.map((choice) => [choice]),
    );
  });
});
