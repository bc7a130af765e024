import { quoteIdentifier } from "../quote";

const roleKeywords: readonly string[] = ["public", "current_user", "current_role", "session_user"];

/** A role as SQL: a name, or one of the keywords that stand for one. */
export function roleText(role: string): string {
  return roleKeywords.includes(role) ? role.toUpperCase() : quoteIdentifier(role);
}
