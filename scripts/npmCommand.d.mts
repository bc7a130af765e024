/** How to start npm or npx on this machine. */
export function npmCommand(
  name: "npm" | "npx",
  args: readonly string[],
  machine?: {
    readonly platform: NodeJS.Platform;
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** The path of Node's program. */
    readonly node: string;
    readonly isFile: (path: string) => boolean;
  },
): { readonly command: string; readonly args: readonly string[] };
