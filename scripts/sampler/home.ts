import type { Random } from '../bench/random.ts';
import { homes, regions } from './cast.ts';

/** The partition of what is asked about, mostly the first. */
export const partitionFor = ({ chance, pick }: Random, mayBeAnother: boolean): string => mayBeAnother && chance(0.12) ? pick(Object.keys(homes)) : 'aws';

/** A policy with services by the names that they have in China, too. */
export const asInChina = <T>(of: T, partition: string): T => partition !== 'aws-cn' ? of : JSON.parse(JSON.stringify(of).replace(/"((?!cognito)[a-z.-]+)\.amazonaws\.com"/g, '"$1.amazonaws.com.cn"')) as T;

/** All of a request or policy in one partition. */
export const inPartition = <T>(of: T, partition: string): T => partition === 'aws' ? of
  : JSON.parse(JSON.stringify(of).replaceAll('arn:aws:', `arn:${partition}:`).replace(new RegExp(`\\b(${regions.join('|')})\\b`, 'g'), homes[partition]!)) as T;
