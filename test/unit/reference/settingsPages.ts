import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { addEveryCommand } from "../../../src/cli/everyCommand";
import { createProgram } from "../../../src/cli/program";
import { membersOf, type Member } from "./declarations";
import { cell } from "./operationsPage";

const repository = join(__dirname, "../../..");

/** Every key of the configuration. */
export const configurationMembers: readonly Member[] = membersOf(
  "src/project/alembicConfig.ts",
  "AlembicConfig",
);

/** The text of the reference of the configuration's keys. */
export function configurationPage(): string {
  const rows = configurationMembers.map(({ name, declaration, description, defaultValue }) => {
    const type = declaration
      .replace(/^readonly /, "")
      .replace(/^\w+\??: /, "")
      .replace(/;$/, "");
    return `| \`${name}\` | \`${cell(type)}\` | ${defaultValue === undefined ? "" : cell(defaultValue)} | ${cell(description)} |`;
  });
  return page(
    "Keys of the configuration",
    "[Configuration](../configuration.md) describes where it is searched for and which database is used.",
    ["| key | type | default | meaning |", "| --- | --- | --- | --- |", ...rows, ""],
  );
}

/** The text of the reference of the command line. */
export function commandLinePage(): string {
  const program = createProgram(() => Promise.resolve(), addEveryCommand);
  const sections = program.commands
    .flatMap((command) => [command, ...command.commands])
    .flatMap(commandSection);
  return page(
    "Command line",
    "`alembic-ts --help` prints the commands, and `alembic-ts upgrade --help` the options of one.",
    ["## Options of every command\n", ...optionRows(program), ...sections],
  );
}

function commandSection(command: Command): readonly string[] {
  const parent = command.parent?.parent ? `${command.parent.name()} ` : "";
  const names = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  const words = [
    "alembic-ts",
    `${parent}${command.name()}`,
    ...(command.options.length > 0 ? ["[options]"] : []),
    ...names,
  ];
  return [
    `## ${parent}${command.name()}\n`,
    `${sentence(command.description())}\n`,
    `\`\`\`sh\n${words.join(" ")}\n\`\`\`\n`,
    ...command.registeredArguments.map((argument) => `- \`${argument.name()}\`: ${argument.description}`),
    ...(names.length > 0 ? [""] : []),
    ...optionRows(command),
  ];
}

function optionRows(command: Command): readonly string[] {
  const rows = command.options
    .filter(({ hidden }) => !hidden)
    .map(({ flags, description }) => `| \`${cell(flags)}\` | ${cell(description)} |`);
  return rows.length === 0 ? [] : ["| option | meaning |", "| --- | --- |", ...rows, ""];
}

/** The text of the reference of the extension's settings and commands. */
export function settingsPage(): string {
  const { contributes } = read("package.json") as {
    readonly contributes: {
      readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
      readonly commands: readonly { readonly command: string; readonly title: string }[];
    };
  };
  const texts = read("package.nls.json") as Readonly<Record<string, string>>;
  const say = (text: string): string =>
    cell(text.replace(/^%(.*)%$/, (_whole, key: string) => texts[key] ?? key)).replace(/\s+/g, " ");
  return page("Settings and commands of the extension", "[The editor](../editor.md) shows what they do.", [
    "## Settings\n",
    "| setting | default | meaning |",
    "| --- | --- | --- |",
    ...Object.entries(contributes.configuration.properties).map(
      ([name, setting]) =>
        `| \`${name}\` | \`${JSON.stringify(setting.default)}\` | ${say(setting.markdownDescription ?? setting.description ?? "")} |`,
    ),
    "",
    "## Commands\n",
    "| command | ID |",
    "| --- | --- |",
    ...contributes.commands.map(({ command, title }) => `| Alembic: ${say(title)} | \`${command}\` |`),
    "",
  ]);
}

interface Setting {
  readonly default: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(repository, file), "utf8"));
}

function page(title: string, about: string, lines: readonly string[]): string {
  return [`# ${title}\n`, `${about} This page is generated from the code.\n`, ...lines].join("\n");
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
