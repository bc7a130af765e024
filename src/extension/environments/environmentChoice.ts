import type { StaticConfig } from "../../project/staticConfig";

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

/** Whether the configuration marks the chosen environment as production. */
export function isProduction(choice: EnvironmentChoice, config: StaticConfig | undefined): boolean {
  return (
    choice.kind === "environment" &&
    (config?.environments.some(({ name, production }) => production && name === choice.name) ?? false)
  );
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
