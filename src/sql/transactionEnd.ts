import type { Dialect } from "../sqlText/dialect";
import { significantTokens } from "../sqlText/lexer";
import { splitStatements } from "./splitStatements";

const tellingWord = /\b(?:commit|rollback|end|abort|prepare)\b/i;

/**
 * The statement of a text that ends the transaction it runs in, also where it begins another (`AND CHAIN`); undefined
 * where there is none. Savepoints and two-phase commits of other transactions are left alone.
 */
export function transactionEnd(text: string, dialect: Dialect): string | undefined {
  return tellingWord.test(text)
    ? splitStatements(text, dialect).find((statement) => endsTransaction(statement, dialect))
    : undefined;
}

function endsTransaction(statement: string, dialect: Dialect): boolean {
  const [first = "", ...rest] = significantTokens(statement, dialect).map((token) =>
    token.text.toUpperCase(),
  );
  const [next] = rest.filter((word) => word !== "WORK" && word !== "TRANSACTION");
  switch (first) {
    case "COMMIT":
    case "END":
    case "ABORT":
    case "ROLLBACK":
      return next !== "PREPARED" && next !== "TO";
    case "PREPARE":
      return rest[0] === "TRANSACTION";
    default:
      return false;
  }
}
