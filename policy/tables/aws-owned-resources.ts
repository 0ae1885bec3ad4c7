import { unfold } from './unfold.ts';

/**
 * Resources that AWS owns and that workloads reach in the ordinary course: repositories, agents, templates and samples. `${region}` stands
 * for a Region's name, and each for what lies below it too. Bucket names are whole: anybody may take a name that a pattern would match.
 * Left out is `elasticbeanstalk-${region}`, from which the buckets of its customers differ by their account alone. As of 2026-10. Sources:
 * https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/service_owned_resources.md,
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-minimum-s3-permissions.html,
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html, https://docs.aws.amazon.com/eks/latest/userguide/add-ons-images.html,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-vpce-bucketnames.html,
 * https://docs.aws.amazon.com/glue/latest/dg/getting-started-min-privs-job.html,
 * https://docs.aws.amazon.com/codeartifact/latest/ug/create-s3-gateway-endpoint.html (as of 2026-11)
 */
const words = (text: string): string[] => text.trim().split(/\s+/);

/** Their names end in a dash and the Region's name. */
const regional = unfold('aws-ssm{,-distributor-file,-document-attachments},aws-windows-downloads,amazon-ssm{,-packages},patch-baseline-snapshot,aws-patchmanager-macos,ssm-document-categories,amazoncloudwatch-agent,'
  + 'aws-codedeploy,amazonlinux-2-repos,al2023,aws157-logs-prod,aws-{mgn,drs}-{clients,internal}{,-hashes},aws-{application-migration-service,elastic-disaster-recovery}{,-hashes},cloudformation-waitcondition,'
  + 'elasticbeanstalk-{samples,platform-assets,env-resources},aws-neptune-notebook,jumpstart-cache-prod,aws-glue-ml-data-quality-assets,crawler-public,athena-examples,textract-public-assets,aws-sap-dataprovider,'
  + 'gamelift-{session,event}-logs-prod,solutions');
const whole = words(`amazonlinux.\${region}.amazonaws.com packages.\${region}.amazonaws.com repo.\${region}.amazonaws.com repo.\${region}.emr.amazonaws.com prod.\${region}.appinfo.src
  al2023-repos-\${region}-de612dc2 \${region}-birdwatcher-prod prod-\${region}-starport-layer-bucket ec2imagebuilder-toe-\${region}-prod ec2imagebuilder-managed-resources-\${region}-prod
  aws-ec2-enclave-certificate-\${region}-prod awslambda-\${region}-tasks \${region}.managedblockchain prod-04-2014-tasks aws157-logs-prod ssm-document-categories session-manager-downloads
  ec2-downloads-windows amazoncloudwatch-agent cloudformation-examples aws-neptune-notebook amazon-eks aws-sap-data-provider awssap-backint-agent redshift-downloads
  awssupportdatasvcs.com`);

/**
 * Region by Region: what the names of Patch Manager's buckets end with, the account of Glue Studio's transforms, the account of EKS's
 * repositories where it is not that of most Regions, and what the name of a second bucket of patch snapshots ends with; `-` where there is none.
 */
const byRegion = `
  af-south-1 bdd5f65a9 762339736633 877085696533 tbxdb5b9
  ap-east-1 632356271 125979764932 800184023465
  ap-east-2 5a64b2916 - 533267051163 8947749e
  ap-northeast-1 4849fa78f 200493242866
  ap-northeast-2 10467995c 673535381443
  ap-northeast-3 67373598a 149976050262
  ap-south-1 cb7c62ff9 584702181950
  ap-south-2 32f4b4128 380279651983 900889452093 50209442
  ap-southeast-1 7fdfd9ef7 737106620487
  ap-southeast-2 17283a275 234881715811
  ap-southeast-3 aa48fc462 151265630221 296578399912 be0a3174
  ap-southeast-4 01e2c40d3 052235663858 491585149902 dc6f76ce
  ap-southeast-5 dcb42f3e3 - 151610086707
  ap-southeast-6 df0d3a7f2 - 333609536671 62f446f2
  ap-southeast-7 c707c017a - 121268973566 1699f14f
  ca-central-1 3148e69e3 622716468547
  ca-west-1 9e3a4b2f9 915795495192 761377655185
  eu-central-1 9163fdaaf 560373232017
  eu-central-2 184ce43c8 907358657121 900612956339
  eu-north-1 795879e9b 312557305497
  eu-south-1 c52f3f594 939684186351 590381155156
  eu-south-2 a4cf248b1 239737454084 455263428931 df2c9d70
  eu-west-1 5522fb710 244479516193
  eu-west-2 902a2bc74 804222392271
  eu-west-3 29bf85721 371299348807
  il-central-1 e221cb57b 806964611811 066635153087
  me-central-1 2932f2f80 733304270342 759879836304
  me-south-1 a53fc9dce 112120182341 558608220178 uduvl7q8
  mx-central-1 396b275ad - 730335286997 ed0da79c
  sa-east-1 ddf4b6a09 881619130292
  us-east-1 1970c647d 510798373988
  us-east-2 552881074 251189692203
  us-west-1 8badb4304 593230150239
  us-west-2 34d7f99f8 818035625594
`.trim().split('\n').map(words);
const inRegions = (column: number, nameOf: (region: string, value: string) => string): string[] =>
  byRegion.flatMap((row) => row[column] === undefined || row[column] === '-' ? [] : [nameOf(row[0]!, row[column])]);

/** Where CodeArtifact keeps packages: its account and Region. */
const packages = words(`193858265520-us-east-1 250872398865-us-east-2 787052242323-us-west-2 438097961670-eu-west-1 247805302724-eu-west-2 762466490029-eu-west-3 611884512288-eu-north-1
  484130244270-eu-south-1 769407342218-eu-central-1 660291247815-ap-northeast-1 421485864821-ap-southeast-1 860415559748-ap-southeast-2 681137435769-ap-south-1`);

const buckets = [
  ...regional.map((name) => `${name}-\${region}`), ...whole, ...inRegions(4, (region, end) => `patch-baseline-snapshot-${region}-${end}`),
  ...byRegion.flatMap(([region, end]) => [`aws-patch-manager-${region}-${end}`, `aws-patchmanager-macos-${region}-${end}`, `cloudformation-custom-resource-response-${region!.replaceAll('-', '')}`]),
  ...packages.map((name) => `assets-${name}`), ...inRegions(2, (region, account) => `aws-glue-studio-transforms-${account}-prod-${region}`),
];

export const awsOwnedResources: readonly string[] = [
  ...buckets.map((name) => `arn:aws:s3:::${name}`), 'arn:aws:ecr:${region}:602401143452:repository/*', ...inRegions(3, (region, account) => `arn:aws:ecr:${region}:${account}:repository/*`),
  'arn:aws:iam::aws:policy/*', 'arn:aws:sns:us-east-1:806199016981:AmazonIpSpaceChanged',
  ...words('ssm:${region}::parameter ssm:${region}::document ssm:${region}::automation-definition imagebuilder:${region}:aws:component imagebuilder:${region}:aws:image'
    + ' ec2:${region}:aws:prefix-list iot:${region}::jobtemplate bedrock:${region}::foundation-model cloudformation:${region}:aws:transform').map((one) => `arn:aws:${one}/*`),
];
