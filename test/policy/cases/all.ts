import { carriedIds } from './carried-ids.ts';
import { combinations } from './combinations.ts';
import { deputies } from './deputies.ts';
import { elements } from './elements.ts';
import { federation } from './federation.ts';
import { guardrails } from './guardrails.ts';
import { kinds } from './kinds.ts';
import { networks } from './networks.ts';
import { otherServices } from './other-services.ts';
import { ownership } from './ownership.ts';
import { presence } from './presence.ts';
import { providers } from './providers.ts';
import { resourceKinds } from './resource-kinds.ts';
import { resources } from './resources.ts';
import { sampleEndpoints } from './sample-endpoints.ts';
import { sampleResources } from './sample-resources.ts';
import { servicePolicies } from './service-policies.ts';
import { services } from './services.ts';
import { severalVariables } from './several-variables.ts';
import { texts } from './texts.ts';
import { toldApart } from './told-apart.ts';
import { toldValues } from './told-values.ts';
import { values } from './values.ts';
import { whitepaper } from './whitepaper.ts';
import type { Group } from './case.ts';

/**
 * What the engine has to say of policies that people write, decided from the specification and AWS's documentation.
 * Every row names a situation and a reason; a witness is replayed, and looked at as a request that somebody could send.
 */
export const groups: readonly Group[] = [
  ...whitepaper, ...sampleEndpoints, ...sampleResources, ...servicePolicies, ...presence, ...texts, ...values, ...kinds, ...elements, ...deputies, ...federation, ...providers, ...otherServices, ...carriedIds, ...ownership, ...resources, ...resourceKinds, ...toldApart, ...toldValues, ...combinations, ...guardrails, ...networks, ...services, ...severalVariables,
];
