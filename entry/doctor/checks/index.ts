import { deliveryChannel } from '../member-checks/delivery-channel.ts';
import { quotaChecks } from '../member-checks/quotas.ts';
import { recordedTypes } from '../member-checks/recorded-types.ts';
import { recorder } from '../member-checks/recorder.ts';
import { recordingFrequency } from '../member-checks/recording-frequency.ts';
import type { Check, MemberCheck } from '../check.ts';
import { allFeatures } from './all-features.ts';
import { delegatedAdministrator } from './delegated-administrator.ts';
import { exceptions } from './exceptions.ts';
import { resourceControlPolicies, serviceControlPolicies } from './guardrails.ts';
import { homeRegion } from './home-region.ts';
import { ownFunctions } from './own-functions.ts';
import { remediations } from './remediations.ts';
import { stackInstances } from './stack-instances.ts';
import { targets } from './targets.ts';
import { trustedAccess } from './trusted-access.ts';

/** Of the organization; none of them has a meaning where the pack stands in one account alone. */
export const organizationChecks: readonly Check[] = [allFeatures, trustedAccess, delegatedAdministrator, targets, stackInstances, serviceControlPolicies, resourceControlPolicies];
/** Of the definition and the settings. */
export const definitionChecks: readonly Check[] = [homeRegion, exceptions, ownFunctions, remediations];
/** Of each account. */
export const memberChecks: readonly MemberCheck[] = [recorder, recordedTypes, recordingFrequency, deliveryChannel, ...quotaChecks];

/** What `perimeter doctor --only` takes. */
export const checkIds: readonly string[] = [...organizationChecks, ...definitionChecks, ...memberChecks].map(({ id }) => id);
