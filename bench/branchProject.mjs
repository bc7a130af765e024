// A project with branches for the benchmark: a trunk, and branches of the same length on its last revision.

const branchCount = 12;
const revisionsInBranch = 5;

/** Branches that also add a column to a table that all of them know: pairs of these touch a common object. */
const sharingBranches = 4;

/**
 * Revisions in all, with the operations of each.
 * @returns {readonly { id: string, down: readonly string[], upgrade: string }[]}
 */
export function branchRevisions(count) {
  const trunk = count - branchCount * revisionsInBranch;
  const revisions = [];
  for (let index = 1; index <= trunk; index += 1) {
    revisions.push({
      id: trunkId(index),
      down: index === 1 ? [] : [trunkId(index - 1)],
      upgrade: trunkStep(index),
    });
  }
  for (let branch = 1; branch <= branchCount; branch += 1) {
    for (let step = 1; step <= revisionsInBranch; step += 1) {
      revisions.push({
        id: branchId(branch, step),
        down: [step === 1 ? trunkId(trunk) : branchId(branch, step - 1)],
        upgrade: branchStep(branch, step),
      });
    }
  }
  return revisions;
}

function trunkId(index) {
  return `t${String(index).padStart(4, "0")}`;
}

function branchId(branch, step) {
  return `b${String(branch).padStart(2, "0")}${String(step).padStart(2, "0")}`;
}

/** A table with a reference to the first one, then an index on it, then a column: by turns. */
function trunkStep(index) {
  const table = `trunk_${Math.floor((index - 1) / 3)}`;
  switch (index % 3) {
    case 1:
      return createTable(table, index === 1 ? undefined : "trunk_0");
    case 2:
      return `  await op.createIndex("ix_${table}_name", "${table}", ["name"]);`;
    default:
      return `  await op.addColumn("${table}", "note", { type: "text" });`;
  }
}

function branchStep(branch, step) {
  const own = `branch_${branch}`;
  switch (step) {
    case 1:
      return createTable(own, "trunk_0");
    case 2:
      return `  await op.createIndex("ix_${own}_name", "${own}", ["name"]);`;
    case 3:
      return `  await op.addColumn("trunk_${branch}", "${own}", { type: "integer", nullable: false, default: 0 });`;
    case 4:
      return `  await op.execute("CREATE VIEW ${own}_names AS SELECT name FROM ${own}");`;
    default:
      return branch <= sharingBranches
        ? `  await op.addColumn("trunk_0", "${own}", { type: "text" });`
        : `  await op.bulkInsert("${own}", [{ id: 1, name: "first" }]);`;
  }
}

function createTable(table, referenced) {
  const reference =
    referenced === undefined ? "" : `, parent_id: { type: "integer", references: "${referenced}.id" }`;
  return `  await op.createTable("${table}", {
    columns: { id: { type: "integer", primaryKey: true }, name: { type: "varchar(50)", nullable: false }${reference} },
  });`;
}
