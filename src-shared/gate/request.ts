import { readAddress } from './address.js';
import type { ClosedReason, ToolRuling } from './rule.js';
import type { DeclaredTool } from './tool.js';

/** Why a request was refused: because its tool is closed, or because nobody declared where it goes. */
export type RefusedReason = ClosedReason | 'host-not-declared' | 'in-the-clear' | 'not-an-address';

/** What the gate says to one request. `tool` is null for the service's own, and for what belongs to nobody. */
export type RequestRuling = { readonly tool: string | null; readonly host: string } & (
  { readonly isAllowed: true } | { readonly isAllowed: false; readonly reason: RefusedReason }
);

/** A declared tool and whether it may act at this moment. */
export interface RuledTool {
  readonly tool: Pick<DeclaredTool, 'id' | 'hosts'>;
  readonly ruling: ToolRuling;
}

/**
 * Whether a tool's own request passes: the tool has to be open, and the address the service's own or one it declared.
 * @param firstParty the service's own hosts.
 */
export function rulingForToolRequest(
  address: string,
  { tool, ruling }: RuledTool,
  firstParty: readonly string[],
): RequestRuling {
  const read = readAddress(address);
  const host = read.kind === 'host' ? read.host : '';
  const refused = (reason: RefusedReason): RequestRuling => {
    return { tool: tool.id, host, isAllowed: false, reason };
  };
  if (!ruling.isOpen) return refused(ruling.reason);
  if (read.kind !== 'host') return refused(read.kind);
  const isDeclared = tool.hosts.includes(host) || firstParty.includes(host);
  return isDeclared ? { tool: tool.id, host, isAllowed: true } : refused('host-not-declared');
}

/**
 * Whether a request of the service's own pages passes: to the service itself always, to another host while some tool that
 * declared it is open.
 */
export function rulingForPageRequest(
  address: string,
  tools: readonly RuledTool[],
  firstParty: readonly string[],
): RequestRuling {
  const read = readAddress(address);
  if (read.kind !== 'host') return { tool: null, host: '', isAllowed: false, reason: read.kind };
  const { host } = read;
  if (firstParty.includes(host)) return { tool: null, host, isAllowed: true };
  const declaring = tools.filter(({ tool }) => tool.hosts.includes(host));
  const open = declaring.find(({ ruling }) => ruling.isOpen);
  if (open) return { tool: open.tool.id, host, isAllowed: true };
  const [first] = declaring;
  if (!first || first.ruling.isOpen) {
    return { tool: null, host, isAllowed: false, reason: 'host-not-declared' };
  }
  return { tool: first.tool.id, host, isAllowed: false, reason: first.ruling.reason };
}
