import type { ConfigurationRecorder } from '@aws-sdk/client-config-service';
import { describe, expect, it } from 'vitest';
import { emptyDefinition } from '../../../core/definition.ts';
import { isDaily, neededTypes, records, strategyOf } from '../../../entry/doctor/member-checks/recording.ts';
import { rules } from '../../../rules/index.ts';

const ROLE = 'AWS::IAM::Role';
const FUNCTION = 'AWS::Lambda::Function';

describe('what a recorder records', () => {
  it.each<[title: string, recorder: ConfigurationRecorder, strategy: string, role: boolean, lambda: boolean]>([
    ['nothing said: all but IAM', {}, 'ALL_SUPPORTED_RESOURCE_TYPES', false, true],
    ['all, without a strategy', { recordingGroup: { allSupported: true, includeGlobalResourceTypes: true } }, 'ALL_SUPPORTED_RESOURCE_TYPES', true, true],
    ['all, IAM left out', { recordingGroup: { allSupported: true, includeGlobalResourceTypes: false, recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } } }, 'ALL_SUPPORTED_RESOURCE_TYPES', false, true],
    ['a list, without a strategy', { recordingGroup: { allSupported: false, resourceTypes: [ROLE] } }, 'INCLUSION_BY_RESOURCE_TYPES', true, false],
    ['a list, whatever is said of global types', { recordingGroup: { includeGlobalResourceTypes: true, resourceTypes: [FUNCTION], recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' } } }, 'INCLUSION_BY_RESOURCE_TYPES', false, true],
    ['all but a list, IAM with them though global types are off', { recordingGroup: { includeGlobalResourceTypes: false, exclusionByResourceTypes: { resourceTypes: [FUNCTION] }, recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' } } }, 'EXCLUSION_BY_RESOURCE_TYPES', true, false],
    ['all but IAM roles', { recordingGroup: { exclusionByResourceTypes: { resourceTypes: [ROLE] }, recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' } } }, 'EXCLUSION_BY_RESOURCE_TYPES', false, true],
  ])('%s', (_, recorder, strategy, role, lambda) => {
    expect({ strategy: strategyOf(recorder), role: records(recorder, ROLE), lambda: records(recorder, FUNCTION) }).toEqual({ strategy, role, lambda });
  });
});

describe('how often', () => {
  it.each<[title: string, recorder: ConfigurationRecorder, daily: boolean]>([
    ['nothing said', {}, false],
    ['continuously', { recordingMode: { recordingFrequency: 'CONTINUOUS' } }, false],
    ['daily', { recordingMode: { recordingFrequency: 'DAILY' } }, true],
    ['daily, but this type continuously', { recordingMode: { recordingFrequency: 'DAILY', recordingModeOverrides: [{ resourceTypes: [FUNCTION], recordingFrequency: 'CONTINUOUS' }] } }, false],
    ['daily, and another type continuously', { recordingMode: { recordingFrequency: 'DAILY', recordingModeOverrides: [{ resourceTypes: [ROLE], recordingFrequency: 'CONTINUOUS' }] } }, true],
    ['this type alone daily', { recordingMode: { recordingFrequency: 'CONTINUOUS', recordingModeOverrides: [{ resourceTypes: [FUNCTION], recordingFrequency: 'DAILY' }] } }, true],
  ])('%s', (_, recorder, daily) => { expect(isDaily(recorder, FUNCTION)).toBe(daily); });
});

describe('which types are needed', () => {
  const types = ['AWS::EC2::VPCEndpoint', FUNCTION, 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::Redshift::Cluster'];
  it('leaves IAM to the home Region, and what AWS Config does not record to nobody', () => {
    expect([...neededTypes(rules, emptyDefinition, false).keys()].sort()).toEqual(types);
    expect([...neededTypes(rules, emptyDefinition, true).keys()].sort()).toEqual([types[0], ROLE, ...types.slice(1)]);
  });
  it('asks nothing for rules that are off', () => {
    expect([...neededTypes(rules, { ...emptyDefinition, off: ['lambda-in-perimeter-vpc'] }, false).keys()].sort()).toEqual(types.filter((one) => one !== FUNCTION));
  });
  it('names the rules of a type', () => {
    expect(neededTypes(rules, emptyDefinition, false).get('AWS::EC2::VPCEndpoint')).toEqual(['vpc-endpoint-trusted-principals', 'vpc-endpoint-trusted-resources']);
  });
});
