import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** The page's HTML. Nothing in it comes from a file: rows arrive as messages and are set as text. */
export function graphPage(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64");
  const fileUri = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, "dist", name)).toString();
  const policy = ["default-src 'none'", `style-src ${webview.cspSource}`, `script-src 'nonce-${nonce}'`].join(
    "; ",
  );
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${fileUri("graph.css")}">
<title>Alembic</title>
</head>
<body>
<script nonce="${nonce}" src="${fileUri("graph.js")}"></script>
</body>
</html>`;
}
