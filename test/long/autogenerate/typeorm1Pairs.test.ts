import { describePairs } from "./everyCase";

describePairs("1.x");
