import "../support/everyCarelessAttempt";
import "../cli/carelessAgent.test";
