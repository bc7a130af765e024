export function copyPackages(project: string, names: readonly string[]): void;
