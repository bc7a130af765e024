import { drawLanes } from "./drawEdges";
import { drawingWidth, rowHeight, visibleRows } from "./geometry";
import {
  graphActions,
  graphCommands,
  isActionPossible,
  type GraphAction,
  type GraphCommand,
  type GraphEdge,
  type GraphMatch,
  type GraphRow,
  type MessageFromPage,
  type MessageToPage,
} from "./protocol";
import { element, rowElement, rowId } from "./rowElement";

export interface GraphListOptions {
  readonly post: (message: MessageFromPage) => void;
  readonly remember: (scrollTop: number, selectedRow: number) => void;
  readonly remembered: { readonly scrollTop: number; readonly selectedRow: number } | undefined;
}

type Layout = Extract<MessageToPage, { kind: "layout" }>;

/** Letters typed so shortly after one another are one text to look for, in milliseconds. */
const typeAheadTime = 1000;

/**
 * The page: a list that holds only the rows in sight, with the lanes drawn at its left, a search field and the
 * actions of the selected row. All of it works with the keyboard alone; no single key changes a database.
 */
export class GraphList {
  private readonly find = element("input", "find");
  private readonly actions = element("div", "actions");
  private readonly commands = element("div", "actions");
  private readonly viewport = element("div", "viewport");
  private readonly sizer = element("div", "sizer");
  private readonly rowsElement = element("div", "rows");
  private readonly note = element("p", "note");
  private readonly svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  private layout: Layout | undefined;
  private rows: readonly GraphRow[] = [];
  private edges: readonly GraphEdge[] = [];
  private start = 0;
  private selectedRow: number;
  private isRequested = false;
  private buttons: ReadonlyMap<GraphAction, HTMLButtonElement> = new Map();
  private typed = "";
  private typedAt = 0;

  constructor(
    body: HTMLElement,
    private readonly options: GraphListOptions,
  ) {
    this.selectedRow = options.remembered?.selectedRow ?? 0;
    const toolbar = element("div", "toolbar");
    toolbar.append(this.find, this.actions, this.commands);
    this.actions.setAttribute("role", "toolbar");
    this.svg.setAttribute("aria-hidden", "true");
    this.viewport.tabIndex = 0;
    this.viewport.setAttribute("role", "listbox");
    this.sizer.append(this.svg, this.rowsElement);
    this.viewport.append(this.sizer);
    this.note.setAttribute("role", "status");
    body.append(toolbar, this.viewport, this.note);
    this.viewport.addEventListener("scroll", () => this.requestWindow());
    this.viewport.addEventListener("keydown", (event) => this.onKey(event));
    this.viewport.addEventListener("click", (event) => this.onClick(event, false));
    this.viewport.addEventListener("contextmenu", (event) => this.onClick(event, false));
    this.viewport.addEventListener("dblclick", (event) => this.onClick(event, true));
    this.find.type = "search";
    this.find.addEventListener("keydown", (event) => this.onFindKey(event));
    this.find.addEventListener("input", () => this.postFind(this.find.value, this.selectedRow));
    window.addEventListener("resize", () => this.requestWindow());
    // The editor gives the focus to the page, which has nothing else that takes keys.
    window.addEventListener("focus", () => this.takeFocus());
    this.takeFocus();
  }

  private takeFocus(): void {
    if (document.hasFocus() && document.activeElement === document.body) {
      this.viewport.focus();
    }
  }

  receive(message: MessageToPage): void {
    switch (message.kind) {
      case "layout":
        this.useLayout(message);
        break;
      case "window":
        if (message.version === this.layout?.version) {
          this.useWindow(message.start, message.rows, message.edges);
        }
        break;
      case "found":
        if (message.version === this.layout?.version) {
          this.useFound(message.match);
        }
        break;
    }
  }

  private useLayout(layout: Layout): void {
    const isFirst = this.layout === undefined;
    this.layout = layout;
    const { texts } = layout;
    this.find.placeholder = texts.find;
    this.find.setAttribute("aria-label", texts.find);
    this.viewport.setAttribute("aria-label", texts.list);
    this.viewport.setAttribute("aria-rowcount", String(layout.rowCount));
    this.note.textContent = layout.rowCount === 0 ? texts.empty : "";
    this.sizer.style.height = `${layout.rowCount * rowHeight}px`;
    this.rowsElement.style.left = `${drawingWidth(layout.laneCount)}px`;
    this.svg.setAttribute("width", String(drawingWidth(layout.laneCount)));
    this.buttons = new Map(graphActions.map((action) => [action, this.actionButton(action, layout)]));
    this.actions.replaceChildren(...this.buttons.values());
    this.commands.replaceChildren(...graphCommands.flatMap((command) => this.commandButton(command, layout)));
    this.selectedRow = Math.min(this.selectedRow, Math.max(0, layout.rowCount - 1));
    if (isFirst && this.options.remembered !== undefined) {
      this.viewport.scrollTop = this.options.remembered.scrollTop;
    }
    this.isRequested = false;
    this.requestWindow();
  }

  /** Git is asked for authors, which an untrusted workspace must not cause. */
  private commandButton(command: GraphCommand, layout: Layout): HTMLButtonElement[] {
    if (command === "toggleAuthors" && !layout.canRun) {
      return [];
    }
    const button = element("button", "action");
    button.textContent = layout.texts.commands[command];
    if (command === "toggleAuthors") {
      button.setAttribute("aria-pressed", String(layout.hasAuthors));
    }
    button.addEventListener("click", () => {
      if (this.layout !== undefined) {
        this.options.post({ kind: "command", version: this.layout.version, command });
      }
    });
    return [button];
  }

