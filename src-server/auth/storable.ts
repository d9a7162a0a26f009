/** Text as every database takes it: SQLite changes lone surrogates, PostgreSQL refuses the character 0. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}
