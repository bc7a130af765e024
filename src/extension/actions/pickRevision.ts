import * as vscode from "vscode";
import { displayOrder } from "../../revision/displayOrder";
import type { GraphRevision } from "../../revision/graph";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { openRevisionFile } from "./openFile";

export interface SymbolItem {
  readonly symbol: string;
  readonly label: string;
  readonly description: string;
}

export interface PickRevisionOptions {
  readonly title: string;
  readonly placeholder: string;
  /** Symbols such as `head`, above the revisions. */
  readonly symbols?: readonly SymbolItem[];
  /** Leaves revisions out. */
  readonly filter?: (revision: GraphRevision) => boolean;
  /** Whether any text that looks like a target may be typed. */
  readonly acceptsTyped?: boolean;
}

interface Item extends vscode.QuickPickItem {
  readonly symbol?: string;
  readonly revision?: GraphRevision;
}

const typedSymbol = /^(?:[+-]\d+|[\w]+(?:@[\w]+)?(?:[+-]\d+)?)$/;

/** Asks for a revision or a symbolic target; undefined if the user leaves. */
export function pickRevision(
  services: Services,
  project: Project,
  options: PickRevisionOptions,
): Promise<string | undefined> {
  const items = itemsFor(services, project, options);
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = options.title;
  picker.placeholder = options.placeholder;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = items;
  return new Promise((resolve) => {
    picker.onDidChangeValue((value) => {
      picker.items = options.acceptsTyped === true ? [...typedItems(value.trim(), items), ...items] : items;
    });
    picker.onDidTriggerItemButton(({ item }) => {
      if (item.revision !== undefined) {
        void openRevisionFile(project, item.revision.revision, { isPreview: true });
      }
    });
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.symbol);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function itemsFor(services: Services, project: Project, options: PickRevisionOptions): readonly Item[] {
  const symbols = (options.symbols ?? []).map(({ symbol, label, description }): Item => {
    return { symbol, label, description };
  });
  const applied = services.databases.appliedOf(project);
  const wanted = displayOrder(project.graph).filter((revision) => options.filter?.(revision) ?? true);
  const revisionItem = (revision: GraphRevision): Item => ({
    symbol: revision.revision,
    revision,
    label: revision.message === "" ? revision.revision : revision.message,
    description: describe(revision, applied.kind === "known" && applied.current.has(revision.revision)),
    buttons: [{ iconPath: new vscode.ThemeIcon("go-to-file"), tooltip: vscode.l10n.t("Open File") }],
  });
  if (applied.kind === "unknown") {
    return withHeading(symbols, vscode.l10n.t("Revisions"), wanted.map(revisionItem));
  }
  const pending = wanted.filter(({ revision }) => !applied.applied.has(revision)).map(revisionItem);
  const done = wanted.filter(({ revision }) => applied.applied.has(revision)).map(revisionItem);
  return withHeading(withHeading(symbols, vscode.l10n.t("Pending"), pending), vscode.l10n.t("Applied"), done);
}

function withHeading(before: readonly Item[], heading: string, items: readonly Item[]): readonly Item[] {
  if (items.length === 0) {
    return before;
  }
  return [...before, { label: heading, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function typedItems(value: string, items: readonly Item[]): readonly Item[] {
  if (!typedSymbol.test(value) || items.some(({ symbol }) => symbol === value)) {
    return [];
  }
  return [{ symbol: value, label: value, description: vscode.l10n.t("as typed"), alwaysShow: true }];
}

function describe(revision: GraphRevision, isCurrent: boolean): string {
  const marks = [
    revision.revision,
    ...revision.branchLabels,
    ...(revision.isHead ? [vscode.l10n.t("head")] : []),
    ...(isCurrent ? [vscode.l10n.t("current")] : []),
  ];
  return marks.join(" · ");
}
