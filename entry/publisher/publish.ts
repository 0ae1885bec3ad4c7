import { ruleIssues } from '../../core/check-rules.ts';
import { remediationIssues } from '../../core/check-remediations.ts';
import { DefinitionError, readDefinition } from '../../core/definition.ts';
import type { AnyRemediation } from '../../core/remediation.ts';
import type { AnyRule } from '../../core/rule.ts';
import { DEFINITION_KEY, DEFINITION_SOURCE_KEY } from '../../deployment/names.ts';
import type { Log } from '../evaluator/log.ts';
import { needsAccounts, publishedDefinition, type OwnOrganization } from './published.ts';

export interface ObjectText { readonly body: string; readonly etag: string }

export interface Ports {
  /** `undefined`: there is no such object. */
  readonly getObject: (key: string) => Promise<ObjectText | undefined>;
  /** Writes if the object still has the ETag, or for `undefined` if there is none; tells whether it wrote. */
  readonly putObject: (key: string, body: string, etag: string | undefined) => Promise<boolean>;
  readonly describeOrganization: () => Promise<{ readonly id: string; readonly managementAccount: string }>;
  /** Ids of all accounts, from all pages. */
  readonly listAccounts: () => Promise<readonly string[]>;
  readonly log: Log;
}

/** What the definition must fit to. */
export interface Pack { readonly rules: readonly AnyRule[]; readonly remediations: readonly AnyRemediation[] }

const ATTEMPTS = 3;
/**
 * Five accounts may leave between two runs, or a tenth of them. More is a list cut short rather than an organization broken up: AWS lets a
 * tenth be closed within 30 days. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
const FEW = 5;
const SHARE = 0.1;

/** Writes what functions read, from what the administrator wrote and the accounts there are, if that changes it. Throws where it is not sure of them. */
export async function publish(pack: Pack, ports: Ports): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    // Before the source: a deployment writes the source first, so whoever overtakes this run is noticed when it writes.
    const before = await ports.getObject(DEFINITION_KEY);
    const source = await ports.getObject(DEFINITION_SOURCE_KEY);
    if (source === undefined) throw new Error(`there is no \`${DEFINITION_SOURCE_KEY}\`; write it with \`perimeter deploy apply\``);
    const text = await published(source.body, pack, ports);
    if (before?.body === text) {
      ports.log('info', 'unchanged', {});
      return;
    }
    const change = changeOf(before, text, ports.log);
    if (await ports.putObject(DEFINITION_KEY, text, before?.etag)) {
      ports.log('info', 'published', change);
      return;
    }
  }
  throw new Error(`\`${DEFINITION_KEY}\` was written by somebody else in each of ${ATTEMPTS} attempts; nothing was overwritten`);
}

async function published(source: string, { rules, remediations }: Pack, { describeOrganization, listAccounts }: Ports): Promise<string> {
  const written = fromSource(() => JSON.parse(source) as unknown);
  const own: OwnOrganization = { ...await describeOrganization(), accounts: needsAccounts(written) ? await listAccounts() : [] };
  return fromSource(() => {
    const text = publishedDefinition(written, own);
    const definition = readDefinition(JSON.parse(text));
    const issues = [...ruleIssues(definition, rules), ...remediationIssues(definition, remediations)];
    if (issues.length > 0) throw new DefinitionError(issues);
    return text;
  });
}

/** Functions keep what was published before, which they can read. */
function fromSource<T>(act: () => T): T {
  try { return act(); } catch (error) {
    if (error instanceof DefinitionError || error instanceof SyntaxError) throw new Error(`\`${DEFINITION_SOURCE_KEY}\` is not valid, and nothing is published from it: ${error.message}`, { cause: error });
    throw error;
  }
}

/** Which accounts came and went, for the log. Throws where too many went at once. */
function changeOf(before: ObjectText | undefined, text: string, log: Log): { readonly joined: readonly string[]; readonly left: readonly string[] } {
  const known = before === undefined ? [] : accountsIn(before.body, log);
  const now = accountsIn(text, log);
  const [knownIds, nowIds] = [new Set(known), new Set(now)];
  const left = known.filter((id) => !nowIds.has(id));
  if (left.length > Math.max(FEW, known.length * SHARE)) {
    throw new Error(`${left.length} of ${known.length} accounts are not listed any more, such as \`${left[0]}\`, and the list before is kept; if they have left, publish the new one with \`perimeter deploy apply\``);
  }
  return { joined: now.filter((id) => !knownIds.has(id)), left };
}

function accountsIn(text: string, log: Log): readonly string[] {
  try { return readDefinition(JSON.parse(text)).perimeter.accounts ?? []; } catch (error) {
    log('warn', `\`${DEFINITION_KEY}\` could not be read, and is replaced`, { error: error instanceof Error ? error.message : String(error) });
    return [];
  }
}
