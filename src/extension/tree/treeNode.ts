import type * as vscode from "vscode";
import type { LocatedProblem } from "../../source/chainDiagnostics";
import type { Project } from "../project/project";
import type { RevisionRow } from "./treeModel";

/** A row of the view *Revisions*. */
export type TreeNode =
  | { readonly kind: "project"; readonly project: Project }
  | {
      readonly kind: "revision";
      readonly project: Project;
      readonly row: RevisionRow;
      /** The two by which commands know the revision. */
      readonly projectId: string;
      readonly revision: string;
    }
  | {
      readonly kind: "unknownRow";
      readonly project: Project;
      readonly projectId: string;
      readonly row: string;
    }
  | { readonly kind: "state"; readonly project: Project }
  | { readonly kind: "missingFolder"; readonly project: Project; readonly folder: vscode.Uri }
  | { readonly kind: "remedy"; readonly project: Project; readonly remedy: "openConfig" | "createFolder" }
  | { readonly kind: "problems"; readonly project: Project; readonly problems: readonly LocatedProblem[] }
  | { readonly kind: "problem"; readonly project: Project; readonly problem: LocatedProblem }
  | { readonly kind: "more"; readonly project: Project; readonly hidden: number };

export type RevisionNode = Extract<TreeNode, { kind: "revision" }>;
