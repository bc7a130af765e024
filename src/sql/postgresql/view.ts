import type {
  CreateMaterializedView,
  CreateView,
  RefreshMaterializedView,
  ReplaceView,
  ViewOperation,
} from "../../operations/view/view";
import { withoutSemicolon } from "../../sqlText/queryLayout";
import { inlineFragment } from "../fragment";
import { quoteIdentifier, quoteNameList, quoteQualifiedName } from "../quote";
import { storageParameters, words } from "../sqlText";
import { dropNamed } from "./statementsOf";
import type { StatementsOf } from "./statementsOf";

const dialect = "postgresql";

/** PostgreSQL's statements for each operation on views. */
export const viewStatements: StatementsOf<ViewOperation> = {
  createView,
  replaceView: createView,
  dropView: dropNamed("VIEW"),
  createMaterializedView,
  dropMaterializedView: dropNamed("MATERIALIZED VIEW"),
  refreshMaterializedView,
};

function createView(operation: CreateView | ReplaceView): readonly string[] {
  const create = words(
    operation.kind === "replaceView" ? "CREATE OR REPLACE VIEW" : "CREATE VIEW",
    quoteQualifiedName(operation.schema, operation.name),
    operation.columns !== undefined && quoteNameList(operation.columns),
    storageParameters(operation.with),
    `AS ${queryText(operation)}`,
    operation.checkOption !== undefined && `WITH ${operation.checkOption.toUpperCase()} CHECK OPTION`,
  );
  return [create];
}

function createMaterializedView(operation: CreateMaterializedView): readonly string[] {
  const create = words(
    "CREATE MATERIALIZED VIEW",
    operation.ifNotExists === true && "IF NOT EXISTS",
    quoteQualifiedName(operation.schema, operation.name),
    operation.columns !== undefined && quoteNameList(operation.columns),
    operation.using !== undefined && `USING ${quoteIdentifier(operation.using)}`,
    storageParameters(operation.with),
    operation.tablespace !== undefined && `TABLESPACE ${quoteIdentifier(operation.tablespace)}`,
    `AS ${queryText(operation)}`,
    operation.withData === false && "WITH NO DATA",
  );
  return [create];
}

/** A query as written, but for a semicolon at its end; what follows it starts a line, past a comment at its end. */
function queryText(view: CreateView | ReplaceView | CreateMaterializedView): string {
  const text = withoutSemicolon(inlineFragment(view.query, dialect));
  const isFollowed = "withData" in view || "checkOption" in view;
  return isFollowed ? `${text}\n` : text;
}

function refreshMaterializedView(operation: RefreshMaterializedView): readonly string[] {
  const refresh = words(
    "REFRESH MATERIALIZED VIEW",
    operation.concurrently === true && "CONCURRENTLY",
    quoteQualifiedName(operation.schema, operation.name),
    operation.withData === false && "WITH NO DATA",
  );
  return [refresh];
}
