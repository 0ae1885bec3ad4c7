import { GetFunctionCommand, type GetFunctionCommandOutput } from '@aws-sdk/client-lambda';
import { unzipSync } from 'fflate';
import { PREFIX } from '../../deployment/names.ts';
import type { Aws } from '../aws/clients.ts';
import { describeFault } from '../aws/faults.ts';
import { sha256 } from '../remediation/hash.ts';
import type { Code, FunctionStem } from './code.ts';

/** Functions of the member stack. */
const MEMBER_FUNCTIONS = ['evaluator', 'planner', 'writer', 'reevaluator'] as const satisfies readonly FunctionStem[];

/**
 * What runs in an account and Region: `differs` names functions that are not as they were deployed, and in what; `unknown` says why it could
 * not be looked at.
 */
export type CodeState = { readonly state: 'same' } | { readonly state: 'differs'; readonly functions: readonly string[] } | { readonly state: 'unknown'; readonly reason: string };

/** What functions are held against. `definition`: where they are to find it, such as `s3://…/definition.json`. */
export interface Expected { readonly hashes: ReadonlyMap<string, string>; readonly definition: string; /** SHA-256 of the module in a package, by Lambda's hash of the package. */ readonly packages: Map<string, string | undefined> }

export const expectedCode = (code: Code, definition: string): Expected => ({ hashes: new Map(MEMBER_FUNCTIONS.map((stem) => [stem, sha256(code[stem])])), definition, packages: new Map() });

/** Holds the functions in a Region against what this version deploys: their code, and what else decides which code runs on which definition. */
export async function codeState(there: Aws, region: string, expected: Expected): Promise<CodeState> {
  try {
    const differing: string[] = [];
    for (const stem of MEMBER_FUNCTIONS) {
      const what = await differencesOf(there, region, stem, expected);
      if (what.length > 0) differing.push(`${PREFIX}${stem} (${what.join(', ')})`);
    }
    return differing.length === 0 ? { state: 'same' } : { state: 'differs', functions: differing };
  } catch (error) { return { state: 'unknown', reason: describeFault(error) }; }
}

async function differencesOf(aws: Aws, region: string, stem: string, { hashes, definition, packages }: Expected): Promise<readonly string[]> {
  const FunctionName = `${PREFIX}${stem}`;
  let found: GetFunctionCommandOutput;
  try { found = await aws.lambda(region).send(new GetFunctionCommand({ FunctionName })); } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return ['is not there'];
    throw error;
  }
  const { Handler, Layers = [], CodeSha256 = '', Environment: { Variables: variables = {}, Error: unreadable } = {} } = found.Configuration ?? {};
  if (unreadable !== undefined) throw new Error(`the environment of ${FunctionName} cannot be read: ${unreadable.Message ?? unreadable.ErrorCode ?? ''}`);
  // The same package in many accounts is fetched once.
  if (CodeSha256 === '' || !packages.has(CodeSha256)) packages.set(CodeSha256, await moduleHash(FunctionName, found.Code?.Location));
  const known = variables['PERIMETER_DEFINITION'];
  return [
    ...packages.get(CodeSha256) === hashes.get(stem) ? [] : ['code'],
    ...Handler === 'index.handler' ? [] : ['handler'],
    ...Layers.length === 0 ? [] : ['layers'],
    // Variables such as NODE_OPTIONS load other code.
    ...(known === undefined || known === definition) && Object.keys(variables).every((name) => name.startsWith('PERIMETER_')) ? [] : ['environment'],
  ];
}

/**
 * What CloudFormation may put beside a module that it is given as text. Nothing of ours loads it, so it may hold what it likes.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-lambda-function-code-cfnresponsemodule.html
 */
const BESIDE = 'cfn-response.js';

/** SHA-256 of a function's only module; `undefined`: it holds more or other files than the one. */
async function moduleHash(name: string, location: string | undefined): Promise<string | undefined> {
  if (location === undefined) throw new Error(`Lambda tells no place of the code of ${name}`);
  const answer = await fetch(location, { signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) throw new Error(`the code of ${name} cannot be fetched: HTTP ${answer.status}`);
  const [first, ...others] = Object.entries(unzipSync(new Uint8Array(await answer.arrayBuffer()))).filter(([file]) => file !== BESIDE);
  return first?.[0] === 'index.js' && others.length === 0 ? sha256(new TextDecoder().decode(first[1])) : undefined;
}
