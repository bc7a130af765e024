import { join } from "node:path";
import { homeFolder } from "../machine/homeFolder";
import { readRegularFile } from "../machine/regularFile";
import type { Variables } from "./variables";

/** Connection parameters by libpq's names (PostgreSQL, "Parameter Key Words"); hosts and ports are lists with commas. */
export type LibpqParameters = ReadonlyMap<string, string>;

/** Parameters that can be used, or why they can't. */
export type CompleteParameters =
  | { readonly kind: "complete"; readonly parameters: LibpqParameters }
  | ({ readonly kind: "refused" } & ParameterProblem);

/** Why parameters can't be used, in words that follow "The database URL from …". */
export interface ParameterProblem {
  readonly problem: string;
  readonly hint: string;
}

/** PostgreSQL, "Environment Variables". */
const variableNames: readonly (readonly [parameter: string, variable: string])[] = [
  ["host", "PGHOST"],
  ["hostaddr", "PGHOSTADDR"],
  ["port", "PGPORT"],
  ["dbname", "PGDATABASE"],
  ["user", "PGUSER"],
  ["password", "PGPASSWORD"],
  ["passfile", "PGPASSFILE"],
  ["options", "PGOPTIONS"],
  ["application_name", "PGAPPNAME"],
  ["sslmode", "PGSSLMODE"],
  ["sslnegotiation", "PGSSLNEGOTIATION"],
  ["sslcert", "PGSSLCERT"],
  ["sslkey", "PGSSLKEY"],
  ["sslcertmode", "PGSSLCERTMODE"],
  ["sslrootcert", "PGSSLROOTCERT"],
  ["sslcrl", "PGSSLCRL"],
  ["sslcrldir", "PGSSLCRLDIR"],
  ["sslsni", "PGSSLSNI"],
  ["ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION"],
  ["ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION"],
  ["channel_binding", "PGCHANNELBINDING"],
  ["require_auth", "PGREQUIREAUTH"],
  ["requirepeer", "PGREQUIREPEER"],
  ["gssencmode", "PGGSSENCMODE"],
  ["gssdelegation", "PGGSSDELEGATION"],
  ["min_protocol_version", "PGMINPROTOCOLVERSION"],
  ["connect_timeout", "PGCONNECT_TIMEOUT"],
  ["target_session_attrs", "PGTARGETSESSIONATTRS"],
  ["load_balance_hosts", "PGLOADBALANCEHOSTS"],
];

/** Variables with which libpq begins a session, and the settings that they are; they count more than `options`. */
const sessionVariables: readonly (readonly [variable: string, setting: string])[] = [
  ["PGDATESTYLE", "DateStyle"],
  ["PGTZ", "TimeZone"],
  ["PGGEQO", "geqo"],
];

/** Values of parameters that can't be kept to here; a connection that passed over them would be less safe. */
const unsupported: readonly (readonly [parameter: string, isRefused: (value: string) => boolean])[] = [
  ["require_auth", () => true],
  ["requirepeer", () => true],
  ["sslcrldir", () => true],
  ["sslcertmode", (value) => value === "require"],
  ["sslsni", (value) => value === "0"],
  ["gssencmode", (value) => value === "require"],
  ["gssdelegation", (value) => value === "1"],
  ["min_protocol_version", (value) => value !== "3.0"],
  ["replication", (value) => !/^(?:false|off|no|0)$/.test(value)],
];

/** Values that a parameter can have. */
const choices: readonly (readonly [parameter: string, values: readonly string[]])[] = [
  ["sslmode", ["disable", "allow", "prefer", "require", "verify-ca", "verify-full", "no-verify"]],
  ["sslnegotiation", ["postgres", "direct"]],
  ["channel_binding", ["disable", "prefer", "require"]],
  ["target_session_attrs", ["any", "read-write", "read-only", "primary", "standby", "prefer-standby"]],
  ["load_balance_hosts", ["disable", "random"]],
];

/**
 * What a URL says, and for the rest what its service (`service`, `PGSERVICE`) and then the `PG…` variables say, as libpq
 * fills them in. An address of a host counts only where nothing else names the host.
 */
export function completeParameters(given: LibpqParameters, variables: Variables): CompleteParameters {
  const service = given.get("service") ?? variables["PGSERVICE"];
  const ofService =
    service === undefined || service === "" ? new Map<string, string>() : readService(service, variables);
  if ("problem" in ofService) {
    return { kind: "refused", ...ofService };
  }
  const known = new Map([...ofService, ...given]);
  const namesHost = known.has("host");
  for (const [parameter, variable] of variableNames) {
    const value = variables[variable];
    if (value !== undefined && value !== "" && !known.has(parameter)) {
      known.set(parameter, value);
    }
  }
  // The older way to say it.
  if (variables["PGREQUIRESSL"]?.startsWith("1") === true && !known.has("sslmode")) {
    known.set("sslmode", "require");
  }
  const options = [known.get("options"), ...sessionOptions(variables)].filter((text) => text !== undefined);
  if (options.length > 0) {
    known.set("options", options.join(" "));
  }
  if (namesHost && !given.has("hostaddr") && !ofService.has("hostaddr")) {
    known.delete("hostaddr");
  }
  known.delete("service");
  const problem = findProblem(known);
  return problem === undefined ? { kind: "complete", parameters: known } : { kind: "refused", ...problem };
}

