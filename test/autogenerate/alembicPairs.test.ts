import { describeAlembicPairs } from "./alembic/everyAlembicPair";

// All of them are in test/long.
describeAlembicPairs(12);
