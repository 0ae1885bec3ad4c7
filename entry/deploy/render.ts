import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MEMBER_STACK } from '../../deployment/names.ts';
import type { Desired, DesiredStack } from './desired.ts';
import type { Parameters } from './parameters.ts';
import type { Settings } from './settings.ts';
import { stackSetRequests } from './stack-set.ts';

/** A file of a rendered deployment, by its name in the folder. */
export interface Rendered { readonly name: string; readonly text: string }

/** All that `apply` would deploy as files: for each stack a template and its parameters, for the StackSet what the AWS command line takes. */
export function render(desired: Desired, settings: Settings): readonly Rendered[] {
  const { bucketStack, stacks, packs, stackSet, definitions, parameters, templates, place } = desired;
  const all = [...bucketStack === undefined ? [] : [bucketStack], ...stacks, ...packs];
  const files: Rendered[] = all.flatMap((stack) => {
    const name = nameOf(stack, all);
    return [{ name: `${name}.${extensionOf(stack.text)}`, text: stack.text }, { name: `${name}.parameters.json`, text: json(listOf(stack.parameters)) }];
  });
  if (stackSet !== undefined && place.kind === 'organization') {
    const requests = stackSetRequests(place.callAs, stackSet, settings);
    files.push({ name: `${MEMBER_STACK}.json`, text: stackSet.template.text }, { name: `${MEMBER_STACK}.create-stack-set.json`, text: json(requests.create) }, { name: `${MEMBER_STACK}.create-stack-instances.json`, text: json(requests.instances) });
  }
  files.push(...definitions.map(({ key, text }) => ({ name: key, text })));
  const [first] = parameters;
  if (first !== undefined) files.push({ name: 'definition.json', text: first.value });
  // Where stacks name a template by its URL, it must be there before them.
  if (place.kind !== 'management') files.push({ name: 'uploads.json', text: json([...templates, ...definitions].map(({ key }) => ({ bucket: desired.bucket.name, key, file: fileOf(key) }))) });
  return files;

  function fileOf(key: string): string {
    const stack = all.find(({ source }) => source.key === key);
    return stack !== undefined ? `${nameOf(stack, all)}.${extensionOf(stack.text)}` : key === stackSet?.template.key ? `${MEMBER_STACK}.json` : key;
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const listOf = (parameters: Parameters): object => Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
const extensionOf = (text: string): string => text.trimStart().startsWith('{') ? 'json' : 'yaml';
/** Stacks of several Regions are told apart by them. */
const nameOf = ({ name, region }: DesiredStack, all: readonly DesiredStack[]): string => all.filter((one) => one.name === name).length > 1 ? `${name}.${region}` : name;

/** Why files could not be written. */
export class NotRendered extends Error { override name = 'NotRendered' }

/** Writes the files; throws NotRendered rather than replace what is there, unless told to. */
export function writeRendered(files: readonly Rendered[], folder: string, force: boolean): void {
  const there = force ? undefined : files.find(({ name }) => existsSync(join(folder, name)));
  if (there !== undefined) throw new NotRendered(`\`${join(folder, there.name)}\` is there already: pass --force to replace it, or --out to write elsewhere`);
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
  } catch (error) { throw new NotRendered(`cannot write to \`${folder}\`: ${(error as Error).message}`); }
}
