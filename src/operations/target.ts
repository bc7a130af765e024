export interface InSchema {
  readonly schema?: string;
}

export interface OnTable extends InSchema {
  readonly table: string;
}

export interface Dropping {
  readonly ifExists?: boolean;
  readonly cascade?: boolean;
}
