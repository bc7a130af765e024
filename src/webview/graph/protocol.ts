/** How a revision stands to the database; unknown where that was not asked. */
export type GraphMark = "unknown" | "pending" | "applied" | "current" | "missing";

/** One revision as the page draws it. Rows count from the newest. */
export interface GraphRow {
  readonly row: number;
  readonly lane: number;
  readonly mark: GraphMark;
  readonly id: string;
  readonly message: string;
  /** Branch labels, head, merge point and the like, in the user's language. */
  readonly badges: readonly string[];
  /** The whole row as a screen reader says it. */
  readonly spoken: string;
}

/** A line from a revision down to one that it revises (solid) or depends on (dotted). */
export interface GraphEdge {
  readonly kind: "parent" | "dependency" | "missing";
  readonly fromRow: number;
  readonly fromLane: number;
  readonly toRow: number;
  readonly toLane: number;
  readonly lane: number;
}

/** Texts of the page, in the user's language. */
export interface GraphTexts {
  readonly list: string;
  readonly find: string;
  readonly noMatch: string;
  readonly empty: string;
  readonly actions: Readonly<Record<GraphAction, string>>;
}

export const graphActions = ["open", "upgrade", "downgrade", "preview"] as const;

export type GraphAction = (typeof graphActions)[number];

/** What the editor tells the page. `version` counts layouts: rows of another one mean something else. */
export type MessageToPage =
  | {
      readonly kind: "layout";
      readonly version: number;
      readonly rowCount: number;
      readonly laneCount: number;
      readonly canRun: boolean;
      readonly texts: GraphTexts;
    }
  | {
      readonly kind: "window";
      readonly version: number;
      readonly start: number;
      readonly rows: readonly GraphRow[];
      readonly edges: readonly GraphEdge[];
    }
  | { readonly kind: "found"; readonly version: number; readonly row: number | undefined };

/** What the page asks. A row is named by its number, never by anything that came out of a file. */
export type MessageFromPage =
  | { readonly kind: "ready" }
  | { readonly kind: "window"; readonly version: number; readonly start: number; readonly end: number }
  | { readonly kind: "act"; readonly version: number; readonly row: number; readonly action: GraphAction }
  | { readonly kind: "find"; readonly version: number; readonly text: string; readonly after: number };

/** Checks a message of the page before anything is done with it. */
export function readMessageFromPage(value: unknown): MessageFromPage | undefined {
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  const field = (name: string): unknown => Reflect.get(value, name);
  const whole = (name: string): number | undefined => {
    const number = field(name);
    return typeof number === "number" && Number.isInteger(number) ? number : undefined;
  };
  const version = whole("version");
  const kind = field("kind");
  if (kind === "ready") {
    return { kind };
  }
  if (version === undefined) {
    return undefined;
  }
  switch (kind) {
    case "window": {
      const [start, end] = [whole("start"), whole("end")];
      return start === undefined || end === undefined ? undefined : { kind, version, start, end };
    }
    case "act": {
      const row = whole("row");
      const action = graphActions.find((known) => known === field("action"));
      return row === undefined || action === undefined ? undefined : { kind, version, row, action };
    }
    case "find": {
      const [text, after] = [field("text"), whole("after")];
      return typeof text !== "string" || after === undefined ? undefined : { kind, version, text, after };
    }
    default:
      return undefined;
  }
}
