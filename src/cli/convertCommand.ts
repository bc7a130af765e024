import { Option, type Command } from "commander";
import { convert } from "../commands/convert";
import type { ConvertedFile, ConvertResult, LinesByHand } from "../context/convertCommand";
import type { ConvertOutput } from "../outputs/fileOutput";
import type { Bind, CliSession } from "./cliSession";
import { printJson } from "./json";

interface ConvertFlags {
  readonly output?: string;
  readonly replace?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

/** `convert`: TypeScript revisions of those of Python's Alembic. */
export function addConvertCommand(program: Command, bind: Bind): void {
  program
    .command("convert")
    .description("convert Python revisions to TypeScript revisions with the same IDs")
    .argument("[revisions...]", "revisions, or a range from:to (default: all)")
    .option("--output <folder>", "where to write (default: the folder typescript beside the versions)")
    .addOption(
      new Option("--replace", "write beside the Python files, and rename those to .py.converted").conflicts(
        "output",
      ),
    )
    .option("--dry-run", "print what would be written and what is left to do by hand, and write nothing")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nNo Python is run. What cannot be read as operations is kept as a comment, and the function throws an error there until you\n" +
        "convert it. The version table stays as it is, because the IDs stay the same.",
    )
    .action(
      bind(async (session: CliSession, revisions: readonly string[], flags: ConvertFlags) => {
        const result = await session.run(convert, {
          revisions,
          ...(flags.output === undefined ? {} : { output: flags.output }),
          ...(flags.replace === true ? { replace: true } : {}),
          ...(flags.dryRun === true ? { dryRun: true } : {}),
        });
        if (flags.json === true) {
          printJson(session, conversionJson(result));
        } else {
          session.print(describeConversion(result));
        }
      }),
    );
}

function conversionJson({ files, isWritten }: ConvertResult): ConvertOutput {
  return {
    files: files.map(({ byHand, hasUnnamedConstraints, ...file }) => ({
      ...file,
      by_hand: byHand.map(({ endLine, ...lines }) => ({ ...lines, end_line: endLine })),
      has_unnamed_constraints: hasUnnamedConstraints,
    })),
    is_written: isWritten,
  };
}

function describeConversion({ files, isWritten }: ConvertResult): string {
  const byHand = files.reduce((count, file) => count + file.byHand.length, 0);
  const isUnnamed = files.some(({ hasUnnamedConstraints }) => hasUnnamedConstraints);
  const converted = `${isWritten ? "Converted" : "Would convert"} ${counted(files.length, "revision")}.`;
  const left =
    byHand === 0
      ? "Nothing is left to do by hand."
      : `${counted(byHand, "part")} left to convert by hand: the revisions throw an error there.`;
  return [
    ...files.flatMap((file) => describeFile(file, isWritten)),
    `${converted} ${left}`,
    ...(isUnnamed
      ? [
          "Constraints without a name get the one of `namingConvention` of the configuration, or PostgreSQL's. " +
            "If your Python metadata has a naming_convention, configure the same.",
        ]
      : []),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function describeFile({ source, path, byHand }: ConvertedFile, isWritten: boolean): readonly string[] {
  return [
    isWritten ? `Generating ${path} ...  done` : `Would generate ${path}`,
    ...byHand.map(
      (lines) => `  ${source}:${String(lines.line)}: convert ${placeOf(lines)} by hand: ${lines.reason}`,
    ),
  ];
}

function placeOf({ line, endLine }: LinesByHand): string {
  return line === endLine ? "this line" : `these lines up to line ${String(endLine)}`;
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}
