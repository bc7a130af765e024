import * as vscode from "vscode";
import { sqlScheme } from "../contributions";
import { previewPath, previewQuery } from "./previewAddress";
import type { PreviewAddress } from "./previewAddress";

/** The document that shows this SQL. */
export function previewUri(address: PreviewAddress): vscode.Uri {
  return vscode.Uri.from({ scheme: sqlScheme, path: previewPath(address), query: previewQuery(address) });
}
