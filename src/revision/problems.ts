/**
 * Something wrong, or worth knowing, in a set of revision files.
 *
 * Every kind names the revisions concerned and the value as it is written, so that an editor can mark that literal.
 * `fatal` problems stop every command; the others are information.
 */
export type ChainProblem =
  | {
      readonly kind: "missing-down-revision";
      readonly fatal: true;
      readonly revision: string;
      readonly path: string;
      readonly missing: string;
    }
  | {
      readonly kind: "missing-dependency";
      readonly fatal: true;
      readonly revision: string;
      readonly path: string;
      readonly missing: string;
    }
  | {
      readonly kind: "ambiguous-dependency";
      readonly fatal: true;
      readonly revision: string;
      readonly path: string;
      readonly dependency: string;
      readonly candidates: readonly string[];
    }
  | {
      readonly kind: "duplicate-revision";
      readonly fatal: true;
      readonly revision: string;
      readonly paths: readonly string[];
    }
  | { readonly kind: "cycle"; readonly fatal: true; readonly revisions: readonly string[] }
  | { readonly kind: "self-loop"; readonly fatal: true; readonly revision: string; readonly path: string }
  | { readonly kind: "dependency-cycle"; readonly fatal: true; readonly revisions: readonly string[] }
  | {
      readonly kind: "dependency-self-loop";
      readonly fatal: true;
      readonly revision: string;
      readonly path: string;
      readonly dependency: string;
    }
  | {
      readonly kind: "duplicate-label";
      readonly fatal: true;
      readonly label: string;
      /** In load order: the first one has the label, the second may not use it. */
      readonly revisions: readonly [string, string];
      readonly path: string;
    }
  | {
      readonly kind: "label-equals-revision";
      readonly fatal: true;
      readonly label: string;
      readonly revision: string;
      readonly path: string;
    }
  | { readonly kind: "multiple-heads"; readonly fatal: false; readonly heads: readonly string[] }
  | {
      readonly kind: "id-too-long";
      readonly fatal: false;
      readonly revision: string;
      readonly path: string;
      readonly length: number;
    }
  | {
      readonly kind: "illegal-characters";
      readonly fatal: true;
      readonly revision: string;
      readonly path: string;
      readonly characters: readonly string[];
    }
  | { readonly kind: "empty-id"; readonly fatal: true; readonly revision: ""; readonly path: string };
