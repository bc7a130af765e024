import type { RoundTripResult } from "../../../src/context/commandTable";
import { createProjectFolder, revisionText, type ProjectFolder } from "../../support/projectFolder";
import { plantedFaults, type PlantedFault } from "./plantedFaults";

const execute = (statements: string): string =>
  statements === "" ? "" : `  await op.execute(${JSON.stringify(statements)});`;

/** A first revision that prepares everything, and a revision for each case, whose downgrade is right or not. */
export function createPlantedProject(downgradeOf: (fault: PlantedFault) => string): ProjectFolder {
  const id = (index: number): string => `f${String(index).padStart(2, "0")}`;
  const prepare = plantedFaults.flatMap(({ prepare: statements }) => statements ?? []).map(execute);
  const file = (at: number): string => `migrations/versions/${id(at)}.ts`;
  return createProjectFolder({
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({ scriptLocation: "migrations" }),
    [file(0)]: revisionText({
      id: id(0),
      upgrade: prepare.join("\n"),
      downgrade: `  throw new Error("the first one stays");`,
    }),
    ...Object.fromEntries(
      plantedFaults.map((fault, index) => [
        file(index + 1),
        revisionText({
          id: id(index + 1),
          down: id(index),
          message: fault.name,
          upgrade: execute(fault.upgrade),
          downgrade: execute(downgradeOf(fault)),
        }),
      ]),
    ),
  });
}

/** Runs `verify --json`. */
export async function verify(project: ProjectFolder, args: readonly string[] = []): Promise<RoundTripResult> {
  const { stdout, stderr } = await project.run(["verify", "--json", ...args]);
  try {
    return JSON.parse(stdout) as RoundTripResult;
  } catch {
    throw new Error(`verify gave no result:\n${stderr}`);
  }
}

/** What was found, a line for each revision: what is said of the object that is wrong, or how the trip ended. */
export function found({ outcomes }: RoundTripResult): readonly string[] {
  return outcomes.slice(1).map((outcome, index) => {
    const fault = plantedFaults[index];
    const changes = (outcome.kind === "failed" ? outcome.failure.changes : undefined) ?? [];
    const isFound = changes.some(({ object, text }) => object === fault?.object && fault.says.test(text));
    const about = changes.length === 0 && outcome.kind === "failed" ? outcome.failure.message : outcome.kind;
    return isFound
      ? `${outcome.message}: found`
      : `${outcome.message}: ${[about, ...changes.map(({ text }) => text)].join(" ")}`;
  });
}

/** What `found` gives where each fault is found. */
export const allFound = plantedFaults.map(({ name }) => `${name}: found`);
/** What `found` gives where nothing is said. */
export const allPassed = plantedFaults.map(({ name }) => `${name}: passed`);
