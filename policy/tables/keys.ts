export const keyKind = (key: string): 'string' | 'arn' | 'bool' | 'number' | 'date' | 'ip' | 'binary' | undefined =>
  ({ 'aws:sourceip': 'ip', 'aws:vpcsourceip': 'ip', 'aws:currenttime': 'date', 'aws:securetransport': 'bool', 'aws:viaawsservice': 'bool', 'aws:principalisawsservice': 'bool' } as const)[key as 'aws:sourceip'];
export const isMultivalued = (key: string): boolean => /^aws:(principalorgpaths|resourceorgpaths|sourceorgpaths|calledvia|tagkeys|principalservicenameslist|vpceorgpaths)$/.test(key);
