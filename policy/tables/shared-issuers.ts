export const tenancyClaims = (issuer: string): readonly string[] | undefined => issuer.startsWith('token.actions') ? ['sub'] : undefined;
