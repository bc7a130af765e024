import { describePairs } from "../database/compare/everyPair";

describePairs(1);
