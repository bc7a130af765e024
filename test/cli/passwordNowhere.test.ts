import { describePasswordNowhere } from "./passwordCases";

describePasswordNowhere(4);
