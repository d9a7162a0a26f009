/**
 * The name that is suggested for an export, such as `sayso-integro-analytics-2026-11-22.json`.
 * @param service null: every service.
 * @param purpose null: every purpose.
 * @param generatedAt UTC; only the day is used.
 * @param format also the ending of the name.
 */
export function exportNameOf(
  service: string | null,
  purpose: string | null,
  generatedAt: string,
  format: 'json' | 'pdf' = 'json',
): string {
  const parts = ['sayso', service, purpose, generatedAt.slice(0, 10)];
  return `${parts.filter((part) => part !== null).join('-')}.${format}`;
}
