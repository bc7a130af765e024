import { kindOf } from "./kinds";
import type { Operation } from "./operation";

/** An operation in a few words, for a list of differences: `add column users.email_verified`. */
export function describeOperation(operation: Operation): string {
  const words = operation.kind.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  const [verb = "", ...object] = words.split(" ");
  return `${verb} ${object.join(" ")} ${kindOf(operation).subject(operation)}`.replaceAll(/\s+/g, " ").trim();
}
