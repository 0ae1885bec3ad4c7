import type { Policy } from './parse.ts';
import type { Request } from './request.ts';
export interface Decision { readonly allowed: boolean; readonly by: string | undefined }
export function decide(_policy: Policy, _request: Request): Decision { return { allowed: false, by: undefined }; }