/** As the server reads `options`: blanks and backslashes of a value stand after a backslash. */
function sessionOptions(variables: Variables): readonly string[] {
  return sessionVariables.flatMap(([variable, setting]) => {
    const value = variables[variable] ?? "";
    return value === "" ? [] : [`-c ${setting}=${value.replace(/[\s\\]/g, "\\$&")}`];
  });
}

/** Whether variables of libpq name a server or a database, without any URL. */
export function namedByVariables(variables: Variables): string | undefined {
  return ["PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE"].find((name) => (variables[name] ?? "") !== "");
}

function findProblem(parameters: LibpqParameters): ParameterProblem | undefined {
  for (const [parameter, isRefused] of unsupported) {
    const value = parameters.get(parameter);
    if (value !== undefined && isRefused(value)) {
      return {
        problem: `asks for ${parameter}=${value}, which is not supported`,
        hint: `Remove ${parameter} from the URL${variableHint(parameter)}.`,
      };
    }
  }
  for (const [parameter, values] of choices) {
    const value = parameters.get(parameter);
    if (value !== undefined && !values.includes(value)) {
      return {
        problem: `has an invalid ${parameter}`,
        hint: `Use one of ${values.join(", ")}${variableHint(parameter)}.`,
      };
    }
  }
  if (
    parameters.get("sslrootcert") === "system" &&
    (parameters.get("sslmode") ?? "verify-full") !== "verify-full"
  ) {
    return {
      problem: "has sslrootcert=system with an sslmode that does not verify the host",
      hint: "Use sslmode=verify-full, or name a file with sslrootcert.",
    };
  }
  return hostProblem(parameters);
}

function variableHint(parameter: string): string {
  const variable = variableNames.find(([name]) => name === parameter)?.[1];
  return variable === undefined ? "" : `, or ${variable} from the environment`;
}

function hostProblem(parameters: LibpqParameters): ParameterProblem | undefined {
  const hosts = (parameters.get("host") ?? parameters.get("hostaddr") ?? "").split(",");
  const ports = (parameters.get("port") ?? "").split(",");
  if (ports.length > 1 && ports.length !== hosts.length) {
    return {
      problem: "names more ports than hosts, or fewer",
      hint: "Write a port for each host, or one for all.",
    };
  }
  const isPort = (text: string): boolean =>
    text === "" || (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535);
  return ports.every(isPort)
    ? undefined
    : { problem: "has no readable host and port", hint: "A port is a number from 1 to 65535." };
}

/** A section of the connection service file (PostgreSQL, "The Connection Service File"). */
function readService(name: string, variables: Variables): Map<string, string> | ParameterProblem {
  const home = variables["HOME"] ?? variables["USERPROFILE"] ?? homeFolder() ?? "/";
  const system = variables["PGSYSCONFDIR"];
  const files = [
    variables["PGSERVICEFILE"] ?? join(home, ".pg_service.conf"),
    ...(system === undefined ? [] : [join(system, "pg_service.conf")]),
  ];
  for (const file of files) {
    const section = serviceSection(readText(file), name);
    if (section !== undefined) {
      return section;
    }
  }
  return {
    problem: `uses the service "${name}", which is not defined in ${files.join(" or ")}`,
    hint: "Add the service to that file, or set PGSERVICEFILE to the file that has it.",
  };
}

function serviceSection(text: string, name: string): Map<string, string> | undefined {
  let section: Map<string, string> | undefined;
  for (const line of text.split(/\r?\n/).map((entry) => entry.trim())) {
    if (line.startsWith("[")) {
      if (section !== undefined) {
        return section;
      }
      section = line === `[${name}]` ? new Map() : undefined;
    } else if (section !== undefined && line !== "" && !line.startsWith("#")) {
      const equals = line.indexOf("=");
      if (equals > 0) {
        section.set(line.slice(0, equals).trim(), line.slice(equals + 1).trim());
      }
    }
  }
  return section;
}

/** A file of services has some lines for each. */
const mostBytes = 10_000_000;

function readText(file: string): string {
  try {
    return readRegularFile(file, mostBytes) ?? "";
  } catch {
    return "";
  }
}
