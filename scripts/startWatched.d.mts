/** A timer as that of `setTimeout`. */
export interface HangTimer {
  refresh(): unknown;
}

export function startWatched(
  command: string,
  args: readonly string[],
  options: {
    readonly name?: string;
    readonly minutes: number;
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly whole?: boolean;
    readonly setTimer?: (end: () => void, milliseconds: number) => HangTimer;
  },
): Promise<{ readonly code: number; readonly output: string }>;
