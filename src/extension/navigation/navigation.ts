import * as vscode from "vscode";
import { TextPositions } from "../project/textPositions";
import { pathOf } from "../project/paths";
import type { Project } from "../project/project";
import { workspaceEditOf } from "../project/workspaceEdit";
import type { Services } from "../services";
import { displayOrder } from "../../revision/displayOrder";
import type { GraphRevision } from "../../revision/graph";
import { resolveRevision } from "../../revision/resolve";
import type { RevisionHeader } from "../../source/header";
import { renameRevision } from "../../source/revisionEdits";
import { idAt, idsOf, listAt } from "./idAt";
import type { IdAt } from "./idAt";
import { revisionHover } from "./revisionHover";

/*
 * Entry of the bundle `dist/navigation.js`: what is asked about the text of a revision. It is loaded when a revision is
 * first opened, or searched for.
 */
export { ancestorsOf, descendantsOf, prepareAncestry } from "./ancestry";
export { operationHover } from "./operationHover";

const validId = /^[^\s@+:,;'"`\\-]+$/;

interface Place {
  readonly project: Project;
  readonly header: RevisionHeader;
  readonly positions: TextPositions;
}

interface IdPlace extends Place {
  readonly found: IdAt;
  readonly range: vscode.Range;
}

/** The revision that the id at a position names. */
export function definitionAt(
  services: Services,
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.LocationLink[] | undefined {
  const place = idPlaceOf(services, document, position);
  const revision = place && revisionOf(place.project, place.found.id);
  return place && revision && [definitionLink(place, revision)];
}

/** Where the id at a position stands in the revisions of the project. */
export function referencesAt(
  services: Services,
  document: vscode.TextDocument,
  position: vscode.Position,
  includeDeclaration: boolean,
): vscode.Location[] | undefined {
  const place = idPlaceOf(services, document, position);
  return place && referencesOf(place.project, place.found.id, includeDeclaration);
}

/** What there is to say about the revision that the id at a position names. */
export function revisionHoverAt(
  services: Services,
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.Hover | undefined {
  const place = idPlaceOf(services, document, position);
  const revision = place && revisionOf(place.project, place.found.id);
  if (place === undefined || revision === undefined) {
    return undefined;
  }
  const applied = services.databases.appliedOf(place.project);
  return new vscode.Hover(revisionHover(place.project, revision, applied), place.range);
}

/** The id at a position, if it is a revision's and so can be renamed. */
export function renamedRangeAt(
  services: Services,
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.Range | undefined {
  const place = idPlaceOf(services, document, position);
  return place?.project.graph.get(place.found.id) === undefined ? undefined : place.range;
}

/** Puts `newName` in the place of the id at a position wherever the project has it; throws if that may not be. */
export function renameEditsAt(
  services: Services,
  document: vscode.TextDocument,
  position: vscode.Position,
  newName: string,
): vscode.WorkspaceEdit | undefined {
  const place = idPlaceOf(services, document, position);
  return place && renameEdits(services, place.project, place.found.id, newName);
}

/** The ids in the comments of a document's header, each a link to its revision. */
export function linksIn(
  services: Services,
  document: vscode.TextDocument,
): vscode.DocumentLink[] | undefined {
  const place = placeOf(services, document);
  return place && linksOf(place);
}

/** The header of a document, where it is that of the present text. */
function placeOf(services: Services, document: vscode.TextDocument): Place | undefined {
  const project = services.projects.projectOfRevisionFile(document.uri);
  const file = project?.index.file(pathOf(document.uri));
  if (project === undefined || file?.header === undefined || file.isStale) {
    return undefined;
  }
  return { project, header: file.header, positions: new TextPositions(document.getText()) };
}

function idPlaceOf(
  services: Services,
  document: vscode.TextDocument,
  position: vscode.Position,
): IdPlace | undefined {
  const place = placeOf(services, document);
  const found = place && idAt(place.header, document.offsetAt(position));
  return place && found && { ...place, found, range: place.positions.range(found.range) };
}

function revisionOf(project: Project, id: string): GraphRevision | undefined {
  const exact = project.graph.get(id);
  if (exact !== undefined) {
    return exact;
  }
  try {
    return resolveRevision(project.graph, id);
  } catch {
    return undefined;
  }
}

function locationOf(project: Project, revision: GraphRevision): vscode.Location {
  const file = project.index.file(revision.path);
  const range = new TextPositions(file?.text ?? "").range(
    file?.header?.revision.range ?? { start: 0, end: 0 },
  );
  return new vscode.Location(project.uriOf(revision.path), range);
}

function definitionLink({ project, range }: IdPlace, revision: GraphRevision): vscode.LocationLink {
  const { uri, range: targetRange } = locationOf(project, revision);
  return { originSelectionRange: range, targetUri: uri, targetRange, targetSelectionRange: targetRange };
}

function referencesOf(project: Project, id: string, includeDeclaration: boolean): vscode.Location[] {
  const revision = revisionOf(project, id)?.revision ?? id;
  return project.index.files.flatMap(({ path, text, header }) => {
    if (header === undefined) {
      return [];
    }
    const positions = new TextPositions(text);
    return idsOf(header)
      .filter((found) => found.role !== "own" || includeDeclaration)
      .filter((found) => found.id === revision || revisionOf(project, found.id)?.revision === revision)
      .map((found) => new vscode.Location(project.uriOf(path), positions.range(found.range)));
  });
}

/** The revisions of the project where the position is in a list of ids. */
export function completionsAt(
  services: Services,
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.CompletionItem[] | undefined {
  const place = placeOf(services, document);
  if (place === undefined || listAt(place.header, document.offsetAt(position)) === undefined) {
    return undefined;
  }
  const { project, header } = place;
  const quoted = document.getWordRangeAtPosition(position, /[^\s"'`[\],]+/);
  const before = document.lineAt(position).text.slice(0, position.character);
  const isInString = /["'`]\w*$/.test(before);
  return displayOrder(project.graph)
    .filter(({ revision }) => revision !== header.revision.value)
    .map((revision, index) => {
      const item = new vscode.CompletionItem(
        { label: revision.revision, description: revision.message },
        vscode.CompletionItemKind.Reference,
      );
      item.insertText = isInString ? revision.revision : JSON.stringify(revision.revision);
      item.detail = revision.isHead ? vscode.l10n.t("head") : "";
      item.filterText = `${revision.revision} ${revision.message}`;
      item.sortText = `${revision.isHead ? 0 : 1}${String(index).padStart(6, "0")}`;
      if (isInString && quoted !== undefined) {
        item.range = quoted;
      }
      return item;
    });
}

function renameEdits(
  services: Services,
  project: Project,
  id: string,
  newName: string,
): vscode.WorkspaceEdit {
  if (!validId.test(newName)) {
    throw new Error(vscode.l10n.t("An ID cannot contain spaces, quotes, or any of @ + - : , ;"));
  }
  if (project.graph.get(newName) !== undefined) {
    throw new Error(vscode.l10n.t("Revision {0} already exists.", newName));
  }
  const applied = services.databases.appliedOf(project);
  if (applied.kind === "known" && applied.current.has(id)) {
    throw new Error(
      vscode.l10n.t(
        "The version table of the database names {0}: downgrade first, or stamp the database after the change.",
        id,
      ),
    );
  }
  const sources = project.index.files.flatMap(({ path, text, header, isStale }) =>
    header === undefined || isStale ? [] : [{ path, text, header }],
  );
  return workspaceEditOf(project, renameRevision(sources, id, newName));
}

function linksOf({ project, header, positions }: Place): vscode.DocumentLink[] {
  const documented = header.documentedIds.downRevision?.values ?? [];
  return documented.flatMap(({ value, range }) => {
    const revision = revisionOf(project, value);
    if (revision === undefined) {
      return [];
    }
    const link = new vscode.DocumentLink(positions.range(range), project.uriOf(revision.path));
    link.tooltip = revision.message;
    return [link];
  });
}

/** The revisions of all projects whose id or message has the query in it. */
export function symbolsFor(services: Services, query: string): vscode.SymbolInformation[] {
  const wanted = query.toLowerCase();
  return services.projects.projects.flatMap((project) =>
    project.graph.revisions
      .filter(({ revision, message }) => `${revision} ${message}`.toLowerCase().includes(wanted))
      .slice(0, 200)
      .map(
        (revision) =>
          new vscode.SymbolInformation(
            `${revision.message || revision.revision} (${revision.revision})`,
            vscode.SymbolKind.Event,
            project.name,
            locationOf(project, revision),
          ),
      ),
  );
}
