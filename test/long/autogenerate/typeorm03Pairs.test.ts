import { describePairs } from "./everyCase";

describePairs("0.3");
