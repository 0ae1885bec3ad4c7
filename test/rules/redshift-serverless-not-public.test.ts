import { redshiftServerlessNotPublic } from '../../rules/redshift-serverless-not-public.ts';
import { redshiftServerlessWorkgroup } from '../support/items.ts';
import { testRule } from '../support/test-rule.ts';

testRule(redshiftServerlessNotPublic, {
  compliant: {
    'a private workgroup': { item: redshiftServerlessWorkgroup() },
  },
  nonCompliant: {
    'a public workgroup': {
      item: redshiftServerlessWorkgroup({ publiclyAccessible: true }),
      findings: [{
        at: '/publiclyAccessible',
        message: 'anyone on the internet whom its security groups let in can connect to this workgroup: it has a public address',
        severity: 'high',
      }],
    },
  },
  undecided: {
    'a listing without the flag': {
      item: redshiftServerlessWorkgroup({ publiclyAccessible: undefined }),
      because: 'AWS::RedshiftServerless::Workgroup reports: the item has no `publiclyAccessible`',
    },
  },
});
