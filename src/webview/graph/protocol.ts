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
  /** Who added it, and when; empty where that is not shown or not known. */
  readonly author: string;
  /** The whole row as a screen reader says it. */
  readonly spoken: string;
  /** A few lines for the pointer that rests on the row. */
  readonly tooltip: string;
  /** The words by which the editor knows what its menu has; none for a row that no file has. */
  readonly menuWords: string;
}

/** What the menu of a row tells the editor, and the keys of the menu's conditions. */
export interface RowMenuContext {
  readonly webviewSection: "revision";
  readonly preventDefaultContextMenuItems: true;
  readonly alembicRow: string;
  /** A change that a page starts is asked about. */
  readonly isFromPage: true;
  readonly projectId: string;
  readonly revision: string;
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
  /** `{0} of {1}`: the place of a match among all. */
  readonly match: string;
  readonly empty: string;
  readonly actions: Readonly<Record<GraphAction, string>>;
  readonly commands: Readonly<Record<GraphCommand, string>>;
}

/** What concerns the whole graph. */
export const graphCommands = ["toggleAuthors", "export"] as const;

export type GraphCommand = (typeof graphCommands)[number];

export const graphActions = ["open", "upgrade", "downgrade", "preview"] as const;

export type GraphAction = (typeof graphActions)[number];

/** What can be done with a revision in this state; whatever is not known to be senseless. */
export function isActionPossible(action: GraphAction, mark: GraphMark): boolean {
  switch (action) {
    case "open":
    case "preview":
      return mark !== "missing";
    case "upgrade":
      return mark === "pending" || mark === "unknown";
    case "downgrade":
      return mark === "applied" || mark === "current" || mark === "unknown";
  }
}

/** One of the rows that hold a text. */
export interface GraphMatch {
  readonly row: number;
  /** Counted from one, from the newest. */
  readonly place: number;
  readonly count: number;
}

/** What the editor tells the page. `version` counts layouts: rows of another one mean something else. */
export type MessageToPage =
  | {
      readonly kind: "layout";
      readonly version: number;
      readonly projectId: string;
      readonly rowCount: number;
      readonly laneCount: number;
      readonly canRun: boolean;
      /** Whether rows say who added them. */
      readonly hasAuthors: boolean;
      readonly texts: GraphTexts;
    }
  | {
      readonly kind: "window";
      readonly version: number;
      readonly start: number;
      readonly rows: readonly GraphRow[];
      readonly edges: readonly GraphEdge[];
    }
  | { readonly kind: "found"; readonly version: number; readonly match: GraphMatch | undefined };

/** What the page asks. A row is named by its number, never by anything that came out of a file. */
export type MessageFromPage =
  | { readonly kind: "ready" }
  | { readonly kind: "window"; readonly version: number; readonly start: number; readonly end: number }
  | { readonly kind: "act"; readonly version: number; readonly row: number; readonly action: GraphAction }
  | { readonly kind: "command"; readonly version: number; readonly command: GraphCommand }
  | ({ readonly kind: "find"; readonly version: number } & FindRequest);

/** A search that goes round: forward from a row, which counts itself, or backward from the one above it. */
export interface FindRequest {
  readonly text: string;
  readonly from: number;
  readonly isBackward: boolean;
}

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
    case "command": {
      const command = graphCommands.find((known) => known === field("command"));
      return command === undefined ? undefined : { kind, version, command };
    }
    case "find": {
      const [text, from] = [field("text"), whole("from")];
      const isBackward = field("isBackward") === true;
      return typeof text !== "string" || from === undefined
        ? undefined
        : { kind, version, text, from, isBackward };
    }
    default:
      return undefined;
  }
}
