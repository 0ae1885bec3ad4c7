import { endpointService } from '../items/tables/endpoint-services.ts';
import type { VpcEndpoint } from '../items/vpc-endpoint.ts';
import { ask, type Perimeter, type Policy, type Question } from '../policy/index.ts';
import { isKnown } from '../policy/tables/actions.ts';
import { actionPrefix } from '../policy/tables/service-prefixes.ts';
import { answerVerdict } from './answer.ts';
import { notApplicable, undecided, type Verdict } from './verdict.ts';

interface Given { readonly perimeter: Perimeter; readonly account: string; readonly now: number }

/** What both rules about endpoint policies say of an endpoint; they differ in the objective alone. */
export function endpointVerdict(endpoint: VpcEndpoint, objective: 'principals' | 'resources', given: Given): Verdict {
  // https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
  const type = endpoint.type.toLowerCase();
  if (type !== 'gateway' && type !== 'interface') return notApplicable(`endpoints of type \`${endpoint.type}\` take no policy`);
  if (endpoint.requesterManaged) return notApplicable('an AWS service manages the endpoint, and nobody else can change its policy');
  const { serviceName } = endpoint;
  if (serviceName === undefined || serviceName === '') return undecided('the item has no `serviceName`');
  if (isPrivateService(serviceName)) return notApplicable(`\`${serviceName}\` is not a service of AWS, and its endpoints take no policy`);
  if (endpointService(serviceName)?.supportsPolicy === false) return notApplicable(`\`${serviceName}\` does not support endpoint policies`);
  if (endpoint.policy === undefined) {
    return undecided('the item holds no policy document; the evaluator in the account asks EC2 for it, a recording alone cannot tell');
  }

  return answerVerdict(ask(endpointQuestion(given, type, serviceName, endpoint.policy), objective), '/policyDocument');
}

/** What is asked of an endpoint's policy, or of another in its place. */
export function endpointQuestion({ perimeter, account, now }: Given, type: 'gateway' | 'interface', serviceName: string, policy: Policy): Question {
  const service = servicePart(serviceName);
  return { kind: 'vpc-endpoint', policy, perimeter, account, now, endpointType: type, ...tellsActions(service, serviceName) ? { service } : {} };
}

/**
 * Whether a table tells what the service's actions begin with. It may be something else than its name does (`pipes` for `pipes-data`), so of a service
 * that is in none all actions are asked about that the policy names.
 */
function tellsActions(service: string, serviceName: string): boolean {
  const prefix = actionPrefix(service);
  return prefix !== undefined && (isKnown(prefix) || prefix !== service.replace(/(?:-fips)?(?:\..*)?$/, '') || endpointService(serviceName)?.supportsPolicy === true);
}

/** Whether a third party offers the service through PrivateLink, as `com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0`. */
const isPrivateService = (name: string): boolean => /(?:^|\.)vpce-svc-[0-9a-f]+$/.test(name);

/** The service in an endpoint's service name: `ecr.api` in `com.amazonaws.eu-west-1.ecr.api`, `notebook` in `aws.sagemaker.eu-west-1.notebook`. */
const servicePart = (name: string): string => name.replace(/^.*?\.[a-z]{2,}(?:-[a-z]+)+-\d+\./, '').replace(/^(?:cn\.)?com\.amazonaws\./, '');
