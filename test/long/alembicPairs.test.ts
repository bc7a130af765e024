import { describeAlembicPairs } from "../autogenerate/alembic/everyAlembicPair";

describeAlembicPairs(1);
