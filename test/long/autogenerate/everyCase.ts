import assert from "node:assert/strict";
import { combinedPairs } from "../../autogenerate/pairs/combinedPairs";
import { entityPairs } from "../../autogenerate/pairs/entityPairs";
import { equalDefaultPairs } from "../../autogenerate/pairs/equalDefaultPairs";
import { leftAlonePairs } from "../../autogenerate/pairs/leftAlonePairs";
import { rebuiltViewPairs } from "../../autogenerate/pairs/rebuiltViewPairs";
import { entitySets } from "../../autogenerate/sets/entitySets";
import { checkPair } from "../../autogenerate/support/checkPair";
import { checkSet } from "../../autogenerate/support/checkSet";
import { checkSynchronized } from "../../autogenerate/support/checkSynchronized";
import { compilerMessages } from "../../autogenerate/support/compileTexts";
import type { TypeormVersion } from "../../autogenerate/support/typeorm";
import { sharedPostgres } from "../../support/sharedPostgres";

const longestMilliseconds = 300_000;

const everyPair = [
  ...entityPairs,
  ...combinedPairs,
  ...equalDefaultPairs,
  ...leftAlonePairs,
  ...rebuiltViewPairs,
];

function isFor(version: TypeormVersion): (each: { readonly only?: TypeormVersion }) => boolean {
  return ({ only }) => only === undefined || only === version;
}

/** Each set of entities under one TypeORM; a file has one version, so that each ends in time. */
export function describeSets(version: TypeormVersion): void {
  const sets = entitySets.filter(isFor(version));
  const written = new Map<string, string>();

  describe(`autogenerate makes of an empty database what synchronize() of TypeORM ${version} does`, function () {
    this.timeout(longestMilliseconds);
    for (const set of sets) {
      it(set.name, async () => {
        written.set(`${String(written.size)}.ts`, await checkSet(await sharedPostgres(), version, set));
      });
    }
  });

  describe(`autogenerate finds nothing to do after synchronize() of TypeORM ${version}`, function () {
    this.timeout(longestMilliseconds);
    for (const set of sets) {
      it(set.name, async () => checkSynchronized(await sharedPostgres(), version, set));
    }
  });

  describeCompiling(written);
}

/** Each change of entities under one TypeORM. */
export function describePairs(version: TypeormVersion): void {
  const written = new Map<string, string>();

  describe(`autogenerate with TypeORM ${version} changes a database with rows`, function () {
    this.timeout(longestMilliseconds);
    for (const pair of everyPair.filter(isFor(version))) {
      it(pair.name, async () => {
        written.set(`${String(written.size)}.ts`, await checkPair(await sharedPostgres(), version, pair));
      });
    }
  });

  describeCompiling(written);
}

/** @param written the texts that the tests before have generated */
function describeCompiling(written: ReadonlyMap<string, string>): void {
  describe("the generated revisions", function () {
    this.timeout(longestMilliseconds);

    it("compile at the compiler's strictest", () => {
      assert.deepEqual(compilerMessages(written), new Map([...written.keys()].map((name) => [name, []])));
    });
  });
}
