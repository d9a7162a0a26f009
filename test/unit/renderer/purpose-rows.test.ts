import { expect, test } from 'vitest';
import { purposeRows } from '../../../src-renderer/purpose-rows.js';
import type { LabelPurpose } from '../../../src-shared/policy-text.js';
import type { PolicyView } from '../../../src-shared/views.js';
import { purposeView, serviceView } from './samples.js';

function label(id: string, kind: LabelPurpose['kind']): LabelPurpose {
  const retention = { text: 'a day', longestDays: 1 };
  return { id, kind, name: id, what: 'what', why: 'why', data: [], recipients: [], retention };
}

function policy(purposes: LabelPurpose[]): PolicyView {
  return {
    service: 'integro',
    version: '1',
    dated: '2026-05-15',
    lang: 'en',
    label: {
      publisher: 'Integro',
      summary: 's',
      purposes,
      items: [],
      thirdParties: [],
      notDone: [],
      howToWithdraw: 'h',
      contacts: [],
    },
    sections: [],
  };
}

test("rows stand in the policy's order, split by who decides", () => {
  const service = serviceView({
    purposes: [
      purposeView({ id: 'b' }),
      purposeView({ id: 'a' }),
      purposeView({ id: 'n', kind: 'necessary', state: 'granted' }),
    ],
  });
  const labels = [label('n', 'necessary'), label('a', 'optional'), label('b', 'optional')];
  const rows = purposeRows(service, policy(labels));
  expect(rows.optional.map(({ purpose }) => purpose.id)).toEqual(['a', 'b']);
  expect(rows.necessary.map(({ purpose }) => purpose.id)).toEqual(['n']);
});

test('a purpose without words in the policy has no switch', () => {
  const service = serviceView({ purposes: [purposeView({ id: 'a' }), purposeView({ id: 'x' })] });
  const rows = purposeRows(service, policy([label('a', 'optional')]));
  expect(rows.optional.map(({ purpose }) => purpose.id)).toEqual(['a']);
});

test('words for a purpose that the service does not have make no row', () => {
  const service = serviceView({ purposes: [purposeView({ id: 'a' })] });
  const labels = [label('a', 'optional'), label('x', 'optional')];
  expect(purposeRows(service, policy(labels)).optional).toHaveLength(1);
});
