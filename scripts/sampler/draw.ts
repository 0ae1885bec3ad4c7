import type { Random } from '../bench/random.ts';
import { drawAccount } from './accounts.ts';
import { drawAct } from './acts.ts';
import { drawCaller } from './callers.ts';
import { accounts, endpoint, foreign, homes, own, stranger, vpc } from './cast.ts';
import { requestOf } from './request.ts';
import { valueOf, type Told } from './said.ts';
import { isListed, type Network, type Scene, type Setting } from './scene.ts';

export const parts = ['act', 'caller', 'act', 'network', 'chain', 'accessPoint', 'partition', 'time', 'free', 'isTerse'] as const;
export type Part = typeof parts[number];

/** Draws scenes of a setting, part by part. */
export class Scenes {
  private readonly random: Random;
  private readonly setting: Setting;
  constructor(random: Random, setting: Setting) { this.random = random; this.setting = setting; }

  start(): Scene {
    const nobody = drawAccount(this.random, this.setting, []);
    let scene: Scene = { caller: { kind: 'anonymous' }, act: { service: this.setting.services[0]!, action: '', resource: '', owner: { ...nobody, id: '' } }, network: { kind: 'internet', address: '8.8.8.8' }, chain: undefined, accessPoint: undefined, partition: 'aws', time: 0, free: {} };
    for (const part of parts) scene = this.redraw(scene, part);
    return scene;
  }

  redraw(scene: Scene, part: Part): Scene {
    const { random, setting } = this;
    switch (part) {
      case 'caller': return { ...scene, caller: drawCaller(random, setting, scene) };
      case 'act': return { ...scene, act: drawAct(random, setting, scene) };
      case 'network': return { ...scene, network: this.network(scene) };
      case 'chain': return { ...scene, chain: setting.objective === 'networks' || random.chance(0.6) ? undefined : random.some(['cloudformation.amazonaws.com', 'athena.amazonaws.com', 'glue.amazonaws.com'], 0, 2) };
      case 'accessPoint': return { ...scene, accessPoint: random.chance(0.6) ? undefined : drawAccount(random, setting, ['account' in scene.caller ? [scene.caller.account] : [], [scene.act.owner]].flat()) };
      case 'partition': return { ...scene, partition: setting.hangsOnResource && setting.kind !== 'trust' ? setting.partition ?? 'aws' : random.pick(['aws', ...Object.keys(homes).filter((one) => setting.said.text.includes(`arn:${one}:`) || setting.said.text.includes({ 'aws-cn': '.amazonaws.com.cn', 'aws-us-gov': 'cognito-identity-us-gov' }[one]!))]) };
      case 'time': return { ...scene, time: random.pick([0, 1, 200, 400, 3000]) };
      case 'free': return { ...scene, free: this.free(scene) };
      case 'isTerse': return { ...scene, isTerse: random.chance(0.4) };
    }
  }

  private network({ caller, act: { owner } }: Scene): Network {
    const { random, setting } = this;
    const { pick, chance } = random;
    const known = ['account' in caller ? [caller.account] : [], [owner]].flat();
    const through = setting.kind === 'vpc-endpoint' || setting.viaEndpoint;
    if (!through && (caller.kind === 'service' || chance(0.5))) {
      const said = (setting.said.keys.get('aws:sourceip') ?? []).map((one) => one.split('/')[0]!).filter((one) => !/^(0|10)\./.test(one));
      return { kind: 'internet', address: pick([...said, '8.8.8.8', '192.0.2.5', '192.0.2.200', '198.51.100.9', '150.1.1.1', '2001:db8::1', '2a00::1']) };
    }
    const ofMine = setting.kind === 'vpc-endpoint' ? own : pick([own, ...accounts.filter((id) => isListed(setting, id))]);
    return {
      kind: 'vpc', vpc: valueOf(random, setting.said, 'aws:SourceVpc', [vpc, 'vpc-0ffff111', 'vpc-0eeee222'], /^vpc-[0-9a-f]{4,17}$/), endpoint: valueOf(random, setting.said, 'aws:SourceVpce', [endpoint, 'vpce-0bbb2222', 'vpce-0eeee222'], /^vpce-[0-9a-f]{4,17}$/),
      address: pick(['10.1.2.3', '10.9.9.9', '172.16.0.5']), owner: through ? drawAccount(random, setting, known, ofMine) : chance(0.5) ? pick(known) : drawAccount(random, setting, known),
    };
  }

  /** Values of what may be chosen, each in the light of what else the request tells. */
  private free(scene: Scene): Scene['free'] {
    const { random, setting } = this;
    const told: Record<string, Told[string]> = {};
    for (const [key, value] of Object.entries(requestOf({ ...scene, free: {} }).context)) told[key.toLowerCase()] = value;
    const free: Record<string, Told[string]> = {};
    for (const key of setting.said.keys.keys()) if (isFree.test(key) && random.chance(0.75)) told[key] = free[key] = this.freeValue(key, told);
    return free;
  }
  private freeValue(key: string, told: Told): string | readonly string[] {
    const { random, setting } = this;
    if (key === 's3:max-keys') return random.pick(['1', '10', '50', '100', '1000']);
    if (key === 'sts:transitivetagkeys') return random.some(['Team', 'Project', 'x'], 1, 2);
    if (/present$|securetransport$|dp:exclude$|mounttarget$/.test(key)) return random.pick(['true', 'false']);
    const ids = ['principal', 'resource'].flatMap((of) => [`aws:${of}account`, `aws:${of}orgid`]).flatMap((one) => told[one] ?? []);
    return valueOf(random, setting.said, key, ['red', 'jo', 'x1', '', own, stranger, foreign, ...ids], key === 'sts:externalid' ? /^[\w+=,.@:/-]{2,1224}$/ : /^(sts:rolesessionname|(aws|sts):sourceidentity)$/.test(key) ? /^[\w+=,.@-]{2,64}$/ : /^/, told);
  }
}
/** Keys that callers, or owners of what they call, set as they like. */
const isFree = /^(aws:(principaltag|requesttag|resourcetag)\/|aws:(referer|useragent|securetransport|multifactorauthpresent|sourceidentity)$|s3:(prefix|max-keys)$|kms:encryptioncontext:purpose$|elasticfilesystem:|sts:(externalid|rolesessionname|sourceidentity|transitivetagkeys)$)/;
