import type { Revision } from "../../../src/revision/revision";

/** A revision with what a test leaves out filled in. */
export function makeRevision(
  revision: string,
  downRevisions: readonly string[] = [],
  more: Partial<Revision> = {},
): Revision {
  return {
    revision,
    downRevisions,
    branchLabels: [],
    dependsOn: [],
    message: `add ${revision}`,
    doc: `add ${revision}`,
    path: `versions/${revision}.ts`,
    ...more,
  };
}

/** `count` revisions in a line: r0, r1, … */
export function makeLine(count: number): readonly Revision[] {
  return Array.from({ length: count }, (_, at) => makeRevision(`r${at}`, at === 0 ? [] : [`r${at - 1}`]));
}

/** A base and so many diamonds on top of one another: 3 revisions each. */
export function makeLadder(diamonds: number): readonly Revision[] {
  const revisions = [makeRevision("m0")];
  for (let at = 1; at <= diamonds; at += 1) {
    revisions.push(makeRevision(`a${at}`, [`m${at - 1}`]));
    revisions.push(makeRevision(`b${at}`, [`m${at - 1}`]));
    revisions.push(makeRevision(`m${at}`, [`a${at}`, `b${at}`]));
  }
  return revisions;
}
