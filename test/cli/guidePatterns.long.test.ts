import { describeGuidePatterns } from "./guidePatterns";

// On the embedded PostgreSQL in test/long.
describeGuidePatterns("on a PostgreSQL server");
