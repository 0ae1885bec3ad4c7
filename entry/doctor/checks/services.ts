import { CONFIG_PRINCIPALS, STACKSETS_PRINCIPAL } from '../../aws/denials.ts';
import type { Settings } from '../../deploy/settings.ts';

/** A service that the pack uses over the whole organization, and for what. */
export interface Service { readonly principal: string; readonly uses: string }

const [config, configMultiAccount] = CONFIG_PRINCIPALS;

/** The services that the deployment needs, by the mode that it has. */
export const servicesFor = ({ pack }: Settings): readonly Service[] => [
  { principal: STACKSETS_PRINCIPAL, uses: 'StackSets put the pack into accounts' },
  { principal: config, uses: 'the aggregator gathers results' },
  ...pack === 'organization-pack' ? [{ principal: configMultiAccount, uses: 'the organization conformance pack is put into accounts' }] : [],
];
