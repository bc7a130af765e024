import type { DatabaseChoice } from "../../engine/protocol";
import type { StaticConfig, StaticEnvironment } from "../../project/staticConfig";

/** What the user chose as a project's database; the URL of the last kind is kept as a secret elsewhere. */
export type EnvironmentChoice =
  /** The configuration and the environment variables decide. */
  | { readonly kind: "default" }
  | { readonly kind: "environment"; readonly name: string }
  | { readonly kind: "url"; readonly label: string };

/** A stored choice, read back; anything else than a choice is the default. */
export function readChoice(stored: unknown): EnvironmentChoice {
  if (typeof stored === "object" && stored !== null && "kind" in stored) {
    if (stored.kind === "environment" && "name" in stored && typeof stored.name === "string") {
      return { kind: "environment", name: stored.name };
    }
    if (stored.kind === "url" && "label" in stored && typeof stored.label === "string") {
      return { kind: "url", label: stored.label };
    }
  }
  return { kind: "default" };
}

/** Whether both are the same database, as far as it was chosen. */
export function isSameChoice(one: EnvironmentChoice, other: EnvironmentChoice): boolean {
  switch (one.kind) {
    case "default":
      return other.kind === "default";
    case "environment":
      return other.kind === "environment" && other.name === one.name;
    case "url":
      return other.kind === "url" && other.label === one.label;
  }
}

/**
 * The choice as the engine takes it. Undefined where the URL that was typed in is not known any more: what is configured
 * instead would be another database than the one that was chosen.
 */
export function databaseChoice(
  choice: EnvironmentChoice,
  url: string | undefined,
): DatabaseChoice | undefined {
  switch (choice.kind) {
    case "default":
      return {};
    case "environment":
      return { environment: choice.name };
    case "url":
      return url === undefined ? undefined : { url };
  }
}

/** What the configuration says of the environment that is meant; undefined where it is a database of no name. */
export function environmentMeant(
  choice: EnvironmentChoice,
  config: StaticConfig | undefined,
): StaticEnvironment | undefined {
  const name =
    choice.kind === "environment"
      ? choice.name
      : choice.kind === "default"
        ? config?.defaultEnvironment
        : undefined;
  return name === undefined
    ? undefined
    : config?.environments.find((environment) => environment.name === name);
}

/**
 * A URL as it may be shown: host and database. Undefined if it is no URL. Where a password with unquoted marks makes
 * the parts uncertain, the scheme alone is given.
 */
export function labelOfUrl(url: string): string | undefined {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)(.*)$/is.exec(url.trim());
  const scheme = match?.[1];
  const rest = match?.[2];
  if (scheme === undefined || rest === undefined) {
    return undefined;
  }
  const address = rest.slice(rest.lastIndexOf("@") + 1).replace(/[?#].*$/s, "");
  const isPlain =
    /^[\w.:[\]/%~, -]*$/.test(address) && (rest.includes("@") || !/^[^/]*:[^/]*[^\d/,]/.test(address));
  return isPlain && address !== "" ? address : scheme;
}
