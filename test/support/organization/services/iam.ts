import { standing } from '../stacks/content.ts';
import type { Handlers } from '../context.ts';

/** IAM, in no Region: how many roles an account has, beside twenty that were there before. */
export const iam: Handlers = {
  GetAccountSummary: (_, { state, account }) => ({ SummaryMap: { Roles: 20 + standing(state, 'AWS::IAM::Role', account).length, RolesQuota: 1000 } }),
};
