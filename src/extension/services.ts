import type { AppliedTexts } from "./applied/appliedTexts";
import type { CommandRunner } from "./actions/commandRunner";
import type { GeneratedDocuments } from "./autogenerate/generatedDocuments";
import type { DatabaseStates } from "./database/databaseStates";
import type { EngineService } from "./engine/engineService";
import type { TypeormFinder } from "./firstContact/typeormFinder";
import type { EnvironmentService } from "./environments/environmentService";
import type { IdEdits } from "./project/idEdits";
import type { ProjectService } from "./project/projectService";
import type { MeasuredRevisions } from "./measure/measuredRevisions";
import type { Log } from "./shared/log";

/** What the features share. */
export interface Services {
  readonly log: Log;
  readonly projects: ProjectService;
  readonly idEdits: IdEdits;
  readonly typeorm: TypeormFinder;
  readonly environments: EnvironmentService;
  readonly databases: DatabaseStates;
  readonly appliedTexts: AppliedTexts;
  readonly engine: EngineService;
  readonly generatedDocuments: GeneratedDocuments;
  readonly runner: CommandRunner;
  readonly measured: MeasuredRevisions;
}
