import { OperationError } from "../operations/operationError";
import { refusesTransaction } from "../sql/classifyStatement";

/** An unclosed comment is refused in a run; what lint says of it is that the grammar does not accept it. */
export function runsInTransaction(text: string): boolean {
  try {
    return !refusesTransaction(text);
  } catch (error) {
    if (error instanceof OperationError) {
      return true;
    }
    throw error;
  }
}