  private actionButton(action: GraphAction, layout: Layout): HTMLButtonElement {
    const button = element("button", "action");
    button.textContent = layout.texts.actions[action];
    button.disabled = true;
    button.addEventListener("click", () => this.act(action));
    return button;
  }

  /** One request a frame is enough, however fast the wheel turns. */
  private requestWindow(): void {
    if (this.isRequested || this.layout === undefined) {
      return;
    }
    this.isRequested = true;
    requestAnimationFrame(() => {
      this.isRequested = false;
      if (this.layout !== undefined) {
        const { scrollTop, clientHeight } = this.viewport;
        const range = visibleRows(scrollTop, clientHeight, this.layout.rowCount);
        this.options.post({ kind: "window", version: this.layout.version, ...range });
        this.options.remember(scrollTop, this.selectedRow);
      }
    });
  }

  private useWindow(start: number, rows: readonly GraphRow[], edges: readonly GraphEdge[]): void {
    this.start = start;
    this.rows = rows;
    this.edges = edges;
    this.draw();
  }

  private draw(): void {
    const top = `${this.start * rowHeight}px`;
    this.svg.style.top = top;
    this.rowsElement.style.top = top;
    this.svg.setAttribute("height", String(this.rows.length * rowHeight));
    const list = {
      projectId: this.layout?.projectId ?? "",
      rowCount: this.layout?.rowCount ?? 0,
      selectedRow: this.selectedRow,
    };
    this.rowsElement.replaceChildren(...this.rows.map((row) => rowElement(row, list)));
    drawLanes(this.svg, this.start, this.rows, this.edges, this.selectedRow);
    this.viewport.setAttribute("aria-activedescendant", rowId(this.selectedRow));
    const selected = this.rows.find(({ row }) => row === this.selectedRow);
    for (const [action, button] of this.buttons) {
      button.disabled = selected === undefined || !this.isPossible(action, selected);
    }
  }

  private isPossible(action: GraphAction, { mark }: GraphRow): boolean {
    return (action === "open" || this.layout?.canRun === true) && isActionPossible(action, mark);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || this.layout === undefined) {
      return;
    }
    const page = Math.max(1, Math.floor(this.viewport.clientHeight / rowHeight) - 1);
    const moves = new Map([
      ["ArrowDown", this.selectedRow + 1],
      ["ArrowUp", this.selectedRow - 1],
      ["PageDown", this.selectedRow + page],
      ["PageUp", this.selectedRow - page],
      ["Home", 0],
      ["End", this.layout.rowCount - 1],
    ]);
    const target = moves.get(event.key);
    if (target !== undefined) {
      this.select(target);
    } else if (event.key === "Enter") {
      this.act("open");
    } else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      this.openMenu();
    } else if (event.key === "/") {
      this.find.focus();
    } else if ([...event.key].length === 1 && event.key !== " ") {
      this.typeAhead(event.key, event.timeStamp);
    } else {
      return;
    }
    event.preventDefault();
  }

  /** The editor opens a menu for the event of a right click, wherever that comes from. */
  private openMenu(): void {
    const line = document.getElementById(rowId(this.selectedRow));
    const place = line?.getBoundingClientRect();
    line?.dispatchEvent(
      new MouseEvent("contextmenu", {
        bubbles: true,
        cancelable: true,
        clientX: place?.left ?? 0,
        clientY: place?.bottom ?? 0,
      }),
    );
  }

  private typeAhead(letter: string, now: number): void {
    const isGoingOn = now - this.typedAt < typeAheadTime;
    this.typed = isGoingOn ? this.typed + letter : letter;
    this.typedAt = now;
    this.postFind(this.typed, isGoingOn ? this.selectedRow : this.selectedRow + 1);
  }

  private postFind(text: string, from: number, isBackward = false): void {
    if (text.trim() === "") {
      this.note.textContent = "";
    } else if (this.layout !== undefined) {
      this.options.post({ kind: "find", version: this.layout.version, text, from, isBackward });
    }
  }

  private onFindKey(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      this.viewport.focus();
    } else if (event.key === "Enter") {
      this.postFind(
        this.find.value,
        event.shiftKey ? this.selectedRow : this.selectedRow + 1,
        event.shiftKey,
      );
    }
  }

  private useFound(match: GraphMatch | undefined): void {
    const { noMatch = "", match: place = "" } = this.layout?.texts ?? {};
    if (match === undefined) {
      this.note.textContent = noMatch;
    } else {
      this.select(match.row);
      this.note.textContent = place.replace("{0}", String(match.place)).replace("{1}", String(match.count));
    }
  }

  private onClick(event: MouseEvent, isDouble: boolean): void {
    const line = event.target instanceof Element ? event.target.closest<HTMLElement>(".row") : null;
    const row = Number(line?.dataset["row"]);
    if (line === null || !Number.isInteger(row)) {
      return;
    }
    this.select(row);
    if (isDouble) {
      this.act("open");
    }
  }

  private select(row: number): void {
    if (this.layout === undefined || this.layout.rowCount === 0) {
      return;
    }
    this.selectedRow = Math.min(Math.max(row, 0), this.layout.rowCount - 1);
    this.note.textContent = "";
    const top = this.selectedRow * rowHeight;
    const { scrollTop, clientHeight } = this.viewport;
    if (top < scrollTop) {
      this.viewport.scrollTop = top;
    } else if (top + rowHeight > scrollTop + clientHeight) {
      this.viewport.scrollTop = top + rowHeight - clientHeight;
    }
    this.draw();
    this.requestWindow();
  }

  private act(action: GraphAction): void {
    if (this.layout !== undefined) {
      this.options.post({ kind: "act", version: this.layout.version, row: this.selectedRow, action });
    }
  }
}
