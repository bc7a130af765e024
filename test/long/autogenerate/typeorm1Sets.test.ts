import { describeSets } from "./everyCase";

describeSets("1.x");
