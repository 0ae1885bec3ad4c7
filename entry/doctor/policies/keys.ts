/**
 * What a request of the pack is known to carry and to lack, in lower case. A policy that tests another key may or may not hold, and what
 * hangs on it is undecided. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const words = (text: string): readonly string[] => text.split(' ');

/** Keys of which no call of a role carries one: those of service principals, of people who signed in, and of instances. */
const neverOfRoles = words('aws:sourceaccount aws:sourcearn aws:sourceorgid aws:sourceorgpaths aws:sourceowner aws:principalservicename aws:principalservicenameslist aws:multifactorauthage aws:federatedprovider '
  + 'aws:assumedroot aws:referer aws:chatbotsourcearn aws:ec2instancesourcevpc aws:ec2instancesourceprivateipv4 aws:calledvia aws:calledviafirst aws:calledvialast aws:tagkeys');
/** What a call carries that comes through a VPC endpoint. */
const ofVpc = words('aws:sourcevpc aws:sourcevpce aws:sourcevpcarn aws:vpcsourceip aws:vpceaccount aws:vpceorgid aws:vpceorgpaths');
/** The pack's roles have no tags, and tag nothing. */
const tags = /^aws:(principal|request)tag\//;

/** A call of a role of the pack, from a function in a VPC or not. */
export const isAbsentOfRole = (inVpc: boolean) => (key: string): boolean => neverOfRoles.includes(key) || tags.test(key) || (!inVpc && ofVpc.includes(key));
/** A service that assumes a role, for a resource of the account. */
export const isAbsentOfService = (key: string): boolean =>
  tags.test(key) || ofVpc.includes(key) || words('aws:principalorgid aws:principalorgpaths aws:principalarn aws:principalaccount aws:username aws:sourceowner aws:sourceip').includes(key);
/** Who looks after the deployment has tags, a network and a second factor that nobody here knows. */
export const isAbsentOfPerson = (key: string): boolean => words('aws:sourceaccount aws:sourcearn aws:sourceorgid aws:sourceorgpaths aws:sourceowner aws:principalservicename aws:principalservicenameslist').includes(key);
