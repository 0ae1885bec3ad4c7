import type { Random } from '../bench/random.ts';
import { drawAccount } from './accounts.ts';
import { own, regions } from './cast.ts';
import { ANY_ACCOUNT, meeting } from './meet.ts';
import { instance } from './said.ts';
import type { Act, Scene, Setting } from './scene.ts';
import { arnOf, isResource, services } from './services.ts';

/** What a caller does, to a resource that policies may name. */
export function drawAct(random: Random, setting: Setting, { caller, act: { owner: before }, free }: Scene): Act {
  const { pick, chance } = random;
  const service = pick(setting.services);
  const of = services[service]!;
  const theirs = 'account' in caller ? [caller.account] : [];
  const tokens = caller.kind === 'web-identity' ? 'sts:AssumeRoleWithWebIdentity' : caller.kind === 'saml' ? 'sts:AssumeRoleWithSAML' : undefined;
  const prefixes = [...new Set(of.actions.map((one) => one.split(':')[0]!))];
  const patterns = setting.said.actions.map((one) => instance(random, one)).filter((one) => new RegExp(`^(${prefixes.join('|')}):[a-z][a-z0-9]*$`, 'i').test(one) && service !== 'sts');
  const action = service === 'sts' && tokens !== undefined ? tokens : setting.kind === 'trust' ? 'sts:AssumeRole' : patterns.length > 0 && chance(0.3) ? pick(patterns) : pick(of.actions);
  const owner = setting.hangsOnResource ? drawAccount(random, setting, theirs, own) : chance(0.3) && before.id !== '' ? theirs.find(({ id }) => id === before.id) ?? before : drawAccount(random, setting, theirs);
  if (setting.hangsOnResource) return { service, action, owner, resource: `${of.asked}${pick(of.below)}` };
  const name = pick(of.names);
  const [region, said] = [pick(regions), setting.said.resources];
  if (said.length === 0 || chance(0.4)) return { service, action, owner, resource: arnOf(of, owner.id, region, name) };
  // What stands before what the owner of a resource calls it, with or without its type.
  const [, head, rest] = (chance(0.5) ? /^([^:]*:[^:]*:(?:[A-Za-z-]+[/:](?=.))?)(.*)$/ : /^([^:]*:[^:]*:)(.*)$/).exec(name)!;
  const resource = meeting(random, instance(random, pick(said), free, true), arnOf(of, chance(0.4) ? owner.id : ANY_ACCOUNT, region, head!), rest!.replaceAll('@', owner.id).replaceAll('#', region));
  if (resource === undefined) return { service, action, owner, resource: arnOf(of, owner.id, region, name) };
  const id = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1] ?? /-(\d{12})-[a-z-]+-\d-an(\/|$)/.exec(resource)?.[1] ?? owner.id;
  return isResource(service, resource, id) ? { service, action, owner: id === owner.id ? owner : drawAccount(random, setting, theirs, id), resource } : { service, action, owner, resource: arnOf(of, owner.id, region, name) };
}
