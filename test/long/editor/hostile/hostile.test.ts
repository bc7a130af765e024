import { describeHostileWorkspace } from "../../../extension/hostileWorkspace";

describeHostileWorkspace(Number(process.env["HOSTILE_FILES"] ?? 100_000), 50);
