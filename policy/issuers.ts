import { refuseProvider } from './misuse.ts';
import type { Principal } from './request.ts';

/** The issuer of a provider of web identity, whose ARN holds it; a built-in provider is named by it. Throws TypeError for what is no text. */
export function issuerOf(provider = ''): string {
  refuseProvider(provider);
  return provider.replace(/^.*oidc-provider\//, '');
}
/** The key under which a caller's token tells whose it is. */
export const subjectKey = ({ provider }: Principal): string => `${issuerOf(provider)}:sub`;
/** Keys that show best why a caller is who it is: of a token its subject, and whether a guest holds it; of a service its source. */
export const tellingKeys = (principal: Principal): readonly string[] =>
  principal.kind === 'web-identity' ? [subjectKey(principal), `${issuerOf(principal.provider)}:amr`] : principal.kind === 'service' ? ['aws:SourceArn'] : [];
