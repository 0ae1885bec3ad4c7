/**
 * Roles under which AWS's services act in every account: EC2's, and those linked to a service, which nobody else can assume, as Auto Scaling's that uses the keys of encrypted volumes. As of 2026-11. Sources:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
export const rolesOfServices: readonly string[] = ['arn:*:iam::*:role/aws:ec2-infrastructure', 'arn:*:iam::*:role/aws-service-role/*'];
