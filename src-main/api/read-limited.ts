/**
 * Reads a body as text, but never more than `limitBytes`: what is larger is no answer of ours, and reading it on would
 * only fill memory.
 * @returns the text, or null when the body was too long or not UTF-8.
 */
export async function readLimited(response: Response, limitBytes: number): Promise<string | null> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let readBytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    readBytes += value.byteLength;
    if (readBytes > limitBytes) {
      await reader.cancel();
      return null;
    }
    try {
      text += decoder.decode(value, { stream: true });
    } catch {
      await reader.cancel();
      return null;
    }
  }
  return text;
}
