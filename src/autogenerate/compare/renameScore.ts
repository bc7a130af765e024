import type { ColumnModel } from "../../schema/model/columnModel";
import type { TableModel } from "../../schema/model/tableModel";
import { parseTypeName } from "../../sqlText/typeName";

/** How alike two names are, by the pairs of letters that they share: 0 to 1. */
export function nameLikeness(left: string, right: string): number {
  const pairs = (name: string): readonly string[] => {
    const letters = name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
    return Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2));
  };
  const [lefts, rights] = [pairs(left), [...pairs(right)]];
  const total = lefts.length + rights.length;
  let shared = 0;
  for (const pair of lefts) {
    const at = rights.indexOf(pair);
    if (at >= 0) {
      shared += 1;
      rights.splice(at, 1);
    }
  }
  return total === 0 ? 0 : (2 * shared) / total;
}

/** How likely one column is another one under a new name, from 0 to 1. Only alike types are likely at all. */
export function columnLikeness(left: ColumnModel, right: ColumnModel, isSamePosition: boolean): number {
  const [leftType, rightType] = [parseTypeName(left.type), parseTypeName(right.type)];
  const isSameBase = leftType.base === rightType.base && leftType.isArray === rightType.isArray;
  const type = left.type === right.type ? 0.45 : isSameBase ? 0.35 : 0;
  const name = nameLikeness(left.name, right.name);
  if (type === 0 && name < 0.5) {
    return 0;
  }
  return (
    type +
    (left.isNullable === right.isNullable ? 0.1 : 0) +
    (left.default === right.default && left.generation?.kind === right.generation?.kind ? 0.1 : 0) +
    (left.comment === right.comment ? 0.05 : 0) +
    (isSamePosition ? 0.1 : 0) +
    0.2 * name
  );
}

/** How likely one table is another one under a new name: mostly the columns that they share. */
export function tableLikeness(left: TableModel, right: TableModel): number {
  const describe = ({ name, type }: ColumnModel): string => `${name} ${parseTypeName(type).base}`;
  const lefts = new Set(left.columns.map(describe));
  const rights = new Set(right.columns.map(describe));
  const shared = [...lefts].filter((column) => rights.has(column)).length;
  const all = new Set([...lefts, ...rights]).size;
  const isSameName = left.name === right.name;
  return all === 0
    ? 0
    : 0.75 * (shared / all) + 0.25 * (isSameName ? 1 : nameLikeness(left.name, right.name));
}

/** How likely one list of values is another one: the share of values in both. */
export function valuesLikeness(left: readonly string[], right: readonly string[]): number {
  const shared = left.filter((value) => right.includes(value)).length;
  const all = new Set([...left, ...right]).size;
  return all === 0 ? 0 : shared / all;
}
