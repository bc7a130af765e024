import { lstat, mkdir, realpath } from "node:fs/promises";
import * as path from "node:path";
import { CommandError } from "../context/commandError";
import { rewriteFile, writeNewFile } from "../machine/newFile";
import { readRegularFile, UnfitFile } from "../machine/regularFile";
import { ownSkill } from "../project/loader/ownFiles";
import { requireUtf8 } from "../project/requireUtf8";
import { agentInstructions } from "./agentInstructions";

/** What became of a file for coding agents. */
export interface AgentFile {
  /** Absolute. */
  readonly path: string;
  /** `foreign`: a skill of the same name that has no section of ours; it stays as it is. */
  readonly change: "created" | "updated" | "unchanged" | "foreign";
}

/** The folders where agents look for skills: the one that most of them share, and that of Claude Code. */
const skillFolders = [".agents/skills", ".claude/skills"];

const begin = "<!-- alembic-ts:begin -->";
const end = "<!-- alembic-ts:end -->";
const largestFile = 10_000_000;

interface PlannedFile extends AgentFile {
  /** Undefined where nothing is to be written. */
  readonly text: string | undefined;
}

/**
 * Writes the skill of this version and a section of AGENTS.md for coding agents, or updates them. What others wrote outside
 * the markers stays as it is, byte for byte. Nothing is written unless every file can be.
 * @throws CommandError `unfit-agent-file`
 */
export async function writeAgentFiles(workingDirectory: string): Promise<readonly AgentFile[]> {
  const skill = readRegularFile(ownSkill(), largestFile) ?? "";
  const places = skillFolders.map((folder) => path.resolve(workingDirectory, folder, "alembic-ts/SKILL.md"));
  const planned: PlannedFile[] = [];
  for (const place of places) {
    planned.push(planSkill(place, await readText(workingDirectory, place), skill));
  }
  const instructions = path.resolve(workingDirectory, "AGENTS.md");
  planned.push(planInstructions(instructions, await readText(workingDirectory, instructions)));
  for (const file of planned) {
    await write(file);
  }
  return planned.map(({ path: written, change }) => ({ path: written, change }));
}

function planSkill(place: string, present: string | undefined, skill: string): PlannedFile {
  if (present === undefined) {
    return { path: place, change: "created", text: skill };
  }
  const text = withSection(
    place,
    present,
    skill.slice(skill.indexOf(begin), skill.indexOf(end) + end.length),
  );
  return text === undefined ? { path: place, change: "foreign", text } : changed(place, present, text);
}

function planInstructions(place: string, present: string | undefined): PlannedFile {
  const section = `${begin}\n\n${agentInstructions}\n\n${end}`;
  if (present === undefined) {
    return { path: place, change: "created", text: `${section}\n` };
  }
  const text = withSection(place, present, section);
  return changed(place, present, text ?? appended(present, section));
}

function changed(place: string, present: string, text: string): PlannedFile {
  return present === text
    ? { path: place, change: "unchanged", text: undefined }
    : { path: place, change: "updated", text };
}

/** The text with the section in the place of the one between the markers; undefined where it has no markers. */
function withSection(place: string, present: string, section: string): string | undefined {
  const from = present.indexOf(begin);
  const to = present.indexOf(end);
  if (from === -1 && to === -1) {
    return undefined;
  }
  if (from === -1 || to < from || present.lastIndexOf(begin) !== from || present.lastIndexOf(end) !== to) {
    throw unfit(
      `${place} does not have the markers ${begin} and ${end} once each, in this order.`,
      "Correct the markers, or remove both of them.",
    );
  }
  return present.slice(0, from) + inLinesOf(present, section) + present.slice(to + end.length);
}

function appended(present: string, section: string): string {
  const isParted = present.trim() === "" || /\n\r?\n$/.test(present);
  const gap = isParted ? "" : present.endsWith("\n") ? "\n" : "\n\n";
  return present + inLinesOf(present, `${gap}${section}\n`);
}

function inLinesOf(present: string, text: string): string {
  return present.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
}

/**
 * The text of a file of the project; undefined where there is none. A link that leads out of the project is not followed:
 * whoever wrote the repository would choose which file of this machine is changed.
 */
async function readText(workingDirectory: string, place: string): Promise<string | undefined> {
  const present = await nearestPresent(place);
  const real = await realpath(present).catch(() => undefined);
  if (real === undefined || isOutside(await realpath(workingDirectory), real)) {
    throw unfit(`${present} is a link that leads out of this folder, or to nothing.`, "Remove the link.");
  }
  if (present !== place) {
    return undefined;
  }
  try {
    const text = readRegularFile(place, largestFile);
    if (text !== undefined) {
      return requireUtf8(place, text, unfit);
    }
  } catch (error) {
    if (!(error instanceof UnfitFile)) {
      throw error;
    }
    throw unfit(`${place} can't be read. ${error.message}`, "Move it out of the way.");
  }
  throw unfit(`${place} is a folder.`, "Move it out of the way.");
}

/** The path itself, or the nearest folder above it that is there; a link to nothing is there too. */
async function nearestPresent(place: string): Promise<string> {
  const isThere = await lstat(place).then(
    () => true,
    () => false,
  );
  return isThere ? place : nearestPresent(path.dirname(place));
}

function isOutside(folder: string, real: string): boolean {
  const relative = path.relative(folder, real);
  return relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
}

function unfit(message: string, hint: string): CommandError {
  return new CommandError("unfit-agent-file", `${message} Nothing was written.`, hint);
}

async function write({ path: place, change, text }: PlannedFile): Promise<void> {
  if (text === undefined) {
    return;
  }
  if (change === "updated") {
    return rewriteFile(place, text);
  }
  await mkdir(path.dirname(place), { recursive: true });
  if (!(await writeNewFile(place, text))) {
    throw new CommandError(
      "unfit-agent-file",
      `${place} was created by another program in the meantime.`,
      "Run the command again.",
    );
  }
}
