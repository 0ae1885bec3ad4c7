import { expect, test } from 'vitest';
import { checkRules } from '../../core/check-rules.ts';
import { DefinitionError, emptyDefinition, type Definition, type DefinitionIssue, type Exception } from '../../core/definition.ts';
import { flag } from '../../core/parameters.ts';
import { defineRule, type AnyRule } from '../../core/rule.ts';
import { compliant } from '../../core/verdict.ts';

const make = (id: string, exception: 'whole' | 'allow'): AnyRule => defineRule({
  id, title: 'a state', why: 'a reason', fix: 'a fix', severity: 'low', boundary: 'network', objective: 'networks', resourceTypes: ['AWS::RDS::DBInstance'], trigger: 'change',
  parameters: { strict: flag('whether', false) }, references: ['https://docs.aws.amazon.com/'], requirements: ['R01'], exception, evaluate: () => compliant(),
});
const rules = [make('flag-rule', 'whole'), make('engine-rule', 'allow')];
const exception = (rule: string, allow?: Exception['allow']): Exception => ({ rule, resource: 'arn:aws:s3:::x', owner: 'web', reason: 'agreed', expires: '2027-01-31', ...allow === undefined ? {} : { allow } });

test.each<[string, Partial<Definition>, readonly DefinitionIssue[]]>([
  ['nothing about rules', {}, []],
  ['rules and exceptions as they should be', { rules: { 'flag-rule': { strict: true } }, on: ['flag-rule'], off: ['engine-rule'], exceptions: [exception('flag-rule'), exception('engine-rule', { accounts: ['999999999999'] })] }, []],
  ['an unknown rule with parameters', { rules: { nope: {} }, on: ['nope'] }, [{ path: ['rules', 'nope'], message: 'there is no rule `nope`; known: `flag-rule`, `engine-rule`' }]],
  ['an unknown rule that is off', { off: ['nope'] }, [{ path: ['rules', 'nope'], message: 'there is no rule `nope`; known: `flag-rule`, `engine-rule`' }]],
  ['parameters that are unknown or wrong', { rules: { 'flag-rule': { strict: 3, lax: true } } }, [
    { path: ['rules', 'flag-rule', 'strict'], message: 'parameter `strict`: expected true or false, found `3`' },
    { path: ['rules', 'flag-rule', 'lax'], message: 'unknown parameter `lax`; known: `strict`' },
  ]],
  ['an exception to an unknown rule', { exceptions: [exception('nope')] }, [{ path: ['exceptions', 0, 'rule'], message: 'there is no rule `nope`; known: `flag-rule`, `engine-rule`' }]],
  ['an exception to an engine rule that allows everything', { exceptions: [exception('engine-rule')] }, [{ path: ['exceptions', 0], message: 'an exception to `engine-rule` says what it lets in: expected `allow` with actions, accounts, organizations, services or resources, found none' }]],
  ['an exception to an engine rule that allows nothing', { exceptions: [exception('engine-rule', { accounts: [] })] }, [{ path: ['exceptions', 0, 'allow'], message: 'an exception to `engine-rule` says what it lets in: expected `allow` with actions, accounts, organizations, services or resources, found nothing in it' }]],
  ['an exception to a flag rule that allows something', { exceptions: [exception('flag-rule', { accounts: [] })] }, [{ path: ['exceptions', 0, 'allow'], message: '`flag-rule` is excepted whole: remove `allow`, which would change nothing' }]],
])('%s', (_, definition, issues) => {
  let found: readonly DefinitionIssue[] = [];
  try { checkRules({ ...emptyDefinition, ...definition }, rules); } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    found = error.issues;
  }
  expect(found).toEqual(issues);
});
