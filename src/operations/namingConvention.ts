/**
 * Patterns for names, as SQLAlchemy's `naming_convention`: `"ck_%(table_name)s_%(constraint_name)s"`. Tokens:
 * `table_name`, `constraint_name`, `referred_table_name`, `column_0_name`, `column_0N_name`, `column_0_N_name`,
 * `column_0_label`, `referred_column_0_name` and their likes with other numbers.
 */
export interface NamingConvention {
  readonly ix?: string;
  readonly uq?: string;
  readonly ck?: string;
  readonly fk?: string;
  readonly pk?: string;
  readonly ex?: string;
}
