import { describeHostileWorkspace } from "../../../extension/hostileWorkspace";

describeHostileWorkspace(100_000, 50);
