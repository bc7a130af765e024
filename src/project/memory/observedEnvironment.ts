import { isInstalled } from "../loader/resolveSpecifier";

/** What the project's code did with the variables of this process since it is observed. */
export interface ObservedEnvironment {
  /** Variables that were asked for, whether they are set or not. */
  readonly names: ReadonlySet<string>;
  /** False once something has listed them: then single names do not say what was seen. */
  readonly isByName: boolean;
}

let observed: { readonly names: Set<string>; isByName: boolean } | undefined;

/** Notes from now on which variables of this process are read. Whoever holds `process.env` already is not observed. */
export function observeEnvironment(): ObservedEnvironment {
  if (observed === undefined) {
    const noted = { names: new Set<string>(), isByName: true };
    observed = noted;
    process.env = observing(process.env, noted);
  }
  return observed;
}

function observing(
  environment: NodeJS.ProcessEnv,
  noted: { readonly names: Set<string>; isByName: boolean },
): NodeJS.ProcessEnv {
  const note = (name: string | symbol): void => {
    if (typeof name === "string") {
      noted.names.add(name);
    }
  };
  const giveUp = (): void => {
    noted.isByName = false;
  };
  return new Proxy(environment, {
    get(target, name) {
      note(name);
      return Reflect.get(target, name) as unknown;
    },
    has(target, name) {
      note(name);
      return Reflect.has(target, name);
    },
    getOwnPropertyDescriptor(target, name) {
      if (!isAskedByPackage()) {
        note(name);
      }
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    ownKeys(target) {
      if (!isAskedByPackage()) {
        giveUp();
      }
      return Reflect.ownKeys(target);
    },
    // Without a receiver: `process.env` takes no descriptor from another object. What is set follows from what was read.
    set: (target, name, value) => Reflect.set(target, name, value),
  });
}

/**
 * Whether it is a package that looks through the variables, as `debug` does for its settings: of those that are loaded
 * where entities are remembered, none makes other tables for it.
 */
function isAskedByPackage(): boolean {
  // Behind the message, this function and the trap that has called it.
  const [caller = ""] = (new Error().stack ?? "")
    .split("\n")
    .slice(3)
    .filter((line) => !line.endsWith("(<anonymous>)"));
  return isInstalled(caller);
}
