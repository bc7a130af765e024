import type * as vscode from "vscode";

/** Disposables that go together. What is added after `dispose` is disposed at once. */
export class DisposableStore implements vscode.Disposable {
  private readonly items = new Set<vscode.Disposable>();
  private isDisposed = false;

  add<Item extends vscode.Disposable>(item: Item): Item {
    if (this.isDisposed) {
      item.dispose();
    } else {
      this.items.add(item);
    }
    return item;
  }

  dispose(): void {
    this.isDisposed = true;
    const items = [...this.items].reverse();
    this.items.clear();
    for (const item of items) {
      item.dispose();
    }
  }
}
