import { rdsInstanceNotPublic } from '../../rules/rds-instance-not-public.ts';
import { dbInstance } from '../support/items.ts';
import { testRule } from '../support/test-rule.ts';

testRule(rdsInstanceNotPublic, {
  compliant: {
    'a private instance': { item: dbInstance() },
    'a private DocumentDB instance, recorded as an RDS one': { item: dbInstance({ engine: 'docdb' }) },
  },
  nonCompliant: {
    'a public instance': {
      item: dbInstance({ publiclyAccessible: true }),
      findings: [{
        at: '/publiclyAccessible',
        message: 'anyone on the internet whom its security groups let in can connect to this database: it has a public address',
        severity: 'high',
      }],
    },
  },
  undecided: {
    'an item without the flag': {
      item: dbInstance({ publiclyAccessible: undefined }),
      because: 'AWS::RDS::DBInstance orders: the item has no `publiclyAccessible`',
    },
    'a flag that is text': {
      item: dbInstance({ publiclyAccessible: 'false' }),
      because: 'AWS::RDS::DBInstance orders: `publiclyAccessible` is not true or false',
    },
  },
});
