/**
 * Resources that AWS owns and that workloads reach in the ordinary course: repositories, agents, templates and samples. `${region}` stands
 * for a Region's name, and each for what lies below it too. Bucket names are whole: anybody may take a name that a pattern would match.
 * Left out is `elasticbeanstalk-${region}`, from which the buckets of its customers differ by their account alone. As of 2026-10. Sources:
 * https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/service_owned_resources.md,
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-minimum-s3-permissions.html,
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html, https://docs.aws.amazon.com/eks/latest/userguide/add-ons-images.html,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-vpce-bucketnames.html,
 * https://docs.aws.amazon.com/glue/latest/dg/getting-started-min-privs-job.html
 */
const words = (text: string): string[] => text.trim().split(/\s+/);
/** `one:first two:second` as [['one', 'first'], ['two', 'second']]. */
const pairs = (text: string): string[][] => words(text).map((one) => one.split(':'));

/** Their names end in a dash and the Region's name. */
const regional = words(`aws-ssm aws-windows-downloads amazon-ssm amazon-ssm-packages aws-ssm-distributor-file aws-ssm-document-attachments patch-baseline-snapshot aws-patchmanager-macos
  ssm-document-categories amazoncloudwatch-agent aws-codedeploy amazonlinux-2-repos al2023 aws157-logs-prod aws-mgn-clients aws-mgn-clients-hashes aws-mgn-internal aws-mgn-internal-hashes
  aws-application-migration-service aws-application-migration-service-hashes aws-drs-clients aws-drs-clients-hashes aws-drs-internal aws-drs-internal-hashes aws-elastic-disaster-recovery
  aws-elastic-disaster-recovery-hashes cloudformation-waitcondition elasticbeanstalk-samples elasticbeanstalk-platform-assets elasticbeanstalk-env-resources
  aws-neptune-notebook jumpstart-cache-prod aws-glue-ml-data-quality-assets crawler-public athena-examples textract-public-assets gamelift-session-logs-prod gamelift-event-logs-prod solutions`);
const whole = words(`amazonlinux.\${region}.amazonaws.com packages.\${region}.amazonaws.com repo.\${region}.amazonaws.com repo.\${region}.emr.amazonaws.com prod.\${region}.appinfo.src
  al2023-repos-\${region}-de612dc2 \${region}-birdwatcher-prod prod-\${region}-starport-layer-bucket ec2imagebuilder-toe-\${region}-prod ec2imagebuilder-managed-resources-\${region}-prod
  aws-ec2-enclave-certificate-\${region}-prod awslambda-\${region}-tasks \${region}.managedblockchain prod-04-2014-tasks aws157-logs-prod ssm-document-categories session-manager-downloads
  ec2-downloads-windows amazoncloudwatch-agent cloudformation-examples aws-neptune-notebook amazon-eks aws-sap-data-provider aws-sap-dataprovider awssap-backint-agent redshift-downloads
  awssupportdatasvcs.com`);

/** Patch Manager's buckets: Region, and what their names end with. */
const patches = pairs(`us-east-2:552881074 us-east-1:1970c647d us-west-1:8badb4304 us-west-2:34d7f99f8 af-south-1:bdd5f65a9 ap-east-1:632356271 ap-east-2:5a64b2916 ap-south-1:cb7c62ff9
  ap-south-2:32f4b4128 ap-southeast-1:7fdfd9ef7 ap-southeast-2:17283a275 ap-southeast-3:aa48fc462 ap-southeast-4:01e2c40d3 ap-southeast-5:dcb42f3e3 ap-southeast-6:df0d3a7f2
  ap-southeast-7:c707c017a ap-northeast-1:4849fa78f ap-northeast-2:10467995c ap-northeast-3:67373598a ca-central-1:3148e69e3 ca-west-1:9e3a4b2f9 eu-central-1:9163fdaaf eu-central-2:184ce43c8
  eu-west-1:5522fb710 eu-west-2:902a2bc74 eu-west-3:29bf85721 eu-south-1:c52f3f594 eu-south-2:a4cf248b1 eu-north-1:795879e9b il-central-1:e221cb57b me-south-1:a53fc9dce me-central-1:2932f2f80
  mx-central-1:396b275ad sa-east-1:ddf4b6a09`);
const snapshots = words(`af-south-1-tbxdb5b9 ap-east-2-8947749e ap-south-2-50209442 ap-southeast-3-be0a3174 ap-southeast-4-dc6f76ce ap-southeast-6-62f446f2 ap-southeast-7-1699f14f eu-south-2-df2c9d70
  me-south-1-uduvl7q8 mx-central-1-ed0da79c`);
/** Glue Studio's transforms: Region and account. */
const transforms = pairs(`af-south-1:762339736633 ap-east-1:125979764932 ap-northeast-1:200493242866 ap-northeast-2:673535381443 ap-northeast-3:149976050262 ap-south-1:584702181950
  ap-south-2:380279651983 ap-southeast-1:737106620487 ap-southeast-2:234881715811 ap-southeast-3:151265630221 ap-southeast-4:052235663858 ca-central-1:622716468547 ca-west-1:915795495192
  eu-central-1:560373232017 eu-central-2:907358657121 eu-north-1:312557305497 eu-south-1:939684186351 eu-south-2:239737454084 eu-west-1:244479516193 eu-west-2:804222392271 eu-west-3:371299348807
  il-central-1:806964611811 me-central-1:733304270342 me-south-1:112120182341 sa-east-1:881619130292 us-east-1:510798373988 us-east-2:251189692203 us-west-1:593230150239 us-west-2:818035625594`);
/** Accounts of EKS's repositories: the first in most Regions, the others each in one. */
const registries = pairs(`\${region}:602401143452 af-south-1:877085696533 ap-east-1:800184023465 ap-east-2:533267051163 ap-south-2:900889452093 ap-southeast-3:296578399912 ap-southeast-4:491585149902
  ap-southeast-5:151610086707 ap-southeast-6:333609536671 ap-southeast-7:121268973566 ca-west-1:761377655185 eu-central-2:900612956339 eu-south-1:590381155156 eu-south-2:455263428931
  il-central-1:066635153087 me-central-1:759879836304 me-south-1:558608220178 mx-central-1:730335286997`);

const buckets = [
  ...regional.map((name) => `${name}-\${region}`), ...whole, ...snapshots.map((end) => `patch-baseline-snapshot-${end}`),
  ...patches.flatMap(([region, end]) => [`aws-patch-manager-${region}-${end}`, `aws-patchmanager-macos-${region}-${end}`, `cloudformation-custom-resource-response-${region!.replaceAll('-', '')}`]),
  ...transforms.map(([region, account]) => `aws-glue-studio-transforms-${account}-prod-${region}`),
];

export const awsOwnedResources: readonly string[] = [
  ...buckets.map((name) => `arn:aws:s3:::${name}`), ...registries.map(([region, account]) => `arn:aws:ecr:${region}:${account}:repository/*`),
  'arn:aws:iam::aws:policy/*', 'arn:aws:sns:us-east-1:806199016981:AmazonIpSpaceChanged',
  ...words('ssm:${region}::parameter ssm:${region}::document ssm:${region}::automation-definition imagebuilder:${region}:aws:component imagebuilder:${region}:aws:image'
    + ' ec2:${region}:aws:prefix-list cloudformation:${region}:aws:transform').map((one) => `arn:aws:${one}/*`),
];
