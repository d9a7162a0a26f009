/**
 * What of a service's own pages need not go through the proxy, in the words of Chromium's bypass rules: its host at exactly one port,
 * as the gate means it. Without the port a rule would be for every port of the host.
 * @param site address of the pages; null, or no address: nothing may.
 */
export function pastTheProxy(site: string | null): readonly string[] {
  if (site === null || !URL.canParse(site)) return [];
  const { protocol, hostname, port } = new URL(site);
  const usual = { 'https:': '443', 'http:': '80' }[protocol];
  return usual === undefined ? [] : [`${hostname}:${port === '' ? usual : port}`];
}
