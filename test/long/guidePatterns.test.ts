import { describeGuidePatterns } from "../cli/guidePatterns";

describeGuidePatterns("on the embedded PostgreSQL");
