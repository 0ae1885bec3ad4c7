import { expect, it } from 'vitest';
import { asList, type Statement } from '../../core/policy-document.ts';
import { faultsOf } from '../../templates/claims.ts';
import { templates } from '../../templates/index.ts';
import { writeWith, type Draft } from '../../templates/template.ts';
import { now } from '../support/perimeter.ts';
import { perimeterOf } from './definitions.ts';

const perimeter = perimeterOf({ version: 1, organizations: ['o-4tkekae453'], accounts: ['111111111111'], awsOwnedResources: 'catalogue' });
const draftOf = (kind: string, options: Readonly<Record<string, string>>): Draft => writeWith(templates.find((one) => one.kind === kind)!, perimeter, options).drafts[0]!;
/** The draft with an element of its statements changed. */
const changed = (draft: Draft, element: string, change: (values: readonly string[]) => readonly string[]): Draft => ({
  ...draft, parts: draft.parts.map((part) => ({ ...part, statement: part.statement[element] === undefined ? part.statement : { ...part.statement, [element]: change(asList(part.statement[element]).map(String)) } as Statement })),
});
const faults = (draft: Draft): string[] => faultsOf(draft, now).map(({ of }) => of);

// Nothing may get lost in the long lists of a Region's catalogue.
it.each<[string, Readonly<Record<string, string>>, string, string, string]>([
  ['resource-scp', { service: 's3', regions: 'eu-west-1' }, 'NotResource', 's3: keeps AWS-owned resources, for calls in eu-west-1', 's3: no request from outside (resources)'],
  ['endpoint-policy', { service: 's3', region: 'eu-west-1' }, 'Resource', 's3: keeps members of o-4tkekae453, for AWS-owned resources', 'through the endpoint of s3: no request from outside (resources)'],
])('%s with %j: the last resource missing and one too many are found among all of the catalogue', (kind, options, element, kept, inside) => {
  const draft = draftOf(kind, options);
  expect(faults(draft)).toEqual([]);
  expect(faults(changed(draft, element, (values) => values.length > 20 ? values.slice(0, -1) : values))).toContain(kept);
  expect(faults(changed(draft, element, (values) => values.length > 20 ? [...values, 'arn:aws:s3:::attacker/*'] : values))).toContain(inside);
}, 60_000);

// A search that holds every caller against every list anew is past its budget here.
it('two organizations by their paths, with all of the catalogue and six partners: the policy is decided', () => {
  const organizations = ['o-4tkekae453', 'o-secondofmine'];
  const partners = Array.from({ length: 6 }, (_, i) => ({ name: `Partner ${i}`, accounts: [`20000000000${i}`], resources: [{ arn: `arn:aws:s3:::shared-${i}/*`, actions: ['s3:GetObject', 's3:PutObject'] }], reachable: [`arn:aws:s3:::vendor-${i}/*`] }));
  const large = perimeterOf({ version: 1, organizations, organizationPaths: organizations.map((one) => `${one}/r-ab12/ou-ab12-11111111/*`), standaloneAccounts: ['333333333333'], awsOwnedResources: 'catalogue', partners, exclusionTags: { principal: { 'dp:exclude': 'true' } } });
  const { drafts } = writeWith(templates.find(({ kind }) => kind === 'endpoint-policy')!, large, { service: 's3', region: 'eu-west-1' });
  expect(drafts.flatMap((one) => faultsOf(one, now))).toEqual([]);
}, 60_000);
