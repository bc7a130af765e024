export type Dialect = "postgresql" | "sqlite";
