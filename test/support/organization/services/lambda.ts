import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import { standing } from '../stacks/content.ts';
import type { State } from '../state.ts';
import type { Context, Handlers } from '../context.ts';
import { AwsError } from '../wire/error.ts';
import type { Fields } from '../wire/decode.ts';

interface Deployed { readonly name: string; readonly properties: Fields; readonly zip: Uint8Array }
const zips = new Map<string, Uint8Array>();

/** CloudFormation packs `ZipFile` as `index.js` (Node.js). The date is fixed, so that the same code has the same hash. */
function zipOf(code: string): Uint8Array {
  const known = zips.get(code);
  if (known !== undefined) return known;
  const zip = zipSync({ 'index.js': [new TextEncoder().encode(code), { mtime: '2020-01-01T00:00:00Z' }] });
  zips.set(code, zip);
  return zip;
}

function deployed(state: State, account: string, region: string, nameOrArn: string): Deployed | undefined {
  const name = nameOrArn.split(':').at(-1)!;
  const found = standing(state, 'AWS::Lambda::Function', account, region).find(({ physicalId }) => physicalId === name);
  if (found === undefined) return undefined;
  const properties = found.properties();
  return { name, properties, zip: zipOf(state.faults.tampered[account]?.[name] ?? String((properties['Code'] as { ZipFile?: string }).ZipFile ?? '')) };
}

function functionOf({ state, account, region }: Context, { FunctionName }: Fields): Deployed {
  const found = deployed(state, account, region, String(FunctionName));
  if (found === undefined) throw new AwsError('ResourceNotFoundException', `Function not found: arn:${state.partition}:lambda:${region}:${account}:function:${String(FunctionName)}`, 404);
  return found;
}

function configuration({ state, account, region }: Context, { name, properties, zip }: Deployed): Fields {
  const { Role, Runtime, Handler, Timeout = 3, MemorySize = 128, Description = '', Environment } = properties;
  return {
    FunctionName: name, FunctionArn: `arn:${state.partition}:lambda:${region}:${account}:function:${name}`, Runtime, Role, Handler, Timeout: Number(Timeout), MemorySize: Number(MemorySize), Description, Version: '$LATEST', PackageType: 'Zip',
    CodeSize: zip.length, CodeSha256: createHash('sha256').update(zip).digest('base64'), LastModified: '2026-01-01T00:00:00.000+0000', State: 'Active', LastUpdateStatus: 'Successful',
    ...Environment === undefined ? {} : { Environment },
  };
}

/** What a function's `Code.Location` leads to. */
export function codeAt(state: State, path: string): Uint8Array | undefined {
  const [, account = '', region = '', name = ''] = /^\/code\/(\d{12})\/([a-z0-9-]+)\/([\w-]+)$/.exec(path) ?? [];
  return deployed(state, account, region, name)?.zip;
}

export const lambda: Handlers = {
  GetAccountSettings: () => ({ AccountLimit: { TotalCodeSize: 80_530_636_800, CodeSizeUnzipped: 262_144_000, CodeSizeZipped: 52_428_800, ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 900 }, AccountUsage: { TotalCodeSize: 0, FunctionCount: 0 } }),
  GetFunction(input, context) {
    const found = functionOf(context, input);
    return { Configuration: configuration(context, found), Code: { RepositoryType: 'S3', Location: `${context.url}/code/${context.account}/${context.region}/${found.name}?X-Amz-Expires=600` } };
  },
  GetFunctionConfiguration: (input, context) => configuration(context, functionOf(context, input)),
};
