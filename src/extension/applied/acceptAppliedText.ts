import { resolveTarget } from "../actions/target";
import type { Services } from "../services";

/** Takes the present text of a revision for the one that was applied, so that it does not count as edited any more. */
export function acceptAppliedText(services: Services, argument: unknown): void {
  const target = resolveTarget(services, argument);
  if (target !== undefined) {
    services.appliedTexts.accept(target.project, target.revision.revision);
  }
}
