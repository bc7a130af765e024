export interface InstallOptions {
  readonly vsix: string;
  readonly dataFolder: string;
  readonly extensionsFolder: string;
}

export function installExtension(options: InstallOptions): Promise<number>;
