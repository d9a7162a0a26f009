/** What the hostile page tries on one host, by name. Each is JavaScript that runs in the page; `{host}` is `address:port`. */
export const ATTEMPTS: Readonly<Record<string, string>> = {
  fetch: `fetch('http://{host}/fetch', { mode: 'no-cors' })`,
  'fetch-keepalive': `fetch('http://{host}/fetch-keepalive', { mode: 'no-cors', keepalive: true, method: 'POST' })`,
  xhr: `{ const x = new XMLHttpRequest(); x.open('GET', 'http://{host}/xhr'); x.send(); }`,
  beacon: `navigator.sendBeacon('http://{host}/beacon', 'x')`,
  image: `new Image().src = 'http://{host}/image'`,
  script: `add('script', { src: 'http://{host}/script' })`,
  style: `add('link', { rel: 'stylesheet', href: 'http://{host}/style' })`,
  font: `new FontFace('f', 'url(http://{host}/font)').load()`,
  frame: `add('iframe', { src: 'http://{host}/frame' })`,
  media: `{ const v = document.createElement('video'); v.src = 'http://{host}/media'; v.load(); }`,
  websocket: `new WebSocket('ws://{host}/websocket')`,
  eventsource: `new EventSource('http://{host}/eventsource')`,
  worker: `new Worker(URL.createObjectURL(new Blob(["fetch('http://{host}/worker', { mode: 'no-cors' })"])))`,
  'import-scripts': `new Worker(URL.createObjectURL(new Blob(["importScripts('http://{host}/import-scripts')"])))`,
  'service-worker': `navigator.serviceWorker.register('worker.js?' + encodeURIComponent('http://{host}/service-worker'))`,
  form: `{ const target = 'sink-' + Math.random(); add('iframe', { name: target }); add('form', { action: 'http://{host}/form', method: 'post', target }).submit(); }`,
  redirect: `fetch('redirect?to=' + encodeURIComponent('http://{host}/redirect'), { mode: 'no-cors' })`,
  prefetch: `add('link', { rel: 'prefetch', href: 'http://{host}/prefetch' })`,
  preconnect: `add('link', { rel: 'preconnect', href: 'http://{host}' })`,
  'dns-prefetch': `add('link', { rel: 'dns-prefetch', href: 'http://{host}' })`,
  ping: `{ const a = add('a', { ping: 'http://{host}/ping', href: '#' }); a.click(); }`,
  'webrtc-udp': `gather([{ urls: 'stun:{host}' }], 'all')`,
  'turn-tcp': `gather([{ urls: 'turn:{host}?transport=tcp', username: 'u', credential: 'c' }], 'relay')`,
  'turns-tcp': `gather([{ urls: 'turns:{host}?transport=tcp', username: 'u', credential: 'c' }], 'relay')`,
  webtransport: `new WebTransport('https://{host}/webtransport').ready`,
};

/** Those by which a host that is allowed is really reached through HTTP: what was granted has to work. */
export const REACHING = [
  'fetch',
  'xhr',
  'beacon',
  'image',
  'script',
  'style',
  'frame',
  'websocket',
  'eventsource',
  'worker',
  'form',
  'redirect',
];

/** The page: it does everything at once to every host it is told, and says when it has tried. */
export function hostilePage(hosts: readonly string[]): string {
  const tries = hosts.flatMap((host) =>
    Object.values(ATTEMPTS).map((code) => `attempt(() => { ${code.replaceAll('{host}', host)} });`),
  );
  return `<!doctype html><title>hostile</title><script>
const add = (tag, attributes) => {
  const made = Object.assign(document.createElement(tag), attributes);
  return document.body.appendChild(made);
};
const gather = (iceServers, iceTransportPolicy) => {
  // Sayso takes it from the page; a blank frame of the page's own making still has it.
  const blank = add('iframe', {});
  const Peer = globalThis.RTCPeerConnection ?? blank.contentWindow.RTCPeerConnection;
  const peer = new Peer({ iceServers, iceTransportPolicy });
  peer.createDataChannel('x');
  peer.createOffer().then((offer) => peer.setLocalDescription(offer));
};
const attempt = (run) => { try { Promise.resolve(run()).catch(() => {}); } catch { } };
document.cookie = 'undeclared_by_page=1; path=/';
document.cookie = 'declared_by_page=1; path=/';
localStorage.setItem('undeclared_area', 'x');
document.body ? go() : addEventListener('DOMContentLoaded', go);
function go() {
${tries.join('\n')}
  fetch('tried');
}
</script>`;
}
