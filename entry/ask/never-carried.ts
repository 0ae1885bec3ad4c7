import { issuerOf, type Principal } from '../../policy/index.ts';
import { ofAnonymous, ofAnybody, ofService, ofToken, type Carries } from '../../policy/tables/carried.ts';

/** Whether no request of callers of its kind carries a key, so that its lack tells nothing of one. Takes the key in lower case. */
export function isNeverCarried(key: string, { kind, provider }: Principal): boolean {
  if (lacking(kind).some(({ absent }) => absent.split(' ').includes(key))) return true;
  // A key of a claim begins with its issuer's host, or as those of assertions do.
  const [head = ''] = key.split(/:(?=[^:]*$)/);
  const isOfToken = head === 'saml' || head.includes('.');
  switch (kind) {
    case 'anonymous': case 'service': return isOfToken || key.startsWith('aws:principaltag/');
    case 'web-identity': return isOfToken && head !== issuerOf(provider).toLowerCase();
    case 'saml': return isOfToken && head !== 'saml';
    default: return false;
  }
}

function lacking(kind: Principal['kind']): readonly Carries[] {
  switch (kind) {
    case 'anonymous': return [ofAnybody, ofAnonymous];
    case 'service': return [ofService];
    case 'web-identity': case 'saml': return [ofAnybody, ofToken];
    default: return [ofAnybody];
  }
}
