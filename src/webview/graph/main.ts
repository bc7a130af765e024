import "./graph.css";
import { GraphList } from "./graphList";
import type { MessageFromPage, MessageToPage } from "./protocol";

interface PageState {
  readonly scrollTop: number;
  readonly selectedRow: number;
}

interface EditorApi {
  postMessage(message: MessageFromPage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): EditorApi;

const editor = acquireVsCodeApi();
const list = new GraphList(document.body, {
  post: (message) => editor.postMessage(message),
  remember: (scrollTop, selectedRow) => editor.setState({ scrollTop, selectedRow }),
  remembered: editor.getState(),
});

// Only the editor that made the page can post to it; its messages are typed on both sides.
window.addEventListener("message", (event: MessageEvent<MessageToPage>) => list.receive(event.data));
editor.postMessage({ kind: "ready" });
