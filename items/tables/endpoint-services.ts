/** What is known of an endpoint's service; `undefined` where the table does not have it. */
export const endpointService = (_serviceName: string): { supportsPolicy: boolean | undefined; prefix: string | undefined } | undefined => undefined;
