import type { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";
import type { Client } from "pg";
import { DatabaseError } from "./databaseError";
import { describeServer, type ServerAddress } from "./serverAddress";

interface SessionFacts {
  readonly standby: boolean;
  readonly readOnly: boolean;
}

/**
 * Refuses a server that is not of the kind that is asked for (libpq, `target_session_attrs`).
 * @throws DatabaseError `unreachable`
 */
export async function requireSession(client: Client, wanted: string, address: ServerAddress): Promise<void> {
  if (wanted === "any") {
    return;
  }
  const { rows } = await client.query<SessionFacts>(
    "SELECT pg_is_in_recovery() AS standby, current_setting('default_transaction_read_only') = 'on' AS \"readOnly\"",
  );
  const { standby = false, readOnly = false } = rows[0] ?? {};
  const isReadOnly = standby || readOnly;
  const fits: Readonly<Record<string, boolean>> = {
    "read-write": !isReadOnly,
    "read-only": isReadOnly,
    primary: !standby,
    standby,
  };
  if (fits[wanted] !== true) {
    throw new DatabaseError(
      "unreachable",
      `${describeServer(address)} is ${standby ? "a standby" : "not a standby"}${readOnly ? ", read-only" : ""}, and target_session_attrs asks for ${wanted}.`,
      { hint: "Add the host of such a server to the URL, or change target_session_attrs." },
    );
  }
}

const boundMechanism = "SCRAM-SHA-256-PLUS";

/**
 * Breaks a login off that is not bound to its encrypted channel (libpq, `channel_binding=require`), before anything of the
 * password is sent. To be called before the client connects.
 */
export function requireChannelBinding(client: Client, address: ServerAddress): void {
  const wire = Reflect.get(client, "connection") as EventEmitter & { readonly stream: Duplex };
  let isBound = false;
  const refuse = (): void => {
    wire.emit(
      "error",
      new DatabaseError(
        "authentication-failed",
        `${describeServer(address)} does not bind the login to the encrypted channel, and channel_binding=require asks for it.`,
        {
          hint: "Use sslmode=require or stronger with a server that offers SCRAM-SHA-256-PLUS, or remove channel_binding.",
        },
      ),
    );
    wire.stream.destroy();
  };
  wire.prependListener("authenticationSASL", ({ mechanisms }: { readonly mechanisms: readonly string[] }) => {
    isBound = mechanisms.includes(boundMechanism);
    if (!isBound) {
      refuse();
    }
  });
  wire.prependListener("authenticationCleartextPassword", refuse);
  wire.prependListener("authenticationMD5Password", refuse);
  wire.prependListener("authenticationOk", () => {
    if (!isBound) {
      refuse();
    }
  });
}
