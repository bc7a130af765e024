import { type PostgresServer, startPostgres } from "./postgresServer";

let server: Promise<PostgresServer> | undefined;

/** The one server of a mocha run, started at its first use and stopped at the run's end (`rootHooks.ts`). */
export function sharedPostgres(): Promise<PostgresServer> {
  server ??= startPostgres();
  return server;
}

/** Ends the shared server where one was started. */
export async function stopSharedPostgres(): Promise<void> {
  const started = server;
  server = undefined;
  await (await started)?.stop();
}
