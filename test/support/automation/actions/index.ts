import type { Action } from '../action.ts';
import { assertAwsResourceProperty, executeAwsApi, waitForAwsResourceProperty } from './api.ts';
import { branch } from './branch.ts';
import { invokeLambdaFunction, sleep, updateVariable } from './others.ts';

export const actions: Readonly<Record<string, Action>> = {
  'aws:executeAwsApi': executeAwsApi,
  'aws:assertAwsResourceProperty': assertAwsResourceProperty,
  'aws:waitForAwsResourceProperty': waitForAwsResourceProperty,
  'aws:branch': branch,
  'aws:sleep': sleep,
  'aws:invokeLambdaFunction': invokeLambdaFunction,
  'aws:updateVariable': updateVariable,
};
