import * as vscode from "vscode";
import type { Services } from "../services";
import { lazyBundle } from "../shared/lazyBundle";
import type * as navigationModule from "./navigation";

const bundle = lazyBundle<typeof navigationModule>("navigation.js");

const revisionFiles: vscode.DocumentSelector = [
  { language: "typescript", scheme: "file" },
  { language: "javascript", scheme: "file" },
  { language: "python", scheme: "file" },
];

/** Going from an id to its revision, its children, its text; completing and renaming it. */
export function registerNavigation(context: vscode.ExtensionContext, services: Services): void {
  const { languages } = vscode;
  /** The bundle where the file is a revision's: the editor asks about every file of these languages. */
  const about = ({ uri }: vscode.TextDocument): typeof navigationModule | undefined =>
    services.projects.projectOfRevisionFile(uri) && bundle();
  context.subscriptions.push(
    languages.registerDefinitionProvider(revisionFiles, {
      provideDefinition: (document, position) => about(document)?.definitionAt(services, document, position),
    }),
    languages.registerReferenceProvider(revisionFiles, {
      provideReferences: (document, position, { includeDeclaration }) =>
        about(document)?.referencesAt(services, document, position, includeDeclaration),
    }),
    languages.registerHoverProvider(revisionFiles, {
      provideHover: (document, position) => about(document)?.revisionHoverAt(services, document, position),
    }),
    languages.registerHoverProvider(revisionFiles, {
      provideHover: (document, position, token) =>
        about(document)?.operationHover(services, document, position, token),
    }),
    languages.registerCompletionItemProvider(
      revisionFiles,
      {
        provideCompletionItems: (document, position) =>
          about(document)?.completionsAt(services, document, position),
      },
      '"',
      "'",
    ),
    languages.registerRenameProvider(revisionFiles, {
      prepareRename: (document, position) => {
        const range = about(document)?.renamedRangeAt(services, document, position);
        if (range === undefined) {
          throw new Error(vscode.l10n.t("This is not the ID of a revision."));
        }
        return range;
      },
      provideRenameEdits: (document, position, newName) =>
        about(document)?.renameEditsAt(services, document, position, newName),
    }),
    languages.registerDocumentLinkProvider(revisionFiles, {
      provideDocumentLinks: (document) => about(document)?.linksIn(services, document),
    }),
    languages.registerTypeHierarchyProvider(revisionFiles, {
      prepareTypeHierarchy: (document, position) =>
        about(document)?.prepareAncestry(services, document, position),
      provideTypeHierarchySupertypes: (item) => bundle().ancestorsOf(services, item),
      provideTypeHierarchySubtypes: (item) => bundle().descendantsOf(services, item),
    }),
    languages.registerWorkspaceSymbolProvider({
      provideWorkspaceSymbols: (query) => bundle().symbolsFor(services, query),
    }),
  );
}
