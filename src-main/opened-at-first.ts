/** The service asked for, else Integro, else whichever there is. @param ids of the usable ones. */
export function openedAtFirst(ids: readonly string[], asked: string | null): string | null {
  return [asked, 'integro', ids[0]].find((id) => id != null && ids.includes(id)) ?? null;
}
