import * as nodeModule from "node:module";
import type { LoadFnOutput, LoadHookContext, ResolveFnOutput, ResolveHookContext } from "node:module";

/** How a hook in the importing thread finds what a specifier means. */
export type ResolveHookSync = (
  specifier: string,
  context: ResolveHookContext,
  nextResolve: (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput,
) => ResolveFnOutput;

/** How a hook in the importing thread reads a module. */
export type LoadHookSync = (
  url: string,
  context: LoadHookContext,
  nextLoad: (url: string, context?: Partial<LoadHookContext>) => LoadFnOutput,
) => LoadFnOutput;

type RegisterHooks = (hooks: { readonly resolve: ResolveHookSync; readonly load: LoadHookSync }) => unknown;

/** Node 26 warns of `module.register`. Before it, hooks on a thread of their own are those that are long proven. */
const firstWithSyncHooks = 26;

/** `module.registerHooks`, where it is to be used instead of `module.register`; the types of Node 20 do not have it. */
export function registerHooksOfNode(version: string = process.versions.node): RegisterHooks | undefined {
  const isWanted = Number.parseInt(version, 10) >= firstWithSyncHooks;
  const registerHooks: unknown = Reflect.get(nodeModule, "registerHooks");
  return isWanted && typeof registerHooks === "function" ? (registerHooks as RegisterHooks) : undefined;
}
