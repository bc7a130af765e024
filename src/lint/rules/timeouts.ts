import type { Node } from "libpg-query";
import type { LintStatement } from "../rule";
import { nodeOf, nodesOf, strings } from "../syntaxTree";

/** Whether a timeout is set, and not to zero, when what comes after these statements runs. */
export function isLimited(before: readonly LintStatement[], timeout: string): boolean {
  return before.reduce((limited, { node }) => limitAfter(node, timeout) ?? limited, false);
}

/** What a statement makes of the timeout; undefined where it leaves it as it is. */
function limitAfter(node: Node, timeout: string): boolean | undefined {
  const set = nodeOf(node, "VariableSetStmt");
  if (set?.kind === "VAR_RESET_ALL") {
    return false;
  }
  if (set?.name === timeout) {
    return set.kind === "VAR_SET_VALUE" && !isZero(set.args?.[0]);
  }
  return nodesOf(nodeOf(node, "SelectStmt")?.targetList, "ResTarget").reduce<boolean | undefined>(
    (limited, { val }) => {
      const call = nodeOf(val, "FuncCall");
      const [name, value] = call?.args ?? [];
      return strings(call?.funcname).at(-1) === "set_config" && textOf(name) === timeout
        ? !isZero(value)
        : limited;
    },
    undefined,
  );
}

function textOf(node: Node | undefined): string | undefined {
  const constant = nodeOf(node, "A_Const");
  return constant !== undefined && "sval" in constant ? constant.sval.sval : undefined;
}

/** `0`, `'0'`, `'0s'`: no limit. */
function isZero(node: Node | undefined): boolean {
  const constant = nodeOf(node, "A_Const");
  return constant !== undefined && "ival" in constant
    ? (constant.ival.ival ?? 0) === 0
    : /^[0.]+\s*[a-z]*$/i.test(textOf(node)?.trim() ?? "");
}
