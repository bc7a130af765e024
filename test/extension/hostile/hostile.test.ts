import { describeHostileWorkspace } from "../hostileWorkspace";

describeHostileWorkspace(300, 50);
