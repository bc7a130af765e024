import type { GraphRow, RowMenuContext } from "./protocol";

/** What a row shows of the list that it stands in. */
export interface ListOfRow {
  readonly projectId: string;
  readonly rowCount: number;
  readonly selectedRow: number;
}

/** The element of one row, with the data that the editor's menu asks for. */
export function rowElement(row: GraphRow, { projectId, rowCount, selectedRow }: ListOfRow): HTMLElement {
  const line = element("div", `row ${row.mark}`);
  line.id = rowId(row.row);
  line.dataset["row"] = String(row.row);
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", String(row.row === selectedRow));
  line.setAttribute("aria-label", row.spoken);
  line.title = row.tooltip;
  if (row.mark !== "missing") {
    line.dataset["vscodeContext"] = JSON.stringify(menuContext(row, projectId));
  }
  line.setAttribute("aria-posinset", String(row.row + 1));
  line.setAttribute("aria-setsize", String(rowCount));
  line.append(textElement("message", row.message), textElement("id", row.id));
  line.append(...row.badges.map((badge) => textElement("badge", badge)));
  if (row.author !== "") {
    line.append(textElement("author", row.author));
  }
  return line;
}

function menuContext({ id, menuWords }: GraphRow, projectId: string): RowMenuContext {
  return {
    webviewSection: "revision",
    preventDefaultContextMenuItems: true,
    alembicRow: menuWords,
    isFromPage: true,
    projectId,
    revision: id,
  };
}

/** The ID of a row's element, which names it for screen readers. */
export function rowId(row: number): string {
  return `row-${row}`;
}

/** A new element with a class. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

function textElement(className: string, text: string): HTMLElement {
  const made = element("span", className);
  made.textContent = text;
  return made;
}
