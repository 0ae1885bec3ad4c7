import type { Clause } from '../core/inside.ts';
import { withMore, type Document } from '../core/policy-document.ts';
import { parsePolicy, type Policy } from '../policy/index.ts';
import { isUnsigned, type Conditions } from './conditions.ts';
import { unsignedActionsOf } from '../policy/tables/unsigned-actions.ts';

/** Whether users sign in by unsigned calls of a service: its signed calls alone can be held to callers of mine. */
export const takesUnsigned = (service: string): boolean => unsignedActionsOf(service).length > 0;

/** What is said of calls that no RCP can hold to callers of mine. */
export function unsignedLeft(services: readonly string[]): readonly string[] {
  const taking = services.filter(takesUnsigned);
  return taking.length === 0 ? [] : [`unsigned calls of ${taking.join(', ')}, such as ${taking.map((one) => unsignedActionsOf(one)[0]!).join(', ')}: users sign in by them, so they tell no caller and anybody may make them`];
}

/** The document beside one that stops calls of some services, those alone that meet a condition. */
export const besideNone = (document: Document, services: readonly string[], Condition?: Conditions): Document => services.length === 0 ? document
  : withMore(document, { Effect: 'Deny', Principal: '*', Action: services.map((one) => `${one}:*`), Resource: '*', ...Condition === undefined ? {} : { Condition } });
/** What it says of signed calls of them. */
export const besideNoUnsigned = (document: Document, services: readonly string[]): Document => besideNone(document, services, isUnsigned);

/** A policy that takes the unsigned ones of some actions. */
export const unsignedOf = (Action: string | readonly string[]): Policy => parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action, Resource: '*', Condition: isUnsigned }] });
export const unsignedCalls: Clause = { of: 'unsigned calls', policy: unsignedOf('*') };
