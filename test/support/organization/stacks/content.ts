import type { Bucket, Content, Stack, State } from '../state.ts';
import { AwsError, validationError } from '../wire/error.ts';
import type { Fields } from '../wire/decode.ts';
import { readParameters, readTemplate, resolver, type Resource, type Template } from './template.ts';

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
const BODY_LIMIT = 51_200;
const URL_LIMIT = 1_000_000;

/** The object that a URL of S3 names, in either style, or of this server. */
function objectOf(url: string): { readonly bucket: string; readonly key: string } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const path = decodeURIComponent(parsed?.pathname.slice(1) ?? '');
  const [, bucket] = /^([a-z0-9.-]+)\.s3[.-][a-z0-9.-]*amazonaws\.com(?:\.cn)?$/.exec(parsed?.hostname ?? '') ?? [];
  if (bucket !== undefined && parsed?.protocol === 'https:') return { bucket, key: path };
  if (/^s3[.-][a-z0-9.-]*amazonaws\.com(?:\.cn)?$/.test(parsed?.hostname ?? '') || parsed?.hostname === '127.0.0.1') return { bucket: path.split('/')[0]!, key: path.split('/').slice(1).join('/') };
  throw validationError('TemplateURL must be a supported URL.');
}

/** The text of an object of S3 by URL, read with the rights of whoever may read the organization's buckets. */
export function textAt(buckets: ReadonlyMap<string, Bucket>, url: string): string {
  const { bucket, key } = objectOf(url);
  const held = buckets.get(bucket);
  if (held === undefined) throw validationError('S3 error: The specified bucket does not exist\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html');
  const object = held.objects.get(key)?.at(-1);
  if (object === undefined || object.deleted) throw validationError('S3 error: The specified key does not exist.\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html');
  if (object.body.length > URL_LIMIT) throw validationError(`Template may not exceed ${URL_LIMIT} bytes in size.`);
  return object.body.toString('utf8');
}

function templateOf(state: State, { TemplateBody, TemplateURL, UsePreviousTemplate }: Fields, previous: Template | undefined): Template {
  if (UsePreviousTemplate === true && previous !== undefined) return previous;
  if ((TemplateBody === undefined) === (TemplateURL === undefined)) throw validationError('Either Template URL or Template Body must be specified.');
  if (TemplateURL !== undefined) return readTemplate(textAt(state.buckets, TemplateURL as string));
  const size = Buffer.byteLength(TemplateBody as string);
  if (size > BODY_LIMIT) throw validationError(`1 validation error detected: Value '${(TemplateBody as string).slice(0, 40)}…' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${BODY_LIMIT}`);
  return readTemplate(TemplateBody as string);
}

/** What a request makes of a stack or StackSet: its template and the values of its parameters, checked as CloudFormation checks them before it begins. */
export function contentOf(state: State, input: Fields, previous: Content | undefined): Content {
  const template = templateOf(state, input, previous?.template);
  const capabilities = (input['Capabilities'] ?? []) as string[];
  const roles = Object.values(template.Resources).filter(({ Type }) => Type.startsWith('AWS::IAM::'));
  const needed = roles.some(({ Properties }) => Properties?.['RoleName'] !== undefined) ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM';
  if (roles.length > 0 && !capabilities.includes('CAPABILITY_NAMED_IAM') && !(needed === 'CAPABILITY_IAM' && capabilities.includes('CAPABILITY_IAM'))) throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${needed}]`);
  return {
    template, capabilities, parameters: readParameters(template, input['Parameters'] as [] | undefined, previous?.parameters),
    tags: (input['Tags'] ?? previous?.tags ?? []) as Content['tags'],
  };
}

export const resolverOf = (state: State, content: Content, { account, region, name, id }: Pick<Stack, 'account' | 'region' | 'name' | 'id'>): ReturnType<typeof resolver> =>
  resolver(content.template, content.parameters, { partition: state.partition, account, region, stackName: name, stackId: id });

/** Resources of a stack as it stands. */
export function resourcesOf(state: State, stack: Stack): readonly Resource[] {
  if (stack.content === undefined) return [];
  if (stack.held?.content !== stack.content) stack.held = { content: stack.content, resources: resolverOf(state, stack.content, stack).resources() };
  return stack.held.resources;
}

/** Resources of one type that stand in an account, and in a Region if one is given, with the Region of their stack. */
export const standing = (state: State, type: string, account: string, region?: string): (Resource & { readonly region: string; readonly stack: Stack })[] =>
  state.stacks.filter((stack) => stack.account === account && (region === undefined || stack.region === region)).flatMap((stack) => resourcesOf(state, stack).filter((resource) => resource.type === type).map((resource) => ({ ...resource, region: stack.region, stack })));
