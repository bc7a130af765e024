import { append } from "./links";
import type { ChainProblem } from "./problems";
import type { Revision } from "./revision";

/** A revision that makes what several others made, and what is still there of those. */
export interface Squash {
  /** Its id, which is that of the last revision that it replaces. */
  readonly revision: string;
  readonly path: string;
  /** All ids that it stands for, its own among them. */
  readonly replaced: ReadonlySet<string>;
  /** Whether the files of all revisions that it replaces are still there, or those of squashed ones that replace them. */
  readonly isComplete: boolean;
}

/** Revision files, with those that others replace set apart. */
export interface SeparatedRevisions {
  /** In load order, as they were given. */
  readonly visible: readonly Revision[];
  readonly hidden: readonly Revision[];
  /** By each id that a visible revision stands for, its own among them. */
  readonly squashes: ReadonlyMap<string, Squash>;
  readonly problems: readonly ChainProblem[];
}

const none: ReadonlyMap<string, Squash> = new Map();

/**
 * Hides revision files that another one replaces. A squashed revision may be replaced in turn by one that stands for more.
 */
export function separateReplaced(revisions: readonly Revision[]): SeparatedRevisions {
  const replacing = revisions.filter(({ replaces }) => replaces !== undefined);
  if (replacing.length === 0) {
    return { visible: revisions, hidden: [], squashes: none, problems: [] };
  }
  const covers = new Map<string, Cover[]>();
  const ofFile = new Map<Revision, Cover>();
  for (const file of replacing) {
    const cover = { file, ids: new Set([...(file.replaces ?? []), file.revision]) };
    ofFile.set(file, cover);
    cover.ids.forEach((id) => append(covers, id, cover));
  }
  const isHidden = (file: Revision): boolean => {
    const size = ofFile.get(file)?.ids.size ?? 0;
    return covers.get(file.revision)?.some(({ ids }) => ids.size > size) === true;
  };
  const visible = revisions.filter((file) => !isHidden(file));
  const hidden = revisions.filter(isHidden);
  // What a replaced file replaces in turn needs no file: that one stands for it.
  const present = new Set(hidden.flatMap(({ revision, replaces = [] }) => [revision, ...replaces]));
  const squashes = new Map<string, Squash>();
  const problems: ChainProblem[] = [];
  for (const cover of visible.flatMap((file) => ofFile.get(file) ?? [])) {
    const { revision, path } = cover.file;
    const isComplete = [...cover.ids].every((id) => present.has(id));
    for (const id of cover.ids) {
      const other = squashes.get(id);
      if (other === undefined) {
        squashes.set(id, { revision, path, replaced: cover.ids, isComplete });
      } else if (other.revision !== revision) {
        problems.push({ kind: "duplicate-revision", fatal: true, revision: id, paths: [other.path, path] });
      }
    }
  }
  return { visible, hidden, squashes, problems };
}

interface Cover {
  readonly file: Revision;
  readonly ids: ReadonlySet<string>;
}

/** The squashed revision that stands for an id which is not its own. */
export function replacementOf(squashes: ReadonlyMap<string, Squash>, id: string): Squash | undefined {
  const squash = squashes.get(id);
  return squash?.revision === id ? undefined : squash;
}

/** What of a graph has names. */
interface KnownNames {
  readonly revisions: readonly { readonly revision: string }[];
  readonly labelOwners: ReadonlyMap<string, unknown>;
  readonly squashes: ReadonlyMap<string, Squash>;
  get(revision: string): unknown;
}

/** The id that a name means, where a squashed revision stands for it and no other revision is meant. */
export function squashedIdOf(graph: KnownNames, name: string): string | undefined {
  if (graph.get(name) !== undefined || graph.labelOwners.has(name)) {
    return undefined;
  }
  if (graph.squashes.has(name)) {
    return name;
  }
  const isMeant = (id: string): boolean => [...name].length > 3 && id.startsWith(name);
  const [only, ...others] = [...graph.squashes.keys()].filter(isMeant);
  const isOfOther = graph.revisions.some(({ revision }) => isMeant(revision));
  return others.length > 0 || isOfOther ? undefined : only;
}
