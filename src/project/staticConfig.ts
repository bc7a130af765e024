/** An environment's name and marks, without its address. */
export interface StaticEnvironment {
  readonly name: string;
  readonly color: string | undefined;
  readonly production: boolean;
}

/** What a configuration's text says by itself. Paths are absolute if the config's own path was. */
export interface StaticConfig {
  readonly scriptLocation: string | undefined;
  /** Empty where they can't be told, or where neither they nor the script location are given. */
  readonly versionLocations: readonly string[];
  readonly recursiveVersionLocations: boolean;
  readonly fileTemplate: string;
  readonly truncateSlugLength: number;
  readonly timezone: string | undefined;
  readonly versionTable: string;
  readonly dataSource: string | undefined;
  readonly environments: readonly StaticEnvironment[];
  /** Keys whose values are computed, so that only running the config would tell. */
  readonly unreadKeys: readonly string[];
}

/**
 * Reads the literals of a configuration (TypeScript, JavaScript, JSON, ini, TOML) without running anything. Undefined
 * if the text is no configuration or does not parse.
 */
export function readStaticConfig(_text: string, _path: string): StaticConfig | undefined {
  return undefined;
}
