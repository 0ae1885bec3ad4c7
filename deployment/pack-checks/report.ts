import { collector, type Problem, type Say } from '../problems.ts';

/** One thing wrong with a conformance pack template. `error`: AWS refuses the pack or a rule silently never works; `warning`: it may deploy, with a consequence. */
export type PackProblem = Problem;

const API = 'https://docs.aws.amazon.com/config/latest/APIReference';
const GUIDE = 'https://docs.aws.amazon.com/config/latest/developerguide';
const CLOUDFORMATION = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';

/** The AWS pages that hold the limits. */
export const sources = {
  pack: `${API}/API_PutConformancePack.html`,
  packTemplate: `${GUIDE}/custom-conformance-pack.html`,
  limits: `${GUIDE}/configlimits.html`,
  parameter: `${API}/API_ConformancePackInputParameter.html`,
  prerequisites: `${GUIDE}/cpack-prerequisites.html`,
  rule: `${API}/API_ConfigRule.html`,
  scope: `${API}/API_Scope.html`,
  source: `${API}/API_Source.html`,
  sourceDetail: `${API}/API_SourceDetail.html`,
  details: `${API}/API_GetComplianceDetailsByConfigRule.html`,
  oversized: `${GUIDE}/evaluate-config_develop-rules_example-events.html`,
  remediation: `${API}/API_RemediationConfiguration.html`,
  staticValue: `${API}/API_StaticValue.html`,
  ssmControls: `${API}/API_SsmControls.html`,
  ruleResource: `${CLOUDFORMATION}/aws-resource-config-configrule.html`,
  remediationResource: `${CLOUDFORMATION}/aws-resource-config-remediationconfiguration.html`,
  template: `${CLOUDFORMATION}/template-anatomy.html`,
  yaml: `${CLOUDFORMATION}/template-formats.html`,
  functions: `${CLOUDFORMATION}/intrinsic-function-reference.html`,
} as const;
export type Source = keyof typeof sources;

/** Collects problems. */
export interface Report { readonly error: Say<Source>; readonly warning: Say<Source> }

export const reportTo = (problems: PackProblem[]): Report => ({ error: collector(problems, 'error', sources), warning: collector(problems, 'warning', sources) });
