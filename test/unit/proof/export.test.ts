import { describe, expect, it } from 'vitest';
import { exportDocument } from '../../../src-shared/proof/export.js';
import type { ExportFilter, ExportInput } from '../../../src-shared/proof/types.js';
import { sha256 } from './support/keys.js';
import {
  ACCOUNT,
  BASE_ADDRESS,
  chainOf,
  decisionAt,
  erased,
  idAt,
  inputOf,
  POLICY,
  policyHash,
  PRESSES,
  RECEIVED_AT,
  received,
  usualInput,
} from './support/ledger-of.js';
import { verdictOn } from './support/verdicts.js';

interface Document {
  readonly [name: string]: unknown;
  readonly remarks: string[];
  readonly parts: {
    services: string;
    records: { record_id: string; purposes?: { purpose: { purpose_id: string } }[] }[];
    notices: { sha256: string }[];
  }[];
  readonly evidence: { entries: { decision: { choices: object } | null }[] }[];
}

function documentOf(inputs: readonly ExportInput[], filter?: ExportFilter): Document {
  return JSON.parse(exportDocument(sha256, inputs, filter)) as Document;
}

describe('an export', () => {
  it('writes a grant as a consent record: who, what for, which text, how, when and until when', async () => {
    const { parts } = documentOf([await usualInput()]);
    const analytics = POLICY.label.purposes.find(({ id }) => id === 'analytics')!;
    expect(parts[0]?.records[0]).toEqual({
      id: `urn:uuid:${idAt(1)}`,
      type: 'ConsentRecord',
      schema_version: 'ISO/IEC TS 27560:2023',
      record_id: idAt(1),
      pii_principal: {
        type: 'DataSubject',
        pii_principal_id: ACCOUNT,
        pii_principal_is: 'account',
      },
      device: 'device-1',
      privacy_notice: {
        type: 'ConsentNotice',
        notice_version: '2026-05-15',
        language: 'en',
        sha256: policyHash(POLICY),
        text_shown: `ni:///sha-256;${Buffer.from(policyHash(POLICY), 'hex').toString('base64url')}`,
      },
      purposes: [
        {
          type: 'Process',
          purpose: {
            type: 'Purpose',
            purpose_id: 'analytics',
            purpose_name: 'Analytics',
            purpose_type: 'ServiceUsageAnalytics',
            purpose_description: `${analytics.what} ${analytics.why}`,
          },
          lawful_basis: 'Consent',
          pii_controllers: BASE_ADDRESS,
          services: 'Integro',
          pii_information: analytics.data.map((kind) => ({ type: 'PersonalData', pii_type: kind })),
          recipient_third_parties: analytics.recipients,
          retention_period: analytics.retention.text,
          withdrawal_method: {
            type: 'WithdrawConsent',
            withdrawal_words: POLICY.label.howToWithdraw,
          },
          events: [
            {
              event_state: 'ConsentGiven',
              event_type: 'ExpressedConsent',
              event_time: '2026-11-20T10:00:01.000Z',
              received_time: RECEIVED_AT,
              entity_id: ACCOUNT,
              event_method: 'accept-all',
              event_place: 'banner',
              validity_duration: {
                type: 'UntilTimeDuration',
                // A year after the press, by the device's clock put right by its offset of -250 ms.
                duration_value: '2027-11-20T10:00:00.750Z',
              },
            },
          ],
        },
        expect.objectContaining({ purpose: expect.objectContaining({ purpose_id: 'functional' }) }),
      ],
    });
  });

  it('writes refusals without an end, and a withdrawal of everything for every purpose', async () => {
    const { parts } = documentOf([await usualInput()]);
    expect(parts[0]?.records[1]).toMatchObject({
      purposes: [
        {
          purpose: { purpose_id: 'analytics' },
          events: [{ event_state: 'ConsentRefused', event_method: 'save' }],
        },
      ],
    });
    expect(JSON.stringify(parts[0]?.records[1])).not.toMatch(/validity|ExpressedConsent/);
    expect(parts[0]?.records[2]).toMatchObject({
      purposes: [
        {
          purpose: {
            purpose_id: '*',
            purpose_name: 'Every optional purpose',
            purpose_type: 'Purpose',
          },
          events: [{ event_state: 'ConsentWithdrawn', event_method: 'withdraw' }],
        },
      ],
    });
  });

  it('never writes an acknowledgement as consent', () => {
    const [entry] = chainOf([decisionAt(1, { action: 'acknowledge' })]);
    const record = documentOf([inputOf([entry!])]).parts[0]?.records[0];
    expect(record).toMatchObject({
      type: 'Acknowledgement',
      acknowledged_time: '2026-11-20T10:00:01.000Z',
      event_place: 'banner',
      privacy_notice: { notice_status: 'NoticeUsed' },
    });
    expect(JSON.stringify(record)).not.toMatch(/ConsentGiven|purposes|received_time/);
  });

  it('says of an erased decision only what it was about', async () => {
    const [entry] = await received(chainOf([decisionAt(1, PRESSES[0]!)]));
    const document = documentOf([inputOf([erased(entry!)])]);
    expect(document.parts[0]?.records).toEqual([
      {
        id: `urn:uuid:${idAt(1)}`,
        type: 'ErasedRecord',
        schema_version: 'ISO/IEC TS 27560:2023',
        record_id: idAt(1),
        pii_principal: {
          type: 'DataSubject',
          pii_principal_id: ACCOUNT,
          pii_principal_is: 'account',
        },
        purposes: ['analytics', 'functional'].map((purpose): unknown =>
          expect.objectContaining({
            purpose: expect.objectContaining({ purpose_id: purpose, purpose_name: purpose }),
            events: [{ event_state: 'ConsentUnknown', received_time: RECEIVED_AT }],
          }),
        ),
      },
    ]);
    expect(document.parts[0]?.notices).toEqual([]);
    expect(JSON.stringify(document)).not.toContain('accept-all');
  });

  it('holds a text once, however often it was shown', async () => {
    const { parts } = documentOf([await usualInput()]);
    expect(parts[0]?.notices.map(({ sha256: hash }) => hash)).toEqual([policyHash(POLICY)]);
  });

  it('is in the order of pressing, whatever order the entries come in, and the same to the byte', async () => {
    const input = await usualInput();
    const turned = { ...input, entries: input.entries.toReversed() };
    expect(exportDocument(sha256, [turned])).toBe(exportDocument(sha256, [input]));
    const [part] = documentOf([turned]).parts;
    expect(part?.records.map(({ record_id: id }) => id)).toEqual([1, 2, 3].map(idAt));
  });

  it('ends a grant by the time of receipt where that is earlier, and names no end for an impossible clock', () => {
    const early = { ...decisionAt(1, PRESSES[0]!), at: '2027-06-01T00:00:00.000Z' };
    const broken = { ...decisionAt(2, PRESSES[0]!), clockOffsetMs: Number.MAX_SAFE_INTEGER };
    const entries = chainOf([early, broken]).map((entry, index) =>
      index === 0 ? { ...entry, receivedAt: '2026-11-20T10:00:05.000Z' } : entry,
    );
    const [first, second] = documentOf([inputOf(entries)]).parts[0]!.records.map((record) =>
      JSON.stringify(record),
    );
    expect(first).toContain('"duration_value":"2027-11-20T10:00:05.000Z"');
    expect(second).not.toContain('duration_value');
  });

  it('names several services each with its own part', async () => {
    const input = await usualInput();
    const other = inputOf([], { service: { ...input.service, id: 'katror' }, serverKeys: [] });
    const document = documentOf([input, other]);
    expect(document.parts.map(({ services }) => services)).toEqual(['integro', 'katror']);
    expect(document.evidence).toHaveLength(2);
  });
});

