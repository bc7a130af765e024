import type { ConstraintModel } from "../model/constraintModel";
import type { IndexModel } from "../model/indexModel";
import type { ViewModel } from "../model/viewModel";

/**
 * The index that is wanted, with what nobody can say of one as the database has it: the order of its columns, their
 * operator classes, covered columns. Of another method, it is another index.
 *
 * @param isMethodSaid whether the method can be said, other than by leaving it out
 */
export function withIndexTraits(before: IndexModel, after: IndexModel, isMethodSaid: boolean): IndexModel {
  const method = !isMethodSaid && after.method === "btree" ? before.method : after.method;
  if (method !== before.method) {
    return after;
  }
  const known = new Map(before.elements.map((element) => [element.text, element]));
  return {
    ...after,
    method,
    elements: after.elements.map((element) => {
      const found = known.get(element.text);
      return found?.kind === element.kind ? found : element;
    }),
    include: before.include,
    nullsNotDistinct: before.nullsNotDistinct,
  };
}

/** The constraint with only what can be said of one: that it is not validated, for one, can't be. */
export function withoutConstraintTraits(constraint: ConstraintModel): ConstraintModel {
  const plain = { isOpaque: false };
  switch (constraint.kind) {
    case "primaryKey":
      return { ...constraint, ...plain, include: [], isDeferrable: false, isInitiallyDeferred: false };
    case "unique":
      return { ...constraint, ...plain, include: [], nullsNotDistinct: false };
    case "foreignKey":
      return { ...constraint, ...plain, match: "simple", isValid: true };
    case "check":
      return { ...constraint, ...plain, isValid: true, noInherit: false };
    case "exclude":
      return constraint;
  }
}

/** The constraint that is wanted, with what nobody can say of one as the database has it. */
export function withConstraintTraits(before: ConstraintModel, after: ConstraintModel): ConstraintModel {
  if (before.kind === "primaryKey" && after.kind === "primaryKey") {
    const { include, isDeferrable, isInitiallyDeferred } = before;
    return { ...after, include, isDeferrable, isInitiallyDeferred };
  }
  if (before.kind === "unique" && after.kind === "unique") {
    const { include, nullsNotDistinct } = before;
    return { ...after, include, nullsNotDistinct };
  }
  if (before.kind === "foreignKey" && after.kind === "foreignKey") {
    return { ...after, match: before.match, isValid: before.isValid };
  }
  if (before.kind === "check" && after.kind === "check") {
    return { ...after, isValid: before.isValid, noInherit: before.noInherit };
  }
  return after;
}

/** The view with the options and comments of the database, of which only the query can be said. */
export function withViewOptions(before: ViewModel, after: ViewModel): ViewModel {
  const comments = new Map(before.columns.map(({ name, comment }) => [name, comment]));
  const { options, checkOption, method, tablespace, comment } = before;
  return {
    ...after,
    columns: after.columns.map((column) => ({ ...column, comment: comments.get(column.name) })),
    options,
    checkOption,
    method,
    tablespace,
    comment,
  };
}
