/** Entry of the bundle `dist/parser.js`: what needs the real parser, kept out of the bundle that starts the extension. */
export { readStaticConfig, staticSections } from "../../project/staticConfig";
export { parseRevisionFile } from "../../source/parseRevisionFile";
export { dataSourceDialect } from "../../source/dataSourceDialect";
export { readExportedFunctions } from "../../source/moduleExports";
export { programOf } from "../../source/parseScript";
