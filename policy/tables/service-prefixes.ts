export const actionPrefix = (service: string): string => service.split('.')[0] ?? service;
