/** Comes about when what else waits on this thread has had its turn: the window's page is answered between two long pieces of work. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
