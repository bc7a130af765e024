/** The two kinds of modules that Node runs. */
export type ModuleFormat = "commonjs" | "module";
