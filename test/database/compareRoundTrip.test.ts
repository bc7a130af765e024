import { describePairs } from "./compare/everyPair";

// All of them are in test/long.
describePairs(12);
