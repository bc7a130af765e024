/** Which SQL a preview shows. */
export interface PreviewAddress {
  readonly projectId: string;
  readonly direction: "upgrade" | "downgrade";
  /** `from:to`; of a revision, as it was when the preview was opened. */
  readonly range: string;
  /** The revision whose file the preview follows; undefined for a run of several. */
  readonly revision: string | undefined;
}

/** The path that the tab shows; it ends in `.sql`, which decides the language. */
export function previewPath(address: PreviewAddress): string {
  const name = address.revision ?? address.range.replaceAll(":", " to ");
  return `/${name.replaceAll(/[^\w .@+-]/g, "_")}.${address.direction}.sql`;
}

/** The address as the query of a URI. */
export function previewQuery({ projectId, direction, range, revision }: PreviewAddress): string {
  return JSON.stringify([projectId, direction, range, revision ?? null]);
}

/** The address out of a URI's query; undefined if it is none of ours. */
export function readPreviewQuery(query: string): PreviewAddress | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(query);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 4) {
    return undefined;
  }
  const [projectId, direction, range, revision] = parts as readonly unknown[];
  if (typeof projectId !== "string" || typeof range !== "string") {
    return undefined;
  }
  if (direction !== "upgrade" && direction !== "downgrade") {
    return undefined;
  }
  return { projectId, direction, range, revision: typeof revision === "string" ? revision : undefined };
}
