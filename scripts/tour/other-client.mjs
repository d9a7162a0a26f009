import { setTimeout as pause } from 'node:timers/promises';

const JSON_BODY = { 'content-type': 'application/json' };

/**
 * What the service has of a person, read by another HTTP client with a session of its own.
 *
 * @param {string} serverUrl
 * @param {{ email: string, password: string }} person
 * @returns {Promise<any[]>} decisions in the order in which the server took them
 */
export async function decisionsOf(serverUrl, person) {
  const base = `${serverUrl}/integro/v1`;
  const device = { id: 'other-client', name: 'Other client' };
  const opened = await fetch(`${base}/sessions`, {
    method: 'POST',
    headers: JSON_BODY,
    body: JSON.stringify({ ...person, remember: false, device }),
  });
  const { token } = await opened.json();
  const headers = { authorization: `Bearer ${token}` };
  const read = await fetch(`${base}/decisions?limit=500`, { headers });
  const { entries } = await read.json();
  await fetch(`${base}/session`, { method: 'DELETE', headers });
  return entries.map((entry) => entry.decision);
}

/**
 * Signs in elsewhere and stays there.
 *
 * @param {string} serverUrl
 * @param {{ email: string, password: string }} person
 * @param {string} name what the other device calls itself
 * @returns {Promise<string>} the token of that session
 */
export async function signInElsewhere(serverUrl, person, name) {
  const opened = await fetch(`${serverUrl}/integro/v1/sessions`, {
    method: 'POST',
    headers: JSON_BODY,
    body: JSON.stringify({ ...person, remember: false, device: { id: 'elsewhere', name } }),
  });
  return (await opened.json()).token;
}

/**
 * Asks until the session has ended, or for a few seconds: the app ends it in the background.
 *
 * @param {string} serverUrl
 * @param {string} token
 * @returns {Promise<number>} the last HTTP status
 */
export async function statusOfToken(serverUrl, token) {
  const deadlineMs = Date.now() + 10_000;
  for (;;) {
    const headers = { authorization: `Bearer ${token}` };
    const { status } = await fetch(`${serverUrl}/integro/v1/session`, { headers });
    if (status === 401 || Date.now() > deadlineMs) return status;
    await pause(100);
  }
}
