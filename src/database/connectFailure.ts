import { quoteIdentifier } from "../sql/quote";
import { DatabaseError } from "./databaseError";
import { describeServer, type ServerAddress } from "./serverAddress";
import { isServerError } from "./serverError";

/**
 * Why a server was not reached, in words.
 * @param timeout in milliseconds: how long the server had to answer
 */
export function connectError(error: unknown, address: ServerAddress, timeout: number): DatabaseError {
  if (error instanceof DatabaseError) {
    return error;
  }
  const where = describeServer(address);
  const sqlState = isServerError(error) ? error.code : undefined;
  if (sqlState === "28P01" || sqlState === "28000") {
    const words = sqlState === "28000" ? `: ${withoutPassword(firstMessage(error), address)}` : "";
    return new DatabaseError(
      "authentication-failed",
      `The server refused user '${address.user}' for ${where}${words}.`,
      { sqlState, hint: refusalHint(sqlState, firstMessage(error)) },
    );
  }
  if (sqlState === "3D000") {
    return new DatabaseError(
      "no-such-database",
      `There is no database '${address.database}' on ${address.host}:${address.port}.`,
      {
        sqlState,
        hint: `Create it (CREATE DATABASE ${quoteIdentifier(address.database)}), or name another database.`,
      },
    );
  }
  return new DatabaseError("unreachable", `Can't connect to ${where}: ${reason(error, address, timeout)}.`, {
    sqlState,
    hint: unreachableHint(error),
  });
}

function refusalHint(sqlState: string, message: string): string {
  if (sqlState === "28P01") {
    return "Check the user name and the password in the URL, DATABASE_URL or POSTGRES_PASSWORD.";
  }
  if (/no encryption|SSL off/i.test(message)) {
    return "The server requires an encrypted connection: add sslmode=require to the URL, or ssl to the DataSource.";
  }
  return /pg_hba\.conf|SSL on|SSL encryption/i.test(message)
    ? "The server's pg_hba.conf does not allow this connection: check the user, the database and sslmode, or have an entry added for them."
    : "Check the user name in the URL: the role may be missing, or not be allowed to log in.";
}

/** Of Node's and OpenSSL's names for what is wrong with a certificate. */
const certificateCodes = /CERT|SIGNATURE|ISSUER|ALTNAME|CRL/;

function unreachableHint(error: unknown): string {
  const code = codeOf(error);
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return "The certificate belongs to another host: correct the host, or use sslmode=verify-ca to check only the authority.";
  }
  if (certificateCodes.test(code)) {
    return "Name the certificate of the server's authority with sslrootcert (in a DataSource: ssl.ca), or use sslmode=require to encrypt without verifying.";
  }
  if (/does not support SSL/i.test(firstMessage(error))) {
    return "The server does not offer TLS: use sslmode=prefer or sslmode=disable if you trust the network.";
  }
  return "Check that the server is running and that its host and port are correct, or name another database with `--url`.";
}

function codeOf(error: unknown): string {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code: unknown = inner instanceof Error ? Reflect.get(inner, "code") : undefined;
  return typeof code === "string" ? code : "";
}

/** Whether nothing answered at all, so that it would not answer in another way either. */
export function isNetworkFailure(error: unknown): boolean {
  return (
    /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOENT|ETIMEDOUT)$/.test(codeOf(error)) ||
    /timeout expired/i.test(firstMessage(error))
  );
}

function reason(error: unknown, address: ServerAddress, timeout: number): string {
  switch (codeOf(error)) {
    case "ECONNREFUSED":
      return "connection refused";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `host '${address.host}' is not known`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return "no route to the host";
    default:
      break;
  }
  const message = firstMessage(error);
  if (/timeout expired/i.test(message)) {
    return `no answer within ${String(timeout / 1000)} seconds`;
  }
  if (/^Connection terminated unexpectedly$/.test(message)) {
    return "the connection was closed at once; this may not be a PostgreSQL server";
  }
  return withoutPassword(message, address);
}

function withoutPassword(message: string, { password }: ServerAddress): string {
  return password === undefined || password === "" ? message : message.replaceAll(password, "***");
}

/** Node reports a host with several addresses as one error that holds one for each. */
function firstMessage(error: unknown): string {
  if (error instanceof AggregateError) {
    return firstMessage(error.errors[0]);
  }
  return error instanceof Error ? error.message : String(error);
}
