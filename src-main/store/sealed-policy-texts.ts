import type { Database } from './open-database.js';
import type { PolicyTextStore } from './policy-texts.js';
import { preparePolicyTextList } from './policy-text-list.js';
import type { Remark, RowReaders, SeenText } from './seen-texts.js';

/** For rows under a seal that holds: they were looked at before they were written, and nobody has touched them since. */
const sealedRows: RowReaders = {
  text({ sha256, body }) {
    const said = JSON.parse(body) as Partial<SeenText>;
    return said.text ? { text: said.text, sha256, previous: said.previous } : null;
  },
  remark({ body }) {
    const said = JSON.parse(body) as Remark | { readonly text: unknown };
    return 'of' in said ? said : null;
  },
};

/** The policy texts of a database whose seal holds. */
export function createSealedPolicyTexts(database: Database): Pick<PolicyTextStore, 'all'> {
  return { all: preparePolicyTextList(database, sealedRows) };
}
