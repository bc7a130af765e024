import { createRequire, register } from "node:module";
import { pathToFileURL } from "node:url";
import { MessageChannel, receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import { LoadError } from "../errors";
import type { LoadedFile } from "./loadedFiles";
import type * as LoaderHooks from "./loaderHooks";
import type { LoaderHooksData, LoaderHooksMessage } from "./loaderHooks";
import { ownHooks } from "./ownFiles";
import { registerHooksOfNode } from "./syncHooks";

interface InstalledHooks {
  readonly port: MessagePort;
  readonly version: Int32Array;
}

let hooks: InstalledHooks | undefined;
const loaded = new Map<string, LoadedFile>();
let lastFailure: LoadError | undefined;

/** Teaches `import` TypeScript. Installed once, at the first ES module of a project. */
export function installEsmHooks(): void {
  if (hooks !== undefined) {
    return;
  }
  const { port1, port2 } = new MessageChannel();
  const version = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const data: LoaderHooksData = { port: port2, version };
  const registerHooks = registerHooksOfNode();
  if (registerHooks === undefined) {
    register(pathToFileURL(ownHooks("own")), { data, transferList: [port2] });
  } else {
    const own = createRequire(__filename)(ownHooks("this")) as typeof LoaderHooks;
    own.initialize(data);
    port2.unref();
    registerHooks({ resolve: own.resolveSync, load: own.loadSync });
  }
  port1.unref();
  hooks = { port: port1, version: new Int32Array(version) };
}

/** Project files that were imported as ES modules. */
export function loadedEsmFiles(): Iterable<LoadedFile> {
  readMessages();
  return loaded.values();
}

/** Makes `import` run all project files anew when they are next asked for. */
export function forgetEsmFiles(): void {
  readMessages();
  if (hooks !== undefined) {
    Atomics.add(hooks.version, 0, 1);
  }
  loaded.clear();
}

/** The failure that the hooks met since this was last asked: errors lose their class on the way between threads. */
export function takeEsmFailure(): LoadError | undefined {
  readMessages();
  const failure = lastFailure;
  lastFailure = undefined;
  return failure;
}

function readMessages(): void {
  if (hooks === undefined) {
    return;
  }
  for (
    let next = receiveMessageOnPort(hooks.port);
    next !== undefined;
    next = receiveMessageOnPort(hooks.port)
  ) {
    const message = next.message as LoaderHooksMessage;
    if (message.kind === "loaded") {
      loaded.set(message.path, { path: message.path, stamp: message.stamp });
    } else {
      lastFailure = new LoadError(message.code, message.message, message);
    }
  }
}
