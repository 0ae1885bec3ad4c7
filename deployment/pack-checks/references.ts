import type { Pack } from './fields.ts';
import { walk, type Call, type Mapping, type Value } from './tree.ts';

const pseudo = ['AccountId', 'NoValue', 'NotificationARNs', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'].map((name) => `AWS::${name}`);

/** Everything the template refers to must stand in it. */
export function checkReferences(pack: Pack, template: Mapping): void {
  const conditions = section(template, 'Conditions');
  const mappings = section(template, 'Mappings');
  for (const value of walk(template)) {
    if (value.kind !== 'call') continue;
    if (value.name === 'Ref') checkName(pack, value.argument);
    if (value.name === 'Fn::Sub') checkSub(pack, value);
    if (value.name === 'Fn::GetAtt') checkAttribute(pack, value.argument);
    if (value.name === 'Fn::If') {
      if (value.argument.kind !== 'list' || value.argument.items.length !== 3) pack.report.error(value.line, '`Fn::If` does not have three parts', 'write the condition, the value if it holds, and the value if not', 'functions');
      checkIn(pack, conditions, first(value), 'Conditions');
    }
    if (value.name === 'Condition') checkIn(pack, conditions, value.argument, 'Conditions');
    if (value.name === 'Fn::FindInMap') checkIn(pack, mappings, first(value), 'Mappings');
  }
  for (const { value } of pack.resources.values()) {
    if (value.kind !== 'map') continue;
    const condition = value.entries.get('Condition');
    if (condition !== undefined) checkIn(pack, conditions, condition.value, 'Conditions');
    const depends = value.entries.get('DependsOn')?.value;
    for (const id of depends?.kind === 'list' ? depends.items : depends === undefined ? [] : [depends]) if (id.kind === 'scalar') checkIn(pack, pack.resources, id, 'Resources');
  }
}

function section(template: Mapping, name: string): ReadonlyMap<string, unknown> {
  const value = template.entries.get(name)?.value;
  return value?.kind === 'map' ? value.entries : new Map();
}
const first = ({ argument }: Call): Value | undefined => (argument.kind === 'list' ? argument.items[0] : undefined);

function checkIn(pack: Pack, known: ReadonlyMap<string, unknown>, value: Value | undefined, where: string): void {
  if (value?.kind === 'scalar' && !known.has(value.text)) pack.report.error(value.line, `\`${value.text}\` does not stand in \`${where}\``, 'add it there or correct the name', 'functions');
}

function checkName(pack: Pack, value: Value): void {
  if (value.kind !== 'scalar') { pack.report.error(value.line, '`Ref` does not name anything', 'write the name of a parameter', 'functions'); return; }
  checkKnown(pack, value.text, value.line, 'Ref');
}
function checkKnown(pack: Pack, name: string, line: number, by: string): void {
  if (pack.parameters.has(name) || pack.resources.has(name) || pseudo.includes(name)) return;
  pack.report.error(line, `\`${by}\` names \`${name}\`, which is no parameter or resource of this template`, 'add it to `Parameters` or correct the name', 'functions');
}

function checkSub(pack: Pack, { argument, line }: Call): void {
  const [text, own] = argument.kind === 'list' ? argument.items : [argument];
  if (text?.kind !== 'scalar') { pack.report.error(line, '`Fn::Sub` has no text', 'write the text with `${Name}` in it', 'functions'); return; }
  const names = own?.kind === 'map' ? own.entries : new Map<string, unknown>();
  for (const [, name = ''] of text.text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
    const trimmed = name.trim();
    if (names.has(trimmed)) continue;
    const dot = trimmed.indexOf('.');
    // `${Resource.Attribute}` reads an attribute, which only a resource has.
    if (dot > 0 && pack.resources.has(trimmed.slice(0, dot))) continue;
    checkKnown(pack, trimmed, text.line, 'Fn::Sub');
  }
}

function checkAttribute(pack: Pack, argument: Value): void {
  const target = argument.kind === 'list' ? argument.items[0] : argument;
  if (target?.kind === 'scalar') checkIn(pack, pack.resources, { ...target, text: target.text.split('.')[0] ?? '' }, 'Resources');
}
