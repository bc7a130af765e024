import { describeGuideCommandLines, ini } from "./guideCommandLines";

describeGuideCommandLines(ini);
