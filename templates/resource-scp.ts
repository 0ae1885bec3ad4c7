import { insideResources } from '../core/inside.ts';
import { list, text, wholeNumber } from '../core/parameters.ts';
import { statementsOf, type Document } from '../core/policy-document.ts';
import { parsePolicy, type Perimeter } from '../policy/index.ts';
import { accountOf } from './account.ts';
import { inside, keeps } from './claims.ts';
import { both, notOwnedByMe, some, withoutExclusionTag, type Conditions } from './conditions.ts';
import { aboutImages, imageArns, notOfAmazon } from './images.ts';
import { inRegion, isOfService, ownedFor, reachableOf } from './owned.ts';
import { aboutOwnerless, letOwnerless, ownerlessClaims, ownerlessOnOthers, tellsOwner, withoutOwnerless } from './ownerless.ts';
import { quotaOf, scpQuota } from './quotas.ts';
import { defineTemplate, type Claim, type Part, type Written } from './template.ts';

export const resourceScp = defineTemplate({
  kind: 'resource-scp',
  title: 'Principals of the perimeter reach only its resources',
  hangsOn: 'scp',
  options: {
    service: text('one service only, such as `s3`; left out: every service', ''),
    regions: list('Regions whose AWS-owned buckets may be reached; each takes about half a policy'),
    allowOwnerless: letOwnerless('denied'),
    account: text('an account it hangs on', ''),
    quota: wholeNumber('characters that a policy may have; 0: as AWS documents it', 0, 0, 1_000_000),
  },
  requirements: ['R02', 'R10', 'R12', 'R13', 'R43', 'R49'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceorgid', 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html'],
  usual: () => [{}],
  write(perimeter, { service, regions, allowOwnerless, account, quota }): Written {
    const most = quotaOf(scpQuota, quota);
    const onlyS3 = service === 's3';
    const withS3 = service === '' || onlyS3;
    const buckets = withS3 ? onBuckets(perimeter, regions, most.most) : { parts: [], leftOut: [] };
    const condition = allowOwnerless ? both(foreign(perimeter), tellsOwner) : foreign(perimeter);
    const parts = [...onlyS3 ? [] : onOthers(perimeter, service, condition), ...withS3 ? buckets.parts : [], ...service === '' || service === 'ec2' ? images(perimeter, service, condition) : []];
    const place = { kind: 'scp', perimeter: inAnyRegion(perimeter), account: accountOf(perimeter, account) } as const;
    const claims = [...claimsOf(perimeter, place.account, service, regions, buckets.leftOut.length === 0, allowOwnerless), ...ownerlessClaims(place, service, allowOwnerless)];
    return {
      drafts: [{ name: service === '' ? 'resource-scp' : `resource-scp-${service}`, hangsOn: 'scp', parts, quota: most, claims }],
      leftOut: [...buckets.leftOut, ...aboutOwnerless(service, allowOwnerless ? ownerlessOnOthers : 'principals of mine are denied them on resources of mine, too; pass `allowOwnerless=true` to let them through'), ...perimeter.unsignedActions.some((one) => /^s3:getobject$/i.test(one)) ? ['`unsignedActions`: an SCP meets signed calls only'] : []],
    };
  },
});

const deny = (sid: string, does: string, element: Readonly<Record<string, unknown>>, spared: readonly string[], condition: Conditions, exceptions: readonly string[]): Part => ({
  statement: { Sid: sid, Effect: 'Deny', ...element, ...spared.length === 0 ? { Resource: '*' } : { NotResource: some(spared) }, Condition: condition }, does, ...exceptions.length === 0 ? {} : { exceptions },
});

const foreign = (perimeter: Perimeter): Conditions => both(notOwnedByMe(perimeter), withoutExclusionTag(perimeter));
const tagged = ({ exclusionTags }: Perimeter): string[] => Object.entries(exclusionTags.principal).map(([tag, value]) => `principals tagged \`${tag}\`: ${value}`);

/** Every service but S3, whose AWS-owned buckets have names by Region. Where an ARN names its owner, a Region may be any. Systems Manager takes partners' buckets, too. */
function onOthers(perimeter: Perimeter, service: string, condition: Conditions): Part[] {
  const owned = perimeter.awsOwnedResources.filter((arn) => !/^arn:[^:]*:s3:/.test(arn) && (service === '' || isOfService(arn, service))).map((arn) => arn.replaceAll('${region}', '*'));
  const reachable = service === '' ? perimeter.partners.flatMap((one) => one.reachable) : reachableOf(perimeter, service);
  const spared = [...new Set(owned), ...reachable, ...service === '' || service === 'ec2' ? imageArns : []];
  return [deny('OnlyMyResources', `denies ${service === '' ? 'every service but S3' : service} on resources of others`, service === '' ? { NotAction: 's3:*' } : { Action: `${service}:*` }, spared, condition, [
    ...owned.length === 0 ? [] : ['resources that AWS owns'], ...reachable.length === 0 ? [] : ['resources of partners'], ...tagged(perimeter), ...service === '' || service === 'ec2' ? ['images and snapshots, which the statement after is about'] : [],
  ])];
}

const images = (perimeter: Perimeter, service: string, condition: Conditions): Part[] => [{
  statement: { Sid: 'OnlyMyImages', Effect: 'Deny', ...service === '' ? { NotAction: 's3:*' } : { Action: 'ec2:*' }, Resource: imageArns, Condition: both(condition, notOfAmazon) },
  does: 'denies images and snapshots of others', exceptions: ['images of Amazon', ...tagged(perimeter)],
}];

