/** The name of Sayso at every provider under test. */
export const CLIENT_ID = 'sayso-desktop';

/** The address of somebody at a provider under test, by their name there. */
export function addressOf(name: string): string {
  return `${name}@people.example`;
}
