import { expect, it } from 'vitest';
import { ask, emptyPerimeter, parsePolicy } from '../../../policy/index.ts';

/** Objects below a folder of the user's name, in so many buckets of mine. */
const homes = (buckets: number) => parsePolicy({ Version: '2012-10-17', Statement: [{
  Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: Array.from({ length: buckets }, (_, i) => `arn:aws:s3:::home-${i}/\${aws:username}/*`),
}] });
const answerTo = (buckets: number) => ask({ kind: 'vpc-endpoint', policy: homes(buckets), perimeter: { ...emptyPerimeter, accounts: ['111111111111'] }, account: '111111111111', service: 's3', now: 0 }, 'principals');

// Each class of callers fills every text again: were that not counted, a policy of some thousand texts would be searched for seconds.
it('counts the filling of variables as work', () => {
  expect(answerTo(3)).toMatchObject({ answer: 'outside' });
  expect(answerTo(1_500)).toMatchObject({ answer: 'undecided', because: expect.stringContaining('past the work budget') as string });
});

const listed = (prefix: string) => ask({
  kind: 'vpc-endpoint', perimeter: { ...emptyPerimeter, accounts: ['111111111111'] }, account: '111111111111', service: 's3', now: 0,
  policy: parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:ListBucket', Resource: '*', Condition: { StringLike: { 's3:prefix': prefix } } }] }),
}, 'principals');

it('takes a variable that stands in a text a thousand times for what it is, one', () => {
  expect(listed('${aws:userid}'.repeat(1_000))).toMatchObject({ answer: 'outside' });
});

// Each is settled for itself, with a look at all that are left: the limit keeps that from taking minutes.
it('counts the settling of hundreds of variables in one text as work', () => {
  const names = Array.from({ length: 800 }, (_, i) => `\${aws:PrincipalTag/t${i}}`);
  expect(listed(names.slice(0, 2).join('-'))).toMatchObject({ answer: 'outside' });
  expect(listed(names.join(''))).toMatchObject({ answer: 'undecided', because: expect.stringContaining('past the work budget') as string });
});
