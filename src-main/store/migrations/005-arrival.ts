/** Whether the person was told that an account's choices apply here: of a session that began before nothing is to be told. */
export const arrival = `
ALTER TABLE session ADD COLUMN arrival TEXT NOT NULL DEFAULT 'told'
  CHECK (arrival IN ('awaited', 'due', 'told'));
`;
