/** Terms of the Data Privacy Vocabulary 2.3 (`w3id.org/dpv`) for the purposes that services name. */
const PURPOSES: ReadonlyMap<string, string> = new Map([
  ['necessary', 'TechnicalServiceProvision'],
  ['essential', 'TechnicalServiceProvision'],
  ['functional', 'UserInterfacePersonalisation'],
  ['preference', 'ServicePersonalisation'],
  ['analytics', 'ServiceUsageAnalytics'],
  ['advertising', 'Advertising'],
  ['sale-or-sharing', 'SellDataToThirdParties'],
]);

/**
 * The DPV purpose nearest to one of a service's own; `Purpose` itself where none is nearer, because a wrong category
 * would say more than the person read.
 */
export function purposeTerm(purpose: string): string {
  return PURPOSES.get(purpose) ?? 'Purpose';
}

/** The terms of DPV that stand as values in an export, so that they are written once. */
export const DPV_VALUES = [
  ...new Set([...PURPOSES.values(), 'Purpose']),
  'ConsentGiven',
  'ConsentRefused',
  'ConsentWithdrawn',
  'ConsentUnknown',
  'ExpressedConsent',
  'Consent',
  'ConsentRecord',
  'ConsentNotice',
  'DataController',
  'DataSubject',
  'NoticeUsed',
  'PersonalData',
  'Process',
  'UntilTimeDuration',
  'WithdrawConsent',
] as const;
