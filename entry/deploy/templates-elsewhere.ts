import { Denied } from '../aws/denials.ts';
import { NotDeployable } from './place.ts';
import { objectExists, type Bucket } from './uploads.ts';

/** For an object of another account's bucket, which does not tell strangers to its list what is missing; throws NotDeployable. */
export async function mustExist(bucket: Bucket, key: string): Promise<void> {
  const first = `first run \`perimeter deploy apply\` of this version, with these settings, in account ${bucket.account}`;
  try { if (await objectExists(bucket, key)) return; } catch (error) {
    if (!(error instanceof Denied)) throw error;
    throw new NotDeployable(`${bucket.name} gives no ${key}. If it is not there, ${first}. If it is, see what keeps this account from reading it:\n${error.message}`);
  }
  throw new NotDeployable(`${bucket.name} holds no ${key}: ${first}`);
}
