import * as path from "node:path";
import type * as ts from "typescript/lib/tsserverlibrary";
import { resolveToBundledTypes } from "./resolveToBundledTypes";

/** The types that are packed beside this bundle. */
const typesFile = path.join(__dirname, "types", "src", "index.d.ts").replaceAll(path.sep, "/");

/** For all projects of a server: the extension turns the plugin on, once the workspace is trusted. */
let isEnabled = false;

function isEnabledBy(configuration: unknown): boolean {
  return (
    typeof configuration === "object" &&
    configuration !== null &&
    "isEnabled" in configuration &&
    configuration.isEnabled === true
  );
}

/** A plugin of TypeScript's server, which gives files that import `alembic-ts` its types where the package is missing. */
function createPlugin(): ts.server.PluginModule {
  let projects: ts.server.ProjectService | undefined;
  return {
    create: ({ config, languageService, languageServiceHost, project }) => {
      isEnabled ||= isEnabledBy(config);
      projects = project.projectService;
      resolveToBundledTypes(languageServiceHost, typesFile, () => isEnabled);
      return languageService;
    },
    // Called for each project, of which the first reloads all: what was resolved before is remembered otherwise.
    onConfigurationChanged: (configuration) => {
      if (!isEnabled && isEnabledBy(configuration)) {
        isEnabled = true;
        projects?.reloadProjects();
      }
    },
  };
}

export = createPlugin;
