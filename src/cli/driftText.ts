import type { DriftDifference, DriftResult, DriftSideDescription } from "../context/driftCommand";
import type { DriftOutput } from "../outputs/checkOutput";

/** As `--json` prints it. */
export function driftJson(result: DriftResult): DriftOutput {
  const { differences, schemas: _schemas, ...rest } = result;
  return {
    ...rest,
    differences: differences.map(({ isFixed, ...difference }) => ({ ...difference, is_fixed: isFixed })),
  };
}

const marks: Readonly<Record<DriftDifference["change"], string>> = {
  missing: "-",
  unexpected: "+",
  changed: "~",
};

/** For people: what is missing, what is there and should not be, and what is another. */
export function driftText(result: DriftResult): string {
  const { expected, actual, differences, unseen, questions } = result;
  const against = `${sideText(actual)} and ${sideText(expected)}`;
  const lines = [
    ...(differences.length === 0
      ? [`No drift: ${against} agree.`]
      : [
          `${count(differences.length, "difference")} between ${against}:`,
          ...differences.flatMap((difference) => differenceLines(difference, labelsOf(result))),
        ]),
    ...questions.map(
      ({ from, to, answer }) => `? if ${from} should be called ${to}, repeat with --rename ${answer}`,
    ),
    ...unseen.map((text) => `! not compared: ${text}`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** A side in a few words. */
function sideText(side: DriftSideDescription): string {
  if (side.kind === "database") {
    return side.name === undefined ? side.database.name : `${side.name} (${side.database.name})`;
  }
  const { revisions } = side;
  return revisions.length === 0
    ? "an empty schema (no revision is applied)"
    : `${revisions.length === 1 ? "revision" : "revisions"} ${revisions.join(", ")}`;
}

/** What the two definitions of something are headed with. */
function labelsOf({ expected, actual }: DriftResult): readonly [expected: string, actual: string] {
  return expected.kind === "revisions"
    ? ["revisions", "database"]
    : [expected.name ?? "expected", actual.name ?? "actual"];
}

function differenceLines(
  { kind, name, change, expected, actual }: DriftDifference,
  [wanted, found]: readonly [string, string],
): readonly string[] {
  const width = Math.max(wanted.length, found.length) + 2;
  const title = `${marks[change]} ${change.padEnd(10)}  ${kind} ${name}`;
  const line = (label: string, text: string): string =>
    `    ${`${label}:`.padEnd(width)}${text === "" ? "none" : text.replaceAll("\n", `\n${" ".repeat(width + 4)}`)}`;
  switch (change) {
    case "changed":
      return [title, line(wanted, expected ?? ""), line(found, actual ?? "")];
    case "missing":
      return isSaid(expected, name) ? [title] : [title, line(wanted, expected ?? "")];
    case "unexpected":
      return isSaid(actual, name) ? [title] : [title, line(found, actual ?? "")];
  }
}

/** Whether the definition says no more than the name. */
function isSaid(definition: string | undefined, name: string): boolean {
  return definition === undefined || definition === "" || definition === name;
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}
