import type { ConstraintModel } from "../../schema/model/constraintModel";
import type { IndexModel } from "../../schema/model/indexModel";
import type { ViewModel } from "../../schema/model/viewModel";

/** What else happens to the index and its columns. */
interface IndexFates {
  /** Whether the method can be said, other than by leaving it out. */
  readonly isMethodSaid: boolean;
  readonly dropped: ReadonlySet<string>;
  /** Columns that get another type, which another operator class may be for. */
  readonly typed: ReadonlySet<string>;
}

/**
 * The index that is wanted, with what nobody can say of one as the database has it: the order of its columns, their
 * operator classes, covered columns. Of another method, it is another index.
 */
export function withIndexTraits(
  before: IndexModel,
  after: IndexModel,
  { isMethodSaid, dropped, typed }: IndexFates,
): IndexModel {
  const method = !isMethodSaid && after.method === "btree" ? before.method : after.method;
  if (method !== before.method) {
    return after;
  }
  const known = new Map(before.elements.map((element) => [element.text, element]));
  const keys = new Set(after.elements.map(({ text }) => text));
  return {
    ...after,
    method,
    elements: after.elements.map((element) => {
      const found = known.get(element.text);
      if (found?.kind !== element.kind) {
        return element;
      }
      const { isDescending, nullsFirst } = found;
      return typed.has(element.text) ? { ...element, isDescending, nullsFirst } : found;
    }),
    include: before.include.filter((name) => !dropped.has(name) && !keys.has(name)),
    nullsNotDistinct: before.nullsNotDistinct,
  };
}

/**
 * The constraint with only what can be said of one: that it is not validated, for one, can't be. With a covered column
 * that goes, it would go too.
 */
export function withoutConstraintTraits(
  constraint: ConstraintModel,
  dropped: ReadonlySet<string>,
): ConstraintModel {
  const plain = { isOpaque: false };
  const going = (names: readonly string[]): readonly string[] => names.filter((name) => dropped.has(name));
  switch (constraint.kind) {
    case "primaryKey":
      return {
        ...constraint,
        ...plain,
        include: going(constraint.include),
        isDeferrable: false,
        isInitiallyDeferred: false,
      };
    case "unique":
      return { ...constraint, ...plain, include: going(constraint.include), nullsNotDistinct: false };
    case "foreignKey":
      return { ...constraint, ...plain, match: "simple", isValid: true };
    case "check":
      return { ...constraint, ...plain, isValid: true, noInherit: false };
    case "exclude":
      return constraint;
  }
}

/** The constraint that is wanted, with what nobody can say of one as the database has it. */
export function withConstraintTraits(
  before: ConstraintModel,
  after: ConstraintModel,
  dropped: ReadonlySet<string>,
): ConstraintModel {
  const staying = (names: readonly string[]): readonly string[] => names.filter((name) => !dropped.has(name));
  if (before.kind === "primaryKey" && after.kind === "primaryKey") {
    const { include, isDeferrable, isInitiallyDeferred } = before;
    return { ...after, include: staying(include), isDeferrable, isInitiallyDeferred };
  }
  if (before.kind === "unique" && after.kind === "unique") {
    const { include, nullsNotDistinct } = before;
    return { ...after, include: staying(include), nullsNotDistinct };
  }
  if (before.kind === "foreignKey" && after.kind === "foreignKey") {
    return { ...after, match: before.match, isValid: before.isValid };
  }
  if (before.kind === "check" && after.kind === "check") {
    return { ...after, isValid: before.isValid, noInherit: before.noInherit };
  }
  return after;
}

/**
 * The view with what an application gave it by hand and no entity has a word for: its rules, and what an INSERT into it
 * takes for a column.
 */
function withViewTraits(before: ViewModel, after: ViewModel): ViewModel {
  // A materialized view has neither.
  if (before.isMaterialized || after.isMaterialized) {
    return after;
  }
  const defaults = new Map(before.columns.map(({ name, default: text }) => [name, text]));
  return {
    ...after,
    columns: after.columns.map((column) => ({ ...column, default: defaults.get(column.name) })),
    rules: before.rules,
  };
}

/** The view with the options and comments of the database, of which only the query can be said. */
export function withViewOptions(before: ViewModel, after: ViewModel): ViewModel {
  const comments = new Map(before.columns.map(({ name, comment }) => [name, comment]));
  const { options, checkOption, method, tablespace, comment } = before;
  const kept = withViewTraits(before, after);
  return {
    ...kept,
    columns: kept.columns.map((column) => ({ ...column, comment: comments.get(column.name) })),
    options,
    checkOption,
    method,
    tablespace,
    comment,
  };
}
