export function writeEmptyCluster(file: string): Promise<void>;