describe('an export of a part', () => {
  it('of one purpose lists only it, keeps whole decisions as evidence, and says so', async () => {
    const input = await usualInput([
      ...PRESSES,
      { action: 'save', choices: { functional: 'granted' } },
    ]);
    const document = documentOf([input], { purpose: 'analytics' });
    const purposes = document.parts[0]?.records.map(({ purposes: said = [] }) =>
      said.map(({ purpose }) => purpose.purpose_id),
    );
    expect(purposes).toEqual([['analytics'], ['analytics'], ['*']]);
    expect(document.evidence[0]?.entries[0]?.decision?.choices).toEqual({
      analytics: 'granted',
      functional: 'granted',
    });
    expect(document['only_purpose']).toBe('analytics');
    expect(document.remarks.at(-1)).toContain('The evidence holds each decision whole');
    const verdict = await verdictOn(input, undefined, { purpose: 'analytics' });
    expect(verdict).toMatchObject({ untrue: [], open: [], limits: [] });
  });

  it('of one decision holds it alone, and is proven for itself', async () => {
    const input = await usualInput();
    const document = documentOf([input], { decisionId: idAt(2) });
    expect(document.parts[0]?.records.map(({ record_id: id }) => id)).toEqual([idAt(2)]);
    expect(document.evidence[0]?.entries).toHaveLength(1);
    expect(document['only_decision']).toBe(idAt(2));
    expect(document.remarks.at(-1)).toContain('This is one decision');
    const verdict = await verdictOn(input, undefined, { decisionId: idAt(2) });
    expect(verdict).toMatchObject({
      untrue: [],
      open: [],
      limits: [{ code: 'gap', chain: 'chain-1', after: 0, before: 2 }],
    });
  });

  it('of everything names no limit', async () => {
    const document = documentOf([await usualInput()]);
    expect(document).not.toHaveProperty('only_purpose');
    expect(document).not.toHaveProperty('only_decision');
    expect(document.remarks).toHaveLength(3);
  });
});
