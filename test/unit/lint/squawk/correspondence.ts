/** A rule of squawk, and those of ours that report the same. */
export interface Correspondence {
  readonly squawk: string;
  /** Empty where no rule does; each difference is then explained as any other. */
  readonly ours: readonly string[];
}

/** Every rule of the recorded version of squawk. */
export const correspondences: readonly Correspondence[] = [
  {
    squawk: "adding-field-with-default",
    ours: [
      "volatile-default-rewrites",
      "stored-generated-column-rewrites",
      "constant-default-rewrites",
      "auto-increment-column-rewrites",
    ],
  },
  { squawk: "adding-foreign-key-constraint", ours: ["foreign-key-scans"] },
  { squawk: "adding-not-nullable-field", ours: ["not-null-scans"] },
  { squawk: "adding-required-field", ours: ["required-column-added"] },
  { squawk: "adding-serial-primary-key-field", ours: ["primary-key-builds-index"] },
  { squawk: "ban-alter-domain-with-add-constraint", ours: ["domain-constraint-scans"] },
  { squawk: "ban-char-field", ours: ["char-column"] },
  { squawk: "ban-concurrent-index-creation-in-transaction", ours: [] },
  { squawk: "ban-create-domain-with-constraint", ours: ["domain-with-constraint"] },
  { squawk: "ban-drop-column", ours: ["drop-column"] },
  { squawk: "ban-drop-database", ours: ["drop-database"] },
  { squawk: "ban-drop-not-null", ours: ["drop-not-null"] },
  { squawk: "ban-drop-table", ours: ["drop-table"] },
  { squawk: "ban-duplicate-column-assignments", ours: ["duplicate-column-assignment"] },
  { squawk: "ban-truncate-cascade", ours: ["truncate"] },
  { squawk: "ban-uncommitted-transaction", ours: ["transaction-control"] },
  { squawk: "changing-column-type", ours: ["column-type-rewrites"] },
  {
    squawk: "constraint-missing-not-valid",
    ours: ["check-constraint-scans", "foreign-key-scans", "validated-in-same-transaction"],
  },
  { squawk: "disallowed-unique-constraint", ours: ["unique-constraint-builds-index"] },
  { squawk: "identifier-too-long", ours: ["name-too-long"] },
  { squawk: "prefer-bigint-over-int", ours: ["integer-key"] },
  { squawk: "prefer-bigint-over-smallint", ours: ["integer-key"] },
  { squawk: "prefer-identity", ours: ["serial-column"] },
  { squawk: "prefer-repack", ours: ["cluster-rewrites", "vacuum-full-rewrites"] },
  { squawk: "prefer-robust-stmts", ours: [] },
  { squawk: "prefer-text-field", ours: ["varchar-limit"] },
  { squawk: "prefer-timestamp-tz", ours: ["timestamp-without-zone"] },
  { squawk: "renaming-column", ours: ["rename-column"] },
  { squawk: "renaming-table", ours: ["rename-table"] },
  { squawk: "require-concurrent-index-creation", ours: ["index-not-concurrent"] },
  { squawk: "require-concurrent-index-deletion", ours: ["drop-index-not-concurrent"] },
  { squawk: "require-concurrent-partition-detach", ours: ["detach-partition-not-concurrent"] },
  { squawk: "require-concurrent-reindex", ours: ["reindex-not-concurrent"] },
  { squawk: "require-enum-value-ordering", ours: ["enum-value-position"] },
  { squawk: "require-lock-timeout", ours: ["no-lock-timeout"] },
  { squawk: "require-statement-timeout", ours: ["no-statement-timeout"] },
  { squawk: "require-table-schema", ours: ["unqualified-name"] },
  { squawk: "syntax-error", ours: ["syntax-error", "not-analyzed"] },
  { squawk: "transaction-nesting", ours: ["transaction-control"] },
];

/** Rules that squawk has since then (2.67, 2.68), which npm does not have yet. */
export const newerCorrespondences: readonly Correspondence[] = [
  { squawk: "ban-alter-identity", ours: ["generation-dropped"] },
  { squawk: "ban-drop-constraint", ours: ["drop-constraint"] },
  { squawk: "ban-drop-default", ours: ["drop-default"] },
  { squawk: "ban-drop-domain", ours: ["drop-domain"] },
  { squawk: "ban-drop-extension", ours: ["drop-extension"] },
  { squawk: "ban-drop-function", ours: ["drop-function"] },
  { squawk: "ban-drop-generated-expression", ours: ["generation-dropped"] },
  { squawk: "ban-drop-schema", ours: ["drop-schema"] },
  { squawk: "ban-drop-sequence", ours: ["drop-sequence"] },
  { squawk: "ban-drop-trigger", ours: ["drop-trigger"] },
  { squawk: "ban-drop-type", ours: ["drop-type"] },
  { squawk: "ban-drop-view", ours: ["drop-view"] },
  { squawk: "ban-set-schema", ours: ["change-schema"] },
  { squawk: "renaming-object", ours: ["rename-object", "rename-schema", "rename-enum-value"] },
];
