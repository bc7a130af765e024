export function bundledPackages(metafiles: readonly { readonly inputs: object }[]): string[];
export function thirdPartyNotices(folders: readonly string[], more?: readonly string[]): string;
