/**
 * The moments between which a person's days lie, UTC, by the clock of this device.
 * @param first `YYYY-MM-DD`, or empty for no limit; the same for `last`, which is within.
 */
export function periodOf(
  first: string,
  last: string,
): { readonly from: string | null; readonly to: string | null } {
  return { from: startOf(first, 0), to: startOf(last, 1) };
}

function startOf(day: string, daysLater: number): string | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  // By the calendar and not by 24 hours: days on which clocks change are shorter or longer.
  const start = new Date(year, month - 1, date + daysLater);
  return Number.isNaN(start.getTime()) || year < 1000 ? null : start.toISOString();
}
