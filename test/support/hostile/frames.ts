/**
 * A script for a page: it looks for WebRTC in every kind of window and worker that a page can make, and has whatever it finds
 * gather candidates by TURN over TCP and TLS, under a name of that kind's own: `<kind>.<name>`.
 * @returns it comes to the kinds in which WebRTC was found and has gathered to its end, in alphabetical order.
 */
export const gatherEverywhere = (name: string): string => `(async () => {
  const gather = ${gather.toString()};
  const inside = (kind) => {
    const target = kind === 'worker' ? 'self' : 'parent';
    return '(' + gather + ')(self, ' + JSON.stringify(kind + '.${name}') + ').then((had) => ' + target
      + '.postMessage(' + JSON.stringify({ kind }) + '.kind + ":" + had, ' + (kind === 'worker' ? '' : '"*"') + '))';
  };
  const page = (kind) => '<!doctype html><script>' + inside(kind) + '</' + 'script>';
  const address = (text, type) => URL.createObjectURL(new Blob([text], { type }));
  const put = (tag, attributes, parent = document.body) =>
    parent.appendChild(Object.assign(parent.ownerDocument.createElement(tag), attributes));
  const found = [];
  const note = (kind, had) => { if (had) found.push(kind); };

  const blank = put('iframe', {});
  const nested = put('iframe', {}, blank.contentDocument.body);
  const reached = {
    blank: blank.contentWindow,
    nested: nested.contentWindow,
    about: put('iframe', { src: 'about:blank' }).contentWindow,
    'srcdoc-before': put('iframe', { srcdoc: '<p>x</p>' }).contentWindow,
    'script-before': put('iframe', { src: 'javascript:"<p>x</p>"' }).contentWindow,
    object: put('object', { data: 'about:blank' }).contentWindow,
    opened: window.open('about:blank'),
  };
  const direct = Object.entries(reached).map(async ([kind, other]) =>
    note(kind, other ? await gather(other, kind + '.${name}') : false));

  const told = new Map();
  const telling = ['srcdoc', 'blob', 'data', 'script', 'sandboxed', 'worker'].map((kind) =>
    new Promise((resolve) => told.set(kind, resolve)).then((had) => note(kind, had)));
  const hear = ({ data }) => {
    const [kind, had] = String(data).split(':');
    told.get(kind)?.(had === 'true');
  };
  addEventListener('message', hear);
  put('iframe', { srcdoc: page('srcdoc') });
  put('iframe', { src: address(page('blob'), 'text/html') });
  put('iframe', { src: 'data:text/html,' + encodeURIComponent(page('data')) });
  put('iframe', { src: 'javascript:' + encodeURIComponent(JSON.stringify(page('script'))) });
  put('iframe', { sandbox: 'allow-scripts', srcdoc: page('sandboxed') });
  new Worker(address(inside('worker'), 'text/javascript')).onmessage = hear;
  await Promise.all([...direct, ...telling]);
  return found.sort();
})()`;

/** What of WebRTC this needs; the script runs in a page, whose types are not those of a test. */
interface Peer {
  readonly iceGatheringState: string;
  onicegatheringstatechange: () => void;
  createDataChannel(label: string): void;
  createOffer(): Promise<unknown>;
  setLocalDescription(offer: unknown): Promise<void>;
}
type PeerOf = new (configuration: object) => Peer;

/** Runs in the page: its text is put into the script, so that it may use nothing from here. */
async function gather(
  found: { readonly RTCPeerConnection?: PeerOf },
  name: string,
): Promise<boolean> {
  const { RTCPeerConnection: Found } = found;
  if (!Found) return false;
  const urls = [`turn:${name}?transport=tcp`, `turns:tls.${name}`];
  const peer = new Found({ iceServers: [{ urls, username: 'u', credential: 'c' }] });
  const gathered = new Promise<boolean>((resolve) => {
    peer.onicegatheringstatechange = () => {
      if (peer.iceGatheringState === 'complete') resolve(true);
    };
  });
  peer.createDataChannel('x');
  await peer.setLocalDescription(await peer.createOffer());
  return gathered;
}