/** Names of buckets are told by Region, so each Region has a statement, and all others one without exceptions of AWS. */
function onBuckets(perimeter: Perimeter, regions: readonly string[], most: number): { readonly parts: readonly Part[]; readonly leftOut: readonly string[] } {
  const reachable = reachableOf(perimeter, 's3');
  const partners = reachable.length === 0 ? [] : ['buckets of partners'];
  const leftOut: string[] = [];
  const everywhere = ownedFor(perimeter, 'scp', 's3', '');
  const byRegion = regions.flatMap((region) => {
    const owned = ownedFor(perimeter, 'scp', 's3', region);
    const made = (list: readonly string[]): Part => deny(`OnlyMyBuckets${region.replaceAll('-', '')}`, `denies buckets of others in ${region}`, { Action: 's3:*' }, [...list, ...reachable], both(foreign(perimeter), { StringEquals: { 'aws:RequestedRegion': region } }), [`${list.length} ARN patterns of AWS-owned buckets`, ...partners, ...tagged(perimeter)]);
    const whole = made(owned);
    if (sizeOf(whole) <= most) return [whole];
    const objects = owned.filter((arn) => arn.endsWith('/*'));
    const short = made(objects);
    leftOut.push(sizeOf(short) <= most ? `what is asked of AWS-owned buckets themselves in ${region}, such as s3:ListBucket: only their objects have room` : `AWS-owned buckets in ${region}: their names are too long for a policy; list those you use under \`awsOwnedResources\``);
    return sizeOf(short) <= most ? [short] : [];
  });
  const written = regions.filter((region) => byRegion.some((one) => one.statement['Sid'] === `OnlyMyBuckets${region.replaceAll('-', '')}`));
  const named = perimeter.awsOwnedResources.filter((arn) => /^arn:[^:]*:s3:/.test(arn)).length;
  if (regions.length === 0 && named > everywhere.length / 2) leftOut.push('AWS-owned buckets, whose names are told by Region: pass `regions` with those you use');
  const rest = deny('OnlyMyBuckets', `denies buckets of others${written.length === 0 ? '' : ' in all other Regions'}`, { Action: 's3:*' }, [...everywhere.length > 40 ? [] : everywhere, ...reachable],
    written.length === 0 ? foreign(perimeter) : both(foreign(perimeter), { StringNotEqualsIfExists: { 'aws:RequestedRegion': some(written) } }), [...partners, ...tagged(perimeter)]);
  return { parts: [...byRegion, rest], leftOut };
}
/** With the frame of a policy around it. */
const sizeOf = (part: Part): number => JSON.stringify({ Version: '2012-10-17', Statement: [part.statement] }).length;

const usualServices = ['s3', 'sqs', 'dynamodb', 'kms', 'lambda', 'ssm', 'ecr', 'ec2', 'sts'] as const;

function claimsOf(perimeter: Perimeter, account: string, service: string, regions: readonly string[], isWhole: boolean, allowOwnerless: boolean): readonly Claim[] {
  const asked = allowOwnerless ? (document: Document) => withoutOwnerless(service)(withoutAmazon(document)) : withoutAmazon;
  return (service === '' ? usualServices : [service]).flatMap((one) => {
    const place = { kind: 'scp', perimeter: inAnyRegion(perimeter), account, service: one } as const;
    const region = one === 's3' ? regions[0] ?? '' : 'eu-west-1';
    const kept = insideResources(one === 's3' && region === '' ? { ...perimeter, awsOwnedResources: [] } : inRegion(perimeter, region), { kind: 'scp', account, region, service: one })
      // AWS services and unsigned calls meet no SCP.
      // For EC2, with more than 600 actions, the clause of a tag is past the work budget: images decide it by one request.
      .filter((clause) => !/^calls (that AWS services|of)/.test(clause.of) && !(one === 'ec2' && /^my principals with the tag/.test(clause.of)) && (isWhole || one !== 's3' || clause.of !== 'AWS-owned resources'));
    const there = (clause: typeof kept[number]) => one === 's3' && clause.of === 'AWS-owned resources' ? [clause, clauseOf(`calls in ${region}`, { Condition: { StringEquals: { 'aws:RequestedRegion': region } } })] : [clause];
    return [...one === 'ec2' ? aboutImages(perimeter, place) : [], inside('resources', place, one, asked), ...kept.map((clause) => keeps(place, there(clause)))];
  });
}

/** Where an ARN names its owner, a wildcard for the Region names what `${region}` does: there are no Regions but those of AWS. */
const inAnyRegion = (perimeter: Perimeter): Perimeter => ({ ...perimeter, awsOwnedResources: perimeter.awsOwnedResources.map((arn) => /^arn:[^:]*:s3:/.test(arn) ? arn : arn.replaceAll('${region}', '*')) });

/** Images of Amazon are let through though no definition lists them; all others are asked about without that. */
const withoutAmazon = (document: Document): Document => ({ ...document, Statement: statementsOf(document).map((one) => ({ ...one, ...'Condition' in one ? { Condition: withoutOwner(one['Condition'] as Conditions) } : {} })) });
function withoutOwner({ StringNotEqualsIfExists: tests = {}, ...others }: Conditions): Conditions {
  const { 'ec2:Owner': _, ...rest } = tests;
  return Object.keys(rest).length === 0 ? others : { ...others, StringNotEqualsIfExists: rest };
}

const clauseOf = (of: string, scope: object) => ({ of, policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', ...scope }] }) });
