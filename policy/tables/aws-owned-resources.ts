export const awsOwnedResources: readonly string[] = [];
